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
