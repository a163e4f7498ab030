import { type Reading, read, unreadable } from './reading.ts'

/** 公民身份号码 — 18 characters, with what stands in it. */
export interface ResidentId {
  readonly number: string
  readonly bornOn: string
  readonly sex: 'male' | 'female'
}

/** GB/T 2260 province codes that numbers begin with; 81 82 83 on residence permits, 91 abroad. */
const provinces = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91'.split(
    ' ',
  ),
)

/** On residence permits of people from Hong Kong, Macau and Taiwan the whole region is one code. */
const permitRegions = new Set(['81', '82', '83'])

/** No region is called this: numbers made for a demonstration begin with it and can be nobody's. */
export const syntheticRegion = '99'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** 校验码 — the 18th character over the first 17 digits, by GB 11643-1999 (ISO 7064 MOD 11-2). */
export function checkDigit(first17: string): string {
  const sum = weights.reduce((total, weight, i) => total + weight * Number(first17[i]), 0)
  return '10X98765432'[sum % 11] as string
}

/**
 * 读身份号码 — 18 characters by GB 11643, or the 15 digits issued before 1999, which are brought to 18.
 *
 * Whole regions come and go: only the province and the shape are checked. `synthetic` lets the numbers of
 * a demonstration pass.
 */
export function readResidentId(text: string, today: string, synthetic = false): Reading<ResidentId> {
  const number = text.toUpperCase()
  if (/^\d{15}$/.test(number)) {
    const longer = `${number.slice(0, 6)}19${number.slice(6)}`
    const found = inspect(`${longer}${checkDigit(longer)}`, today, synthetic)
    return found.ok ? { ...found, corrections: ['15 位旧号码已按国家标准换算为 18 位'] } : found
  }
  if (!/^\d{17}[\dX]$/.test(number))
    return unreadable(
      'people.id-shape',
      `身份号码应是 18 位：17 位数字加一位数字或 X，这里是 ${[...number].length} 位或含有别的字符。请对照证件补全。`,
    )
  if (checkDigit(number) !== number[17])
    return unreadable(
      'people.id-check-digit',
      '身份号码的校验位不对：多半是某一位抄错，或相邻两位写颠倒了。请对照证件逐位核对。',
    )
  return inspect(number, today, synthetic)
}

function inspect(number: string, today: string, synthetic: boolean): Reading<ResidentId> {
  const province = number.slice(0, 2)
  const known = provinces.has(province) || (synthetic && province === syntheticRegion)
  if (!known || (number.slice(2, 6) === '0000' && !permitRegions.has(province)))
    return unreadable('people.id-region', '身份号码前六位不是任何地区的代码。请对照证件核对前六位。')
  const bornOn = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  if (!isDay(bornOn))
    return unreadable('people.id-birth-date', '身份号码第 7 至 14 位不是一个日期。请对照证件核对出生日期。')
  if (bornOn > today || bornOn < '1900-01-01')
    return unreadable(
      'people.id-birth-date',
      '身份号码里的出生日期在今天之后，或早于 1900 年。请对照证件核对第 7 至 14 位。',
    )
  return read({ number, bornOn, sex: Number(number[16]) % 2 === 1 ? 'male' : 'female' })
}

function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
}
