import { unmovedReadings } from '../../engines/impact/unmoved-readings.ts'
import { isMissing } from '../../kernel/missing.ts'
import { granted, type Result, refused } from '../../kernel/result.ts'
import { type OwnParameter, type Plan, parameter } from '../../plan/index.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Books } from '../../records/books.ts'
import { listOwnValues } from '../../records/parameters/list-own-values.ts'
import { decideOwnValue, proposeOwnValue } from '../../records/parameters/write-own-value.ts'
import { canonicalHash } from '../../records/series/canonical-hash.ts'
import type { ImpactAnswer, ProposalBody, TrialQuery } from './contract.ts'
import type { DatedScope } from './dated-scope.ts'
import { judgeImpact } from './judge-impact.ts'
import { notCompared } from './not-compared.ts'
import type { RefusalCode } from './refusals.ts'

/** 试算 — the impact of a value that nobody has saved yet. */
export async function tryValue(
  books: Books,
  scope: DatedScope,
  key: string,
  query: TrialQuery,
): Promise<Result<ImpactAnswer>> {
  const value = readValue(query.value)
  const change = { key, value, from: query.from, status: 'own', document: '试算' } as const
  const fits = checkValue(books.plan, change, scope.asOf)
  if (!fits.ok) return fits
  return granted(await impactAnswer(books, scope, change))
}

/** 提出 — saves a value for another person's decision, together with the list of what flips, seen before. */
export async function proposeValue(
  books: Books,
  scope: DatedScope,
  visitor: Visitor,
  key: string,
  { fingerprint, ...body }: ProposalBody,
): Promise<Result<{ valueId: number }>> {
  const change = { key, ...body }
  const fits = checkValue(books.plan, change, scope.asOf)
  if (!fits.ok) return fits
  const impact = await impactAnswer(books, scope, change)
  if (impact.fingerprint !== fingerprint)
    return no(
      'parameters.impact-changed',
      `影响清单在您查看之后变了—台账或参数有新的登记—请重新试算，看过现在的 ${impact.flips.length} 项变化再提交。`,
    )
  const valueId = await books.db.transaction(scope, (tx) =>
    proposeOwnValue(tx, books.site.cityId, {
      ...change,
      impact: impact.flips,
      planVersion: books.plan.version,
      proposedBy: visitor.account,
      proposer: visitor.name,
    }),
  )
  return valueId === undefined
    ? no('parameters.one-waits', '该参数已有一个取值在等待审定—一次只审定一个—请先审定或退回那一个。')
    : granted({ valueId })
}

/** 审定 — another person approves or declines; `undefined` where there is no such value. */
export async function decideValue(
  books: Books,
  scope: DatedScope,
  visitor: Visitor,
  valueId: number,
  { grant, note }: { readonly grant: boolean; readonly note?: string },
): Promise<Result<{ phase: string }> | undefined> {
  return books.db.transaction(scope, async (tx) => {
    const found = (await listOwnValues(tx)).find((value) => value.valueId === valueId)
    if (!found) return undefined
    if (found.proposedBy === visitor.account)
      return no(
        'parameters.same-person',
        '这个取值是您自己提出的—提出和审定须由两个人办—请由市教体局另一位人员审定。',
      )
    const phase = grant ? 'approved' : 'declined'
    const done = await decideOwnValue(tx, books.site.cityId, valueId, {
      phase,
      by: visitor.account,
      name: visitor.name,
      ...(note && { note }),
    })
    return done
      ? granted({ phase })
      : no('parameters.decided-already', '这个取值已经审定过—审定只办一次—请刷新后查看结果。')
  })
}

async function impactAnswer(books: Books, scope: DatedScope, change: OwnParameter): Promise<ImpactAnswer> {
  const { judged, after, ...impact } = await judgeImpact(books, scope, change)
  const flips = unmovedReadings(impact.flips, after)
  const readings = books.plan.standards.get(change.key)?.[0]?.standard.readings ?? []
  return {
    asOf: scope.asOf,
    fingerprint: canonicalHash({ flips, key: change.key, value: change.value, from: change.from }),
    judged,
    flips,
    notCompared: notCompared(books.plan, change.key),
    readings: readings.map(({ of, zh, differs }) => ({ of, zh, differs })),
  }
}

/** The new value must be written as the old ones are: a number for a number, the same names for several. */
function checkValue(plan: Plan, { key, value, from }: OwnParameter, asOf: string): Result<true> {
  const layers = plan.standards.get(key) ?? []
  const sample = layers.flatMap(({ standard }) => standard.values ?? [])[0]?.value
  if (sample !== undefined && shapeOf(sample) !== shapeOf(value))
    return no('parameters.wrong-value', `新值的写法不对—现行值是${shapeOf(sample)}—请照现行值的写法填写。`)
  const now = parameter(plan, key, { on: from, asOf })
  if (!isMissing(now) && now.ok && canonicalHash(now.value.value) === canonicalHash(value))
    return no('parameters.nothing-changes', `新值与 ${from} 的现行值相同—没有什么可改—请核对新值和生效日。`)
  return granted(true)
}

function shapeOf(value: OwnParameter['value']): string {
  if (typeof value === 'object') return `一组数（${Object.keys(value).sort().join('、')}）`
  return typeof value === 'number' ? '一个数' : '一个词'
}

function readValue(text: string): OwnParameter['value'] {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'number' || (typeof value === 'object' && value !== null))
      return value as OwnParameter['value']
    return text
  } catch {
    return text
  }
}

function no(code: RefusalCode, text: string) {
  return refused({ code, text })
}
