/**
 * 文件无法读取 — why a file cannot be read as a table at all. Thrown inside `sheets`, turned into a problem by `readSheet`.
 */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile'
  readonly code: string

  constructor(code: string, text: string, options?: ErrorOptions) {
    super(text, options)
    this.code = code
  }
}

/** 格子太长 — no spreadsheet writes so much into one cell. */
export function tooLongCell(address: string): UnreadableFile {
  return new UnreadableFile(
    'file.cell-too-long',
    `${address} 一个格子里的文字超过 32767 个字—表格软件自己也存不下这么长—请检查这一格是否贴错了内容，改短后再传。`,
  )
}
