/** Beyond this no column holds a whole number. */
const largest = 2 ** 63

/** Nothing we ask for is nested more deeply; what is, is meant to exhaust whoever walks through it. */
const deepest = 40

/**
 * 无法保存的文字 — the path of the first text that no database can hold: with a NUL, or with half a character; or of
 * what is nested too deeply to be looked through, or of a number too large for it.
 *
 * Undefined when all is well. Keys are looked at too: they may be stored as well as values.
 */
export function unwritableText(value: unknown, path = '', depth = 0): string | undefined {
  if (typeof value === 'string') return isWritableText(value) ? undefined : path
  if (typeof value === 'number' && Math.abs(value) >= largest) return path
  if (typeof value !== 'object' || value === null) return undefined
  if (depth > deepest) return path.split('/').slice(0, 3).join('/')
  for (const [key, each] of Object.entries(value)) {
    const here = `${path}/${isWritableText(key) ? key : '?'}`
    const found = isWritableText(key) ? unwritableText(each, here, depth + 1) : here
    if (found !== undefined) return found
  }
  return undefined
}

function isWritableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}
