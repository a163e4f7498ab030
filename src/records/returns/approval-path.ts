import { type RawBuilder, sql } from 'kysely'
import type { ApprovalLevel } from '../../kernel/approval-level.ts'
import type { ReturnForm } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Filing } from './filing.ts'

/** 有无乡镇中心校 — does the school a filing speaks of belong to a township centre, on the tree of the day the books are read? */
export async function hasTownshipCentre(
  tx: Tx,
  { countyId, subjectKind, subjectId }: Pick<Filing, 'countyId' | 'subjectKind' | 'subjectId'>,
): Promise<boolean> {
  if (subjectKind !== 'institution') return false
  const { rows } = await sql`select where ${underCentre(sql`${countyId}`, sql`${subjectId}`)}`.execute(tx)
  return rows.length > 0
}

/** 属乡镇中心校 — the same as a condition, for statements that go over many filings. */
export function underCentre(
  county: RawBuilder<unknown>,
  institution: RawBuilder<unknown>,
): RawBuilder<boolean> {
  return sql`exists (
    select from book.membership as m
      join book.unit as u on u.county_id = m.county_id and u.unit_id = m.unit_id and u.kind = 'township-centre'
     where m.tree = 'township-centre' and m.county_id = ${county} and m.institution_id = ${institution})`
}

/**
 * 审核路径 — the levels through which this filing goes: those of its form, and before a county the township centre, where
 * the school belongs to one on the day. A filing that lies with a centre stays on that way when the centre is dissolved.
 */
export function approvalPath(
  { approvedBy }: Pick<ReturnForm, 'approvedBy'>,
  { atLevel }: Pick<Filing, 'atLevel'>,
  centre: boolean,
): readonly ApprovalLevel[] {
  const others = approvedBy.filter((level) => level !== 'township-centre')
  return (centre && others[0] === 'county') || atLevel === 'township-centre'
    ? ['township-centre', ...others]
    : others
}
