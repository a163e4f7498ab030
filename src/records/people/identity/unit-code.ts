import { type Reading, read, unreadable } from './reading.ts'

/** Without I, O, S, V and Z, which are taken for digits or for each other. */
const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** 信用代码校验码 — the 18th character over the 17 before it, by GB 32100-2015: weights 3ⁱ, modulus 31. */
export function unitCheckSign(first17: string): string {
  let [sum, weight] = [0, 1]
  for (const sign of first17.slice(0, 17)) {
    sum += signs.indexOf(sign) * weight
    weight = (weight * 3) % 31
  }
  return signs[(31 - (sum % 31)) % 31] as string
}

/** 读统一社会信用代码 — 18 characters of a unit, by GB 32100-2015. */
export function readUnitCode(text: string): Reading<string> {
  const given = text.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase()
  if (!/^[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{10}$/.test(given))
    return unreadable(
      'people.unit-code-shape',
      '统一社会信用代码应是 18 位数字和大写字母（不用 I、O、S、V、Z），第 3 至 8 位是数字。请对照登记证书核对。',
    )
  if (unitCheckSign(given) !== given[17])
    return unreadable(
      'people.unit-code-check-sign',
      '统一社会信用代码的校验位不对：多半是某一位抄错或写颠倒了。请对照登记证书逐位核对。',
    )
  return read(given, given === text ? [] : ['代码里的小写、全角字符或空格已改正'])
}
