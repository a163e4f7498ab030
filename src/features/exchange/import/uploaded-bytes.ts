import { granted, type Result } from '../../../kernel/result.ts'
import type { Books } from '../../../records/books.ts'
import { notJudged } from './apply-import.ts'
import { findUpload } from './store-pending.ts'

/** 取上传的文件 — its content as received; refused, with the reason, while it may not be opened. */
export async function uploadedBytes(
  books: Pick<Books, 'db' | 'files'>,
  account: string,
  importId: string,
): Promise<Result<Buffer>> {
  const upload = await books.db.transaction({ counties: [] }, (tx) => findUpload(tx, account, importId))
  if (upload?.bytes) return granted(upload.bytes)
  const opened = upload?.fileId && (await books.files.open(upload.fileId, ({ owner }) => owner === account))
  if (!opened) return notJudged()
  return opened.ok ? granted(opened.value.bytes) : opened
}
