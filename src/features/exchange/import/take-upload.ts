import { granted, type Result } from '../../../kernel/result.ts'
import { safeFileName } from '../../../platform/files/safe-file-name.ts'
import { mediaTypes, sniffMediaType } from '../../../platform/files/sniff-media-type.ts'
import type { Books } from '../../../records/books.ts'
import { importTables } from '../tables/all-tables.ts'
import type { ImportKind } from '../tables/import-table.ts'
import { startJudging } from './import-jobs.ts'
import type { Importer } from './importer.ts'
import { keepUpload, keptDays, keptDaysOfPersons } from './store-pending.ts'

/**
 * 收下上传 — stores the file first; then the file, the import and the job that judges it are entered together.
 *
 * Whatever the file is, it is taken in and judged: what is wrong with it is told by the judging, cell by cell.
 */
export async function takeUpload(
  books: Books,
  importer: Importer,
  kind: ImportKind,
  given: { readonly fileName: string; readonly bytes: Buffer },
): Promise<Result<{ importId: string; jobId: string }>> {
  const { type, ending } = mediaTypes[sniffMediaType(given.bytes)]
  const { personal } = importTables[kind]
  const written = await books.files.write({
    bytes: given.bytes,
    name: safeFileName(given.fileName, ending),
    mediaType: type,
    owner: importer.account,
    purpose: 'exchange.import',
    keptDays: personal ? keptDaysOfPersons : keptDays,
    ...(personal && { personal }),
  })
  if (!written.ok) return written
  const { sha256 } = written.value
  const fileName = safeFileName(given.fileName)
  return books.db.transaction({ counties: [] }, async (tx) => {
    const fileId = await books.files.enter(tx, written.value)
    const importId = await keepUpload(tx, importer.account, { kind, fileName, fileId, sha256 })
    return granted({ importId, jobId: await startJudging(tx, importer, { importId, fileName }) })
  })
}
