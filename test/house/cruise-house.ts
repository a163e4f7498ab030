import { cruise, type ICruiseResult } from 'dependency-cruiser'
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-config'
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import { root } from '../../src/app/data-folder.ts'

/** Looks at every import under `src` of a house and holds it against the import rule. */
export async function cruiseHouse(baseDir: string = root): Promise<ICruiseResult> {
  const { forbidden, options } = (await extractConfig(`${root}/.dependency-cruiser.mjs`)) as {
    forbidden: never
    options: Record<string, unknown>
  }
  const { output } = await cruise(
    ['src'],
    { ...options, baseDir, ruleSet: { forbidden }, validate: true, outputType: undefined } as never,
    undefined,
    { tsConfig: extractTsConfig(`${root}/tsconfig.json`) },
  )
  return output as ICruiseResult
}
