import { type Reading, read, unreadable } from './reading.ts'

/** Dots people write between the parts of a name; the standard one is U+00B7. */
const dots = /[•・‧∙⋅･．.。●﹒᛫]/gu
const standardDot = '\u00b7'
const longestName = 50

const han = /^\p{Script=Han}+(\u00b7\p{Script=Han}+)*$/u
const latin = /^\p{Script=Latin}[\p{Script=Latin}\p{M} .,'’-]*$/u

/**
 * 读姓名 — as it is kept and printed: composed (NFC), blanks out of a Chinese name, `·` as the separator; told what was changed.
 *
 * Every Han character passes, the rare ones of the extensions too; at most 50, counted as characters. Names in
 * Latin letters pass as passports write them.
 */
export function readPersonName(given: unknown): Reading<string> {
  if (typeof given !== 'string' || given.trim() === '')
    return unreadable('people.name-missing', '没有填姓名。请照证件填写。')
  const corrections: string[] = []
  let name = given
    .normalize('NFC')
    .replaceAll(/[\u200b-\u200d\ufeff]/g, '')
    .trim()
  if (/\p{Co}/u.test(name))
    return unreadable(
      'people.name-private-character',
      '姓名里有自造字，别的电脑显示不出。请用国家标准（GB 18030）里的字重新输入这个字。',
    )
  if (/\p{Script=Han}/u.test(name)) {
    const dotted = name.replaceAll(dots, standardDot)
    if (dotted !== name) corrections.push('姓名的间隔号已统一为“·”')
    name = dotted.replaceAll(/\s/gu, '')
    if (name !== dotted) corrections.push('姓名里的空格已去掉')
  }
  const length = [...name].length
  if (length > longestName)
    return unreadable('people.name-too-long', `姓名有 ${length} 个字，最多 ${longestName} 个。请照证件核对。`)
  if (!han.test(name) && !latin.test(name))
    return unreadable(
      'people.name-characters',
      '姓名里有不该有的字符：只用汉字和间隔号“·”，或护照上的拉丁字母。请照证件核对。',
    )
  return read(name, corrections)
}
