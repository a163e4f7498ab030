import { monthDays } from '../../kernel/month-days.ts'
import type { Plan } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { countKinds } from '../../records/findings/count-kinds.ts'
import { listCounties } from '../../records/registry/reads/list-units.ts'
import type { MonthTable } from './month-contract.ts'

/** 规范监管月表 — exactly the kinds of the plan's monthly lists × the counties in sight, as of `day`. */
export async function monthTable(
  tx: Tx,
  plan: Plan,
  inSight: readonly number[],
  month: string,
  day: string,
): Promise<MonthTable> {
  const counties = (await listCounties(tx))
    .filter(({ kind, countyId }) => kind === 'county' && inSight.includes(countyId))
    .map(({ countyId, name }) => ({ countyId, county: name }))
  const lists = [...plan.violations.values()].filter(({ monthly }) => monthly)
  const days = monthDays(month)
  const rules = lists.flatMap(({ id, kinds }) => kinds.map((kind) => `${id}.${kind.id}`))
  const counted = new Map(
    (await countKinds(tx, rules, days)).map((each) => [`${each.countyId} ${each.rule}`, each]),
  )
  const tableOf = ({ id, zh, item, kinds }: (typeof lists)[number]) => ({
    ...{ id, zh, item },
    kinds: kinds.map((kind) => {
      const rule = `${id}.${kind.id}`
      const cells = counties.map(({ countyId }) => {
        const { opened = 0, closed = 0 } = counted.get(`${countyId} ${rule}`) ?? {}
        return { opened, closed }
      })
      const sum = (what: 'opened' | 'closed') => cells.reduce((total, cell) => total + cell[what], 0)
      return { rule, zh: kind.zh, opened: sum('opened'), closed: sum('closed'), cells }
    }),
  })
  return { month, until: days.to < day ? days.to : day, counties, lists: lists.map(tableOf) }
}
