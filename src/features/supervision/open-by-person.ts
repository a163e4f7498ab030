import { sql } from 'kysely'
import type { Static } from 'typebox'
import { granted, type Result, refused } from '../../kernel/result.ts'
import type { Plan } from '../../plan/index.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type NotFound, notFound } from '../../platform/http/route.ts'
import { openFinding } from '../../records/findings/open-findings.ts'
import { noteLedTo } from '../../records/visits/led-to.ts'
import { findVisit } from '../../records/visits/list-visits.ts'
import type { OpenBody, Opened } from './contract.ts'
import { handsOf } from './hands.ts'
import { findViolation, quoteOf } from './name-rule.ts'
import { ownerLevelOf } from './owner-units.ts'

/**
 * 督学立项 — a finding from a visit, a complaint or an inspection: of a kind the plan lists, or on an item of the plan.
 *
 * Whoever enters it must stand above the institution. What lacks money, posts or land its county answers for.
 */
export async function openByPerson(
  tx: Tx,
  plan: Plan,
  visitor: Visitor,
  body: OpenBody,
  today: string,
): Promise<Result<Static<typeof Opened>> | NotFound> {
  const place = await placeOf(tx, body.institutionId)
  if (!place) return notFound
  const [hand] = handsOf(visitor, { ...place, institutionId: body.institutionId, ownerLevel: 'institution' })
  if (!hand || hand === 'rectifier') return notAbove()
  const kind = body.rule === undefined ? undefined : findViolation(plan, body.rule)
  const item = kind?.list.item ?? body.item
  const quote = item === undefined ? undefined : quoteOf(plan, item)
  if ((body.rule !== undefined && !kind) || item === undefined || quote === undefined) return noBasis()
  if (kind && !kind.list.institutionKinds.includes(place.kind)) return otherKind(kind)
  const visit = body.visitId === undefined ? undefined : await findVisit(tx, body.visitId)
  if (body.visitId !== undefined && visit?.institutionId !== body.institutionId) return otherVisit()
  const opened = await openFinding(
    tx,
    {
      source: body.source,
      ...(body.rule !== undefined && { rule: body.rule }),
      ...{ item, quote, says: body.says.trim() },
      subject: { countyId: place.countyId, kind: 'institution', id: body.institutionId },
      ownerLevel: ownerLevelOf(body.cause ?? 'management'),
      supervision: ownerLevelOf(body.cause ?? 'management') === 'county' ? 'government' : 'schools',
      severity: body.severity ?? kind?.severity ?? 'ordinary',
    },
    { hand, account: visitor.account, name: visitor.name },
    today,
  )
  if (visit) await noteLedTo(tx, visit, opened.findingId, today)
  return granted(opened)
}

/** 机构所在 — the county and the kind of an institution in sight. */
export async function placeOf(tx: Tx, institutionId: number) {
  const { rows } = await sql<{ countyId: number; kind: string }>`
    select county_id as "countyId", kind from book.institution where institution_id = ${institutionId}`.execute(
    tx,
  )
  return rows[0]
}

function notAbove() {
  return refused({
    code: 'supervision.not-yours',
    text: '不能立项—您是该校（园）的人员，或不负责该校（园）—请由责任督学或教育主管部门立项。',
  })
}

function noBasis() {
  return refused({
    code: 'supervision.no-basis',
    text: '不能立项—没有这一问题种类或任务项，问题没有依据—请选问题种类，或选它所依的任务项。',
  })
}

function otherKind({ zh, list }: { readonly zh: string; readonly list: { readonly zh: string } }) {
  return refused({
    code: 'supervision.not-this-kind',
    text: `“${zh}”不能立在这所机构上—它是“${list.zh}”的一种，别类学校不适用—请核对机构，或在依据里查找别的任务项。`,
  })
}

function otherVisit() {
  return refused({
    code: 'supervision.visit-elsewhere',
    text: '不能立项—所依的入校记录不是这所学校（园）的，或不在您的范围内—请从那次入校的记录页点“就发现的问题立项”。',
  })
}
