import type { Answers } from '../../src/kernel/filed-answers.ts'
import type { ServedHamlet } from './served-hamlet.ts'

/** What a kindergarten filed and had approved in an earlier period, under the version of its form then in force. */
export async function approvedBefore(
  { owner }: ServedHamlet,
  { county, form, period, subject }: { county: number; form: string; period: string; subject: number },
  answers: Answers,
): Promise<void> {
  const filed = [county, form, period, subject]
  const { rows } = await owner.query<{ id: number }>(
    `insert into returns.filing (county_id, form_id, version, period, subject_kind, subject_id, institution_id, phase, opened_by)
     values ($1, $2, 2, $3, 'institution', $4::bigint, $4, 'approved', '测试') returning filing_id as id`,
    filed,
  )
  await owner.query(
    `insert into returns.entry (county_id, form_id, period, subject_id, institution_id, filing_id, version, subject_kind, line, answers)
     values ($1, $2, $3, $4::bigint, $4, $5, 2, 'institution', 0, $6)`,
    [...filed, rows[0]!.id, answers],
  )
}
