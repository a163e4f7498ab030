import { refusals as ofTheBooks } from '../../records/registry/refusals.ts'

/** 不予办理代码 — what an act on an institution can be refused for; most are the books' own. */
export const refusals: Readonly<Record<string, string>> = {
  ...ofTheBooks,
  'institutions.public-has-no-profit-status': '公办机构不分营利与非营利',
}
