/**
 * Numbers that tell of a person: resident identity numbers of 18 or 15 places, mobile and landline numbers, written
 * together or in groups, in ordinary or full-width digits; also those made up for demonstration (telephone 100…).
 * Order matters: the longest first.
 */
const personal: readonly (readonly [pattern: RegExp, shown: string])[] = [
  [/(?<!\d)\d{6}[ -]?(?:19|20)\d{2}[ -]?\d{4}[ -]?\d{3}[\dXx](?![\dA-Za-z])/g, '[身份证号]'],
  [/(?<!\d)\d{17}[\dXx](?![\dA-Za-z])/g, '[身份证号]'],
  [/(?<![\d.])\d{6}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)/g, '[身份证号]'],
  [/(?<![\d.])(?:\+?86[ -]?)?1(?:00|[3-9]\d)[ -]?\d{4}[ -]?\d{4}(?!\d)/g, '[手机号]'],
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
