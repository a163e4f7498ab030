import { granted, type Result, refused } from '../../kernel/result.ts'
import type { Reach } from '../../platform/access/policy.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { NotFound } from '../../platform/http/route.ts'
import type { Books } from '../../records/books.ts'
import { boardYears } from './answer-sentence.ts'
import { isCountyOnly } from './find-parts.ts'
import { outlooksOf, ownPart, readSeats, type SeatsAsked, type SeatsRead } from './read-seats.ts'
import type { CompareAnswer } from './scenario-contract.ts'
import { findScenario } from './store.ts'
import type { UnitOutlook } from './unit-row.ts'

const baseNames: Readonly<Record<string, string>> = { low: '低方案', mid: '中方案', high: '高方案' }

/** 情景对照 — the gaps of a unit and its parts under two scenarios, year by year; refused when one was not computed. */
export async function compareAnswer(
  tx: Tx,
  books: Books,
  asked: SeatsAsked,
  keys: { readonly one: string; readonly other: string },
  visitor: Reach,
): Promise<Result<CompareAnswer> | NotFound> {
  const sides: Side[] = []
  for (const key of [keys.one, keys.other]) {
    const side = await sideOf(tx, books, { ...asked, scenario: key }, visitor)
    if (!('ok' in side) || !side.ok) return side
    sides.push(side.value)
  }
  const [one, other] = sides as [Side, Side]
  return granted({
    one: one.head,
    other: other.head,
    notices: noticesOf(one, other),
    years: boardYears([...one.seen, ...other.seen]),
    rows: one.seen.map((seen) => rowOf(seen, other.seen, boardYears([...one.seen, ...other.seen]))),
  })
}

interface Side {
  readonly head: CompareAnswer['one']
  readonly seen: readonly UnitOutlook[]
}

async function sideOf(
  tx: Tx,
  books: Books,
  asked: SeatsAsked,
  visitor: Reach,
): Promise<Result<Side> | NotFound> {
  const read = await readSeats(tx, books, asked, visitor)
  if (!('ok' in read) || !read.ok) return read
  const { parent, children } = read.value
  const name = await nameOf(tx, asked.scenario)
  const part = ownPart(read.value)
  if (!part) return notComputed(name, read.value)
  return granted({
    head: { key: asked.scenario, name, asOf: part.asOf, countyOnly: isCountyOnly(part) },
    seen: await outlooksOf(tx, read.value, [...children, parent], asked.stage),
  })
}

async function nameOf(tx: Tx, key: string): Promise<string> {
  return baseNames[key] ?? (await findScenario(tx, Number(key.slice(1))))?.name ?? key
}

function notComputed(name: string, { parent, asked }: SeatsRead) {
  return refused({
    code: 'seats.not-computed',
    text: `“${name}”在${parent.name}—截至 ${asked.asOf} 还没有测算，不能对照—请先测算这个方案。`,
  })
}

function noticesOf(one: Side, other: Side): string[] {
  const notices: string[] = []
  if (one.head.asOf !== other.head.asOf)
    notices.push(`两个方案的台账截至日不同：${one.head.asOf} 与 ${other.head.asOf}。`)
  if (one.head.countyOnly !== other.head.countyOnly)
    notices.push('一个是本县单独测算，一个是全市测算，差别里含校准的影响。')
  return notices
}

function rowOf(
  seen: UnitOutlook,
  others: readonly UnitOutlook[],
  years: readonly number[],
): CompareAnswer['rows'][number] {
  const beside = others.find(({ unit }) => unit.unitId === seen.unit.unitId)
  const gapOf = (outlook: UnitOutlook | undefined, year: number) =>
    outlook?.years.find((each) => each.year === year)?.gap.gap ?? null
  return {
    unitId: seen.unit.unitId,
    name: seen.unit.name,
    cells: years.map((year) => {
      const one = gapOf(seen, year)
      const other = gapOf(beside, year)
      return { year, one, other, difference: one === null || other === null ? null : other - one }
    }),
  }
}
