import { type Reading, read, unreadable } from './reading.ts'
import { readResidentId } from './resident-id.ts'

/** 证件种类 — what a person is known by. */
export const documentKinds = {
  resident: '居民身份证（含港澳台居民居住证）',
  'hong-kong-macau': '港澳居民来往内地通行证',
  taiwan: '台湾居民来往大陆通行证',
  'foreign-resident': '外国人永久居留身份证',
  passport: '护照',
} as const
export type DocumentKind = keyof typeof documentKinds

/** 身份证件 — its number as kept; born on and sex where the number says so. */
export interface IdentityDocument {
  readonly kind: DocumentKind
  readonly number: string
  readonly bornOn?: string
  readonly sex?: 'male' | 'female'
}

const shapes: Readonly<Record<Exclude<DocumentKind, 'resident'>, readonly [shape: RegExp, zh: string]>> = {
  'hong-kong-macau': [/^[HM]\d{8}(\d{2})?$/, '应是 H 或 M 加 8 位数字（旧证再加 2 位换证次数）'],
  taiwan: [/^(\d{8}|\d{10}[A-Z]?)$/, '应是 8 位数字（旧证 10 位，可带一个字母）'],
  'foreign-resident': [/^([A-Z]{3}\d{12}|9\d{16}[\dX])$/, '应是 3 个字母加 12 位数字，或 9 开头的 18 位'],
  passport: [/^[A-Z0-9]{5,17}$/, '应是 5 至 17 位字母和数字'],
}

/**
 * 读证件号 — the number as kept: full-width characters and blanks set right, each correction told.
 *
 * A number that comes as a number is refused, never guessed: a spreadsheet has by then changed its last digits.
 */
export function readIdentityDocument(
  kind: DocumentKind,
  given: unknown,
  today: string,
  synthetic = false,
): Reading<IdentityDocument> {
  if (typeof given === 'number')
    return unreadable(
      'people.id-as-number',
      '证件号所在单元格是数值格式：表格软件只留 15 位，末尾几位已经变了。请把整列设为“文本”，再照证件重新填写。',
    )
  if (typeof given !== 'string' || given.trim() === '')
    return unreadable('people.id-missing', '没有填证件号。请照证件填写。')
  const number = given.normalize('NFKC').replaceAll(/[\s\u200b-\u200d\ufeff]/g, '')
  const tidied = number === given.trim() ? [] : ['证件号里的全角字符或空格已去掉']
  const found = kind === 'resident' ? residentDocument(number, today, synthetic) : otherDocument(kind, number)
  return found.ok ? { ...found, corrections: [...tidied, ...found.corrections] } : found
}

function residentDocument(number: string, today: string, synthetic: boolean): Reading<IdentityDocument> {
  const found = readResidentId(number, today, synthetic)
  return found.ok ? read({ kind: 'resident', ...found.value }, found.corrections) : found
}

function otherDocument(kind: Exclude<DocumentKind, 'resident'>, given: string): Reading<IdentityDocument> {
  const number = given.toUpperCase().replaceAll(/[()-]/g, '')
  const [shape, zh] = shapes[kind]
  if (!shape.test(number))
    return unreadable('people.document-shape', `${documentKinds[kind]}的号码${zh}。请对照证件核对。`)
  return read({ kind, number })
}
