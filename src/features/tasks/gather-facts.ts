import type { Item, Plan } from '../../plan/index.ts'
import type { Scope } from '../../platform/db/scope.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Books } from '../../records/books.ts'
import type { DutyJudgement } from '../../records/duties/duty-judgement.ts'
import { judgeCoverage } from '../../records/duties/judge-coverage.ts'
import { type ItemOwner, listItemOwners } from '../../records/duties/list-item-owners.ts'
import { listStandings } from '../../records/indicators/list-standings.ts'
import type { County } from '../../records/registry/county.ts'
import { listCounties } from '../../records/registry/reads/list-units.ts'
import { countOwed, type Owed } from '../../records/returns/count-owed.ts'
import { type Looked, lookedAt } from '../../records/returns/looked-at.ts'
import { periodsBegun } from '../../records/returns/return-period.ts'
import type { Coverage, ItemFacts, Progress } from './item-facts.ts'
import { countItemFindings, listProgress } from './store.ts'

/** 各县任务事实 — the counties in sight, and what is known of any item in any of them. */
export interface FactBook {
  readonly asOf: string
  readonly places: readonly Pick<County, 'countyId' | 'name'>[]
  of(countyId: number, item: Item): ItemFacts
}

/**
 * 汇集事实 — reads every book that speaks of an item, once for all counties in scope: who is named for it, what was
 * reported, whom the coverage duties find without, where targets stand, what findings are open and which forms are late.
 */
export async function gatherFacts(
  { db, plan, site }: Pick<Books, 'db' | 'plan' | 'site'>,
  scope: Scope & { readonly asOf: string },
): Promise<FactBook> {
  const { asOf } = scope
  const [judgements, standings, filed] = await Promise.all([
    judgeCoverage(db, plan, { ...scope, countsOnly: true }),
    listStandings(db, plan, scope),
    db.transaction(scope, (tx) => readFiled(tx, plan, lookedAt(site, asOf, scope.knownAt))),
  ])
  const places = filed.counties.filter(
    ({ kind, countyId }) => kind === 'county' && scope.counties.includes(countyId),
  )
  const targets = standings.map(({ unitId, target, standings: [{ sign, sentence }] }) => ({
    countyId: unitId,
    itemId: target.id,
    fact: { zh: target.zh, sign, sentence },
  }))
  const of = factsFrom({ ...filed, coverage: coverageOf(judgements, places), targets: byItem(targets) })
  return { asOf, places, of }
}

/** What people filed and found of the items. */
async function readFiled(tx: Tx, plan: Plan, looked: Looked) {
  const asOf = looked.today
  const begun = (formId: string) => {
    const form = plan.forms.get(formId)
    return form ? periodsBegun(form, asOf).map(({ id }) => id) : []
  }
  return {
    counties: await listCounties(tx),
    owners: byItem(await listItemOwners(tx, plan, asOf)),
    progress: byItem(await listProgress(tx, begun('item-progress'))),
    findings: byItem(await countItemFindings(tx)),
    late: lateForms(await countOwed(tx, plan.forms.values(), looked), asOf),
  }
}

type ByItem<T> = ReadonlyMap<string, readonly T[]>

interface Read {
  readonly owners: ByItem<ItemOwner>
  readonly progress: ByItem<Progress>
  readonly coverage: ByItem<Coverage>
  readonly targets: ByItem<{ readonly fact: ItemFacts['targets'][number] }>
  readonly findings: ByItem<ItemFacts['findings']>
  readonly late: ByItem<ItemFacts['lateForms'][number]>
}

function factsFrom({ owners, progress, coverage, targets, findings, late }: Read): FactBook['of'] {
  return (countyId, { id: itemId, from, due }) => {
    const key = keyOf(countyId, itemId)
    return {
      itemId,
      ...(from !== undefined && { from }),
      ...(due !== undefined && { due }),
      owner: owners.get(key)?.[0] ?? null,
      progress: progress.get(key)?.[0] ?? null,
      coverage: coverage.get(key) ?? [],
      targets: (targets.get(key) ?? []).map(({ fact }) => fact),
      findings: findings.get(key)?.[0] ?? { open: 0, late: 0 },
      lateForms: late.get(key) ?? [],
    }
  }
}

const keyOf = (countyId: number, itemId: string) => `${countyId} ${itemId}`

function byItem<T extends { readonly countyId: number; readonly itemId: string }>(
  rows: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  return Map.groupBy(rows, ({ countyId, itemId }) => keyOf(countyId, itemId))
}

/** Of a duty with several readings the first is counted, as everywhere. */
function coverageOf(judgements: readonly DutyJudgement[], places: FactBook['places']): ByItem<Coverage> {
  const first = judgements.filter(
    ({ duty, reading }) => reading === undefined || reading === duty.countedReadings?.[0],
  )
  const rows = first.flatMap(({ duty: { item: itemId, zh, force }, due, counties, refused }) =>
    places.map(({ countyId }) => {
      const found = counties.find((county) => county.countyId === countyId)
      return {
        countyId,
        itemId,
        zh,
        force,
        total: found?.total ?? 0,
        covered: found?.covered ?? 0,
        uncovered: found?.uncovered ?? 0,
        unknown: found?.unknown ?? 0,
        ...(due !== undefined && { due }),
        ...(refused !== undefined && { refused }),
      }
    }),
  )
  return byItem(rows)
}

function lateForms(owed: readonly Owed[], asOf: string): ReadonlyMap<string, ItemFacts['lateForms']> {
  const rows = owed.flatMap(({ form, period, countyId, due, handedIn }) =>
    period.dueOn < asOf && due > handedIn
      ? form.serves.map((itemId) => ({
          countyId,
          itemId,
          formId: form.id,
          period: period.id,
          zh: `${form.zh}（${period.zh}）`,
          dueOn: period.dueOn,
          missing: due - handedIn,
        }))
      : [],
  )
  return byItem(rows)
}
