import { sql } from 'kysely'
import type { Static } from 'typebox'
import { isMissing } from '../../kernel/missing.ts'
import { granted, type Result, refused } from '../../kernel/result.ts'
import { numberParameter, type Plan } from '../../plan/index.ts'
import { admit } from '../../platform/access/policy.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type NotFound, notFound } from '../../platform/http/route.ts'
import { currentTerm } from '../../records/returns/return-period.ts'
import { listVisits, visitFrequency } from '../../records/visits/list-visits.ts'
import { recordVisit } from '../../records/visits/record-visit.ts'
import { visitAccess } from './access.ts'
import { handsOf } from './hands.ts'
import type { VisitBoard, VisitBody, Visited, VisitRecords } from './visit-contract.ts'

const rowsShown = 200

/** 本学期入校 — every school in sight with its visits of the term; without the parameter none is short. */
export async function visitsOfTerm(tx: Tx, plan: Plan, day: string) {
  const { zh: term, from } = currentTerm(day)
  const perTerm = numberOn(plan, 'inspection.routine-visits-per-term', day)
  const isShort = ({ visits }: { readonly visits: number }) => perTerm !== null && visits < perTerm
  return { term, from, perTerm, isShort, schools: await visitFrequency(tx, from) }
}

function numberOn(plan: Plan, key: string, day: string): number | null {
  const found = numberParameter(plan, key, { on: day, asOf: day })
  return isMissing(found) || !found.ok ? null : found.value
}

/** 入校频次榜 — who was visited how often this term, by the registry's schools; short ones first. */
export async function visitBoard(
  tx: Tx,
  plan: Plan,
  visitor: Visitor,
  query: { readonly county?: number | undefined; readonly only?: 'short' | undefined },
  day: string,
): Promise<VisitBoard> {
  const { term, from, perTerm, isShort, schools } = await visitsOfTerm(tx, plan, day)
  const all = schools.filter(({ countyId }) => query.county === undefined || countyId === query.county)
  const rows = query.only ? all.filter(isShort) : all
  return {
    ...{ term, from, perTerm },
    area: visitor.institutions
      ? { schools: visitor.institutions.length, atMost: numberOn(plan, 'inspection.schools-per-area', day) }
      : null,
    counties: [...Map.groupBy(all, ({ countyId }) => countyId)].map(([countyId, of]) => ({
      countyId,
      county: of[0]!.county,
      schools: of.length,
      enough: of.filter((each) => !isShort(each)).length,
    })),
    rows: rows.slice(0, rowsShown),
    total: rows.length,
    mayRecord: admit(visitAccess.record, visitor) !== undefined,
  }
}

const recordsShown = 50
const headLength = 80

/** 入校记录 — the latest in sight, each with the beginning of what was seen. */
export async function visitRecords(
  tx: Tx,
  query: { readonly county?: number | undefined; readonly institution?: number | undefined },
): Promise<VisitRecords> {
  const { visits, total } = await listVisits(tx, query, recordsShown)
  return {
    total,
    institution: (query.institution !== undefined && visits[0]?.institution) || null,
    rows: visits.map(({ countyId: _, advice: __, seen, ...visit }) => ({
      ...visit,
      seen: seen.length > headLength ? `${seen.slice(0, headLength)}…` : seen,
    })),
  }
}

/** 记一次入校 — by whoever stands above the school; not of a day that has not come. */
export async function enterVisit(
  tx: Tx,
  visitor: Visitor,
  body: VisitBody,
  today: string,
): Promise<Result<Static<typeof Visited>> | NotFound> {
  const { rows } = await sql<{ countyId: number }>`
    select county_id as "countyId" from book.institution where institution_id = ${body.institutionId}`.execute(
    tx,
  )
  const [place] = rows
  if (!place) return notFound
  const [hand] = handsOf(visitor, { ...place, institutionId: body.institutionId, ownerLevel: 'institution' })
  if (!hand || hand === 'rectifier')
    return refused({
      code: 'supervision.not-yours',
      text: '不能记录入校—您是该校（园）的人员，或不负责该校（园）—请由责任督学或教育主管部门记录。',
    })
  if (body.visitedOn > today)
    return refused({
      code: 'supervision.visit-ahead',
      text: `入校日期 ${body.visitedOn} 还没有到—只能记已经去过的—请改为不晚于 ${today} 的日期。`,
    })
  const { visitId, asSent } = await recordVisit(
    tx,
    { ...body, ...place },
    { account: visitor.account, name: visitor.name },
  )
  if (!asSent)
    return refused({
      code: 'supervision.visit-told-otherwise',
      text: `这份草稿已经报上过，和现在写的不一样—可能在另一个页面已经提交，报上的记录不再改—请打开第 ${visitId} 号记录核对；要补充的，另记一次。`,
      facts: { visitId },
    })
  return granted({ visitId })
}
