import { sql } from 'kysely'
import { judgeFiling } from '../../engines/filing/judge-filing.ts'
import type { Verdict } from '../../engines/impact/find-flips.ts'
import type { Answers } from '../../kernel/filed-answers.ts'
import { isMissing } from '../../kernel/missing.ts'
import { type DataCheck, type Plan, parameter } from '../../plan/index.ts'
import { countiesInSight, fewCountiesAtATime } from '../../platform/db/some-counties.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'

interface FiledRow {
  readonly countyId: number
  readonly county: string
  readonly filingId: number
  readonly subject: string
  readonly lines: readonly { readonly line: number; readonly answers: Answers }[]
}

/**
 * 核验规则的判断 — of every approved filing of the newest period, whether each of these rules holds of it.
 *
 * Rules that compare filings by SQL are judged where filings are; these are the ones that speak of one filing.
 */
export async function checkVerdicts(
  tx: Tx,
  plan: Plan,
  checks: readonly DataCheck[],
  asOf: string,
): Promise<Verdict[]> {
  const found: Verdict[] = []
  const counties = await countiesInSight(tx)
  for (const check of checks) {
    const form = plan.forms.get(check.form)
    if (!form || check.holds === undefined) continue
    const parameters = valuesOf(plan, check.holds, asOf)
    for (const row of await fewCountiesAtATime(tx, counties, () => filedRows(tx, check.form))) {
      const once = row.lines.find(({ line }) => line === 0)?.answers ?? {}
      const filed = { once, lines: row.lines.filter(({ line }) => line > 0) }
      const broken = judgeFiling(
        { parts: form.parts, ...(form.lines && { lines: form.lines }) },
        [check],
        filed,
        {
          parameters,
        },
      ).filter(({ check: rule }) => rule === check.id)
      found.push({
        rule: `check.${check.id}`,
        ruleZh: `《${form.zh}》${check.zh}`,
        unitId: row.countyId,
        place: row.county,
        subject: row.subject,
        subjectId: String(row.filingId),
        verdict: broken.map(({ line }) => line).join(',') || 'holds',
        words: broken.length === 0 ? '通过' : broken.map(({ says }) => says).join('；'),
      })
    }
  }
  return found
}

function valuesOf(plan: Plan, holds: string, day: string): Record<string, number | string> {
  const keys = [...holds.matchAll(/\{([^}/]+)(?:\/([^}]+))?\}/g)]
  return Object.fromEntries(
    keys.flatMap(([whole, name, field]) => {
      const found = parameter(plan, name!, { on: day, asOf: day })
      if (isMissing(found) || !found.ok) return []
      const { value } = found.value
      const one = typeof value === 'object' ? value[field ?? ''] : value
      return one === undefined ? [] : [[whole.slice(1, -1), one] as const]
    }),
  )
}

async function filedRows(tx: Tx, formId: string): Promise<FiledRow[]> {
  const { rows } = await sql<FiledRow>`
    with newest as (select county_id, max(period) as period from book.filed where form_id = ${formId} group by county_id)
    select filed.county_id as "countyId", county.name as county, filed.filing_id as "filingId",
           coalesce(school.name, township.name, county.name) as subject,
           jsonb_agg(jsonb_build_object('line', line, 'answers', answers) order by line) as lines
      from book.filed as filed
      join newest using (county_id, period)
      join registry.county as county on county.county_id = filed.county_id
      left join book.institution as school
        on filed.subject_kind = 'institution' and school.county_id = filed.county_id and school.institution_id = filed.subject_id
      left join book.unit as township
        on filed.subject_kind = 'township' and township.county_id = filed.county_id and township.unit_id = filed.subject_id
     where filed.form_id = ${formId}
     group by filed.county_id, county.name, filed.filing_id, school.name, township.name
     order by filed.county_id, filed.filing_id`.execute(tx)
  return rows
}
