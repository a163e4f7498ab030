import { numberForms } from './number-forms.ts'

const { identity, oldIdentity, mobile } = numberForms

/**
 * Written together or in groups, in ordinary or full-width digits. A log loses nothing by a number too many: whatever has
 * 18 places and landline numbers go too. Order matters: the longest first.
 */
const personal: readonly (readonly [pattern: RegExp, shown: string])[] = [
  [new RegExp(`(?<!\\d)${identity}(?![\\dA-Za-z])`, 'g'), '[身份证号]'],
  [/(?<!\d)\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?![\dA-Za-z])/g, '[身份证号]'],
  [new RegExp(`(?<![\\d.])${oldIdentity}(?!\\d)`, 'g'), '[身份证号]'],
  [new RegExp(`(?<![\\d.])${mobile}(?!\\d)`, 'g'), '[手机号]'],
  [/(?<![\d.])0\d{2,3}[ -]\d{7,8}(?!\d)/g, '[电话]'],
]

/** 去除个人信息 — a text with every identity and telephone number replaced by what kind of number stood there. */
export function scrubText(text: string): string {
  const plain = /[０-９]/.test(text)
    ? text.replace(/[０-９Ｘｘ]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    : text
  let scrubbed = plain
  for (const [pattern, shown] of personal) scrubbed = scrubbed.replace(pattern, shown)
  return scrubbed === plain ? text : scrubbed
}

/** 去除个人信息 — a log line's JSON with every value scrubbed; a number that tells of a person becomes a text. */
export function scrubLine(line: string): string {
  if (scrubText(line) === line) return line
  try {
    return `${JSON.stringify(scrubValue(JSON.parse(line)))}\n`
  } catch {
    return scrubText(line)
  }
}

/** 去除个人信息 — a value with every text in it scrubbed; a number that tells of a person becomes a text. */
export function scrubValue(value: unknown): unknown {
  if (typeof value === 'string') return scrubText(value)
  if (typeof value === 'number')
    return scrubText(String(value)) === String(value) ? value : scrubText(String(value))
  if (Array.isArray(value)) return value.map(scrubValue)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [scrubText(name), scrubValue(each)]),
    )
  return value
}
