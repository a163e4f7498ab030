import { brokenCells } from './hostile-files/broken-cells.for-tests.ts'
import { brokenPackages } from './hostile-files/broken-packages.for-tests.ts'
import { brokenTexts } from './hostile-files/broken-texts.for-tests.ts'
import type { HostileFile } from './hostile-files/hostile-file.for-tests.ts'
import { hostileMarkup } from './hostile-files/hostile-markup.for-tests.ts'
import { tooMuch } from './hostile-files/too-much.for-tests.ts'
import { wrongKinds } from './hostile-files/wrong-kinds.for-tests.ts'

/** 恶意文件集 — all of them; made in code, so that nothing hostile lies in the repository. */
export async function hostileFiles(): Promise<readonly HostileFile[]> {
  const ready = [...wrongKinds, ...brokenPackages, ...hostileMarkup, ...tooMuch, ...brokenTexts]
  return [...ready, ...(await brokenCells())]
}
