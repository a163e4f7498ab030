import { importTables } from '../features/exchange/tables/all-tables.ts'
import { type ImportKind, importKinds } from '../features/exchange/tables/import-table.ts'
import { WrongUse } from './wrong-use.ts'

/** 数据种类 — the kind of data a word names: whole, or by a beginning that only one kind has. */
export function kindOfWord(word: string | undefined): ImportKind {
  const all = importKinds.map((kind) => `${kind}（${importTables[kind].name}）`).join('、')
  if (!word) throw new WrongUse(`没有写数据种类。可用：${all}。`)
  const meant = importKinds.filter((kind) => kind === word)
  const found = meant.length > 0 ? meant : importKinds.filter((kind) => kind.startsWith(word))
  if (found.length === 1) return found[0] as ImportKind
  const told =
    found.length > 1 ? `“${word}”可以是 ${found.join(' 或 ')}，分不清要哪一种` : `没有“${word}”这种数据`
  throw new WrongUse(`${told}。可用：${all}。`)
}
