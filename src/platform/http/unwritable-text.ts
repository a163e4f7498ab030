/**
 * 无法保存的文字 — the path of the first text that no database can hold: with a NUL, or with half a character.
 *
 * Undefined when all is well. Keys are looked at too: they may be stored as well as values.
 */
export function unwritableText(value: unknown, path = ''): string | undefined {
  if (typeof value === 'string') return isWritableText(value) ? undefined : path
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, each] of Object.entries(value)) {
    const here = `${path}/${isWritableText(key) ? key : '?'}`
    const found = isWritableText(key) ? unwritableText(each, here) : here
    if (found !== undefined) return found
  }
  return undefined
}

function isWritableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}
