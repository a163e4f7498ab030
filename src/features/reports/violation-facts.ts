import { monthDays } from '../../kernel/month-days.ts'
import type { Plan } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { countKinds, type KindCount } from '../../records/findings/count-kinds.ts'
import type { Place } from '../../records/indicators/list-places.ts'
import type { PaperRow, PaperValue } from './paper-facts.ts'

/**
 * 问题种类用数 — one row for each kind of the plan's monthly lists: how many findings were opened and closed in the month
 * of the paper, in all and in which counties. A kind of which nothing was found has its row, with 0.
 */
export async function violationRows(
  tx: Tx,
  plan: Plan,
  {
    place,
    counties,
    asOf,
  }: { readonly place: Place; readonly counties: readonly Place[]; readonly asOf: string },
): Promise<PaperRow[]> {
  const kinds = [...plan.violations.values()].flatMap(({ id, monthly, kinds: of }) =>
    monthly ? of.map((kind) => ({ rule: `${id}.${kind.id}`, zh: kind.zh })) : [],
  )
  const counted = await countKinds(
    tx,
    kinds.map(({ rule }) => rule),
    monthDays(asOf.slice(0, 7)),
  )
  const names = new Map(counties.map(({ unitId, name }) => [unitId, name]))
  return kinds.map(({ rule, zh }) => {
    const of = counted.filter((each) => each.rule === rule && names.has(each.countyId))
    const value = (what: string, text: string): PaperValue => ({
      ...{ zh: `${zh}${what}`, text, asOf, where: place.name },
      ...{
        source: '问题整改台账',
        definition: '本月立项（含复发重开）和销号（含不予交办）的问题，按整改台账',
      },
    })
    return {
      key: `${rule}.${place.unitId}`,
      unitId: place.unitId,
      cells: {
        kind: zh,
        opened: value('本月立项', String(sum(of, 'opened'))),
        closed: value('本月销号', String(sum(of, 'closed'))),
        'by-county': value('分县情况', tellCounties(of, names)),
      },
    }
  })
}

function tellCounties(of: readonly KindCount[], names: ReadonlyMap<number, string>): string {
  if (of.length === 0) return '各县均为0'
  return of.map(({ countyId, opened, closed }) => `${names.get(countyId)}立${opened}销${closed}`).join('；')
}

function sum(of: readonly KindCount[], what: 'opened' | 'closed'): number {
  return of.reduce((total, each) => total + each[what], 0)
}
