import { dictionary } from '@zxcvbn-ts/language-common'
import type { RefusalCode } from './refusals.ts'

/**
 * 密码规则 — `asvs` (OWASP ASVS 5): length and the leaked list, no composition, no forced change;
 * `djbh` (等保三级): besides these, three of four kinds of character and a new password every 90 days.
 */
export type PasswordProfile = 'asvs' | 'djbh'

export const passwordDays = 90
const shortest = 12

let leaked: ReadonlySet<string> | undefined
const isLeaked = (text: string) => {
  leaked ??= new Set(dictionary['passwords-common'] as readonly string[])
  return leaked.has(text)
}

/** 新密码是否可用 — the code of what is wrong with it, or undefined. */
export function passwordProblem(
  password: string,
  owner: { readonly account: string; readonly name: string },
  profile: PasswordProfile = 'asvs',
): RefusalCode | undefined {
  if ([...password].length < shortest) return 'access.password-short'
  const plain = password.toLowerCase()
  if (restsOnLeaked(plain)) return 'access.password-leaked'
  const names = [owner.account, owner.name]
    .map((name) => name.toLowerCase())
    .filter(({ length }) => length > 1)
  if (names.some((name) => plain.includes(name))) return 'access.password-names'
  if (profile === 'djbh' && kindsIn(password) < 3) return 'access.password-plain'
  return undefined
}

/**
 * Few leaked passwords are twelve characters long: what people do is to lengthen a short one. So a listed
 * word with digits and signs around it, or a short piece said again and again, counts as the listed word.
 */
function restsOnLeaked(plain: string): boolean {
  if (isLeaked(plain)) return true
  const core = plain.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  if (core === '' || ([...core].length >= 4 && isLeaked(core))) return true
  const repeated = /^(.{1,8}?)\1+.{0,3}$/u.exec(plain)?.[1]
  return repeated !== undefined && ([...repeated].length <= 4 || isLeaked(repeated))
}

function kindsIn(password: string): number {
  const kinds = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u]
  return kinds.filter((kind) => kind.test(password)).length
}
