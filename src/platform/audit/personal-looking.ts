const idNumber =
  /(?<![0-9A-Za-z])\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])/
const oldIdNumber = /(?<![0-9A-Za-z])[1-8]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![0-9A-Za-z])/
const mobilePhone = /(?<![0-9A-Za-z])(?:(?:00)?86)?1(?:00|[3-9]\d)\d{8}(?![0-9A-Za-z])/

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
  return [text.normalize('NFKC'), joined].some(
    (each) => idNumber.test(each) || oldIdNumber.test(each) || mobilePhone.test(each),
  )
}
