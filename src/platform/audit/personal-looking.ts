import { numberForms } from '../watch/number-forms.ts'

/** A run of letters and digits is a code or a hash, not a number. */
const personal = Object.values(numberForms).map(
  (form) => new RegExp(`(?<![0-9A-Za-z])${form}(?![0-9A-Za-z])`),
)

/**
 * 像个人信息 — does a value, or anything inside it, look like an ID number or a mobile phone?
 *
 * Also when written full-width or in groups. It errs on the side of seeing one: an amount of eleven
 * digits must be written with its unit (`138.5 亿元`).
 */
export function looksPersonal(value: unknown): boolean {
  if (typeof value === 'string' || typeof value === 'number') return numbersIn(String(value))
  if (Array.isArray(value)) return value.some(looksPersonal)
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).some(([key, inner]) => looksPersonal(key) || looksPersonal(inner))
  return false
}

function numbersIn(text: string): boolean {
  const joined = text.normalize('NFKC').replace(/(?<=\d)[ \u00a0-]+(?=[\dXx])/g, '')
  return [text.normalize('NFKC'), joined].some((each) => personal.some((pattern) => pattern.test(each)))
}
