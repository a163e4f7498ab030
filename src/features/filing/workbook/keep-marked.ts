import { granted, type Result } from '../../../kernel/result.ts'
import type { ReturnForm } from '../../../plan/index.ts'
import type { Visitor } from '../../../platform/access/visitor.ts'
import { runInWorker } from '../../../platform/jobs/run-in-worker.ts'
import type { Books } from '../../../records/books.ts'
import { wantedPart } from './form-columns.ts'
import type { Imported } from './import-form-workbook.ts'

/** As long as somebody needs to mend the file and send it again. */
const keptDays = 7

/** 标红退回 — the clerk's own file with every cell at fault marked and the reasons beside; null where no table could be read. */
export async function keepMarked(
  books: Pick<Books, 'db' | 'files'>,
  visitor: Visitor,
  form: ReturnForm,
  file: { readonly fileName: string; readonly bytes: Buffer },
  found: Imported['problems'],
): Promise<Result<string | null>> {
  let marked: Uint8Array | undefined
  for (const part of ['once', 'lines'] as const) {
    const problems = found.filter((each) => each.part === part).map(({ problem }) => problem)
    if (problems.length === 0) continue
    const wanted = wantedPart(form, part, file.fileName)
    const bytes = new Uint8Array(marked ?? file.bytes)
    const module = new URL('../../../platform/sheets/compute-error-workbook.ts', import.meta.url)
    marked =
      (await runInWorker<object, Uint8Array | undefined>(module, { bytes, wanted, problems }, () => {})) ??
      marked
  }
  if (!marked) return granted(null)
  const written = await books.files.write({
    bytes: Buffer.from(marked),
    name: `标红退回-${file.fileName.replace(/\.[^.]*$/, '')}.xlsx`,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    owner: visitor.account,
    purpose: 'filing.marked',
    keptDays,
    ownMaking: true,
  })
  if (!written.ok) return written
  return granted(await books.db.transaction({ counties: [] }, (tx) => books.files.enter(tx, written.value)))
}
