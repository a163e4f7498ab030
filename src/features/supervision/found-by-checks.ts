import { CompiledQuery } from 'kysely'
import { schoolYearOf } from '../../kernel/school-year.ts'
import { bindPlanSql, type DataCheck, type Plan } from '../../plan/index.ts'
import type { Database } from '../../platform/db/open-database.ts'
import type { FindingFound } from '../../records/findings/finding.ts'
import { readBooks } from '../../records/indicators/read-books.ts'
import type { RuleFound } from './found-by-duties.ts'
import { quoteOf } from './name-rule.ts'

interface Doubtful {
  readonly unit: number
  readonly subject_id: number
  readonly found: string
}

/**
 * 核验不通过成为问题 — what the checks over approved filings (their SQL) find, one finding for each check and subject.
 *
 * An error is serious, a doubt ordinary, a hint none. A check that a parameter refuses accuses nobody.
 */
export function foundByChecks(
  database: Database,
  plan: Plan,
  { counties, asOf }: { readonly counties: readonly number[]; readonly asOf: string },
): Promise<RuleFound[]> {
  return readBooks(database, { counties, asOf }, async (tx) => {
    const all: RuleFound[] = []
    for (const check of plan.checks.values()) {
      if (!accuses(check)) continue
      const bound = bindPlanSql(plan, check.sql as string, { year: schoolYearOf(asOf), day: asOf, asOf })
      if ('refused' in bound) continue
      const { rows } = await tx.executeQuery<Doubtful>(CompiledQuery.raw(bound.text, [...bound.values]))
      for (const countyId of counties) all.push(inCounty(plan, check, countyId, rows))
    }
    return all
  })
}

/** 可据以立项 — what is still being written is explained by whoever writes it; only what stands in the books accuses. */
export function accuses({ sql, severity }: DataCheck): boolean {
  return sql !== undefined && severity !== 'hint' && !/\bbook\.filing_in_hand\b/.test(sql)
}

function inCounty(plan: Plan, check: DataCheck, countyId: number, rows: readonly Doubtful[]): RuleFound {
  const form = plan.forms.get(check.form)
  const item = check.serves?.[0] ?? form?.serves[0] ?? ''
  const bySubject = Map.groupBy(
    rows.filter(({ unit }) => unit === countyId),
    ({ subject_id }) => Number(subject_id),
  )
  const ownerLevel = form?.filledBy ?? 'county'
  const found = [...bySubject].map(
    ([id, of]): FindingFound => ({
      ...{ source: 'check', rule: check.id, item, ownerLevel },
      quote: quoteOf(plan, item) ?? check.zh,
      subject: { countyId, kind: form?.subject.each ?? 'county', id },
      supervision: 'monitoring',
      severity: check.severity === 'error' ? 'serious' : 'ordinary',
      says: of.map((each) => each.found).join('；'),
    }),
  )
  return { source: 'check', rule: check.id, countyId, found, still: found.map(({ subject }) => subject) }
}
