import { isExplained } from '../../engines/filing/explain.ts'
import { judgeFiling, type Remark } from '../../engines/filing/judge-filing.ts'
import { writeAnswer } from '../../engines/filing/read-answer.ts'
import {
  checkParameters,
  type DataCheck,
  fieldsOf,
  type Plan,
  parametersNamed,
  type ReturnForm,
} from '../../plan/index.ts'
import type { Database } from '../../platform/db/open-database.ts'
import type { FindingFound } from '../../records/findings/finding.ts'
import { readBooks } from '../../records/indicators/read-books.ts'
import { type EnteredFiling, listEntered } from '../../records/returns/list-entered.ts'
import { findPeriod } from '../../records/returns/return-period.ts'
import type { RuleFound } from './found-by-duties.ts'
import { quoteOf } from './name-rule.ts'

/**
 * 已通过填报的问题 — what the checks that serve the plan find in approved filings, one finding for each check and filing:
 * of each subject its latest period, and every entry in force of a book kept by event.
 *
 * A doubt that was explained opens none, unless the check lets no explanation excuse it. A check whose parameter is not
 * in force says nothing, neither that something is wrong nor that it is mended.
 */
export function foundByFilings(
  database: Database,
  plan: Plan,
  { counties, asOf }: { readonly counties: readonly number[]; readonly asOf: string },
): Promise<RuleFound[]> {
  const byForm = Map.groupBy([...plan.checks.values()].filter(accusesFilings), ({ form }) => form)
  return readBooks(database, { counties, asOf }, async (tx) => {
    const all: RuleFound[] = []
    for (const [formId, checks] of byForm) {
      const form = plan.forms.get(formId)
      if (!form) continue
      for (const countyId of counties) {
        const filings = await listEntered(tx, form, [countyId])
        for (const check of checks) all.push(inFilings(plan, form, check, { countyId, filings, asOf }))
      }
    }
    return all
  })
}

/** 可据以立项 — a rule of the plan's own over one filing; a check that only keeps figures sound accuses nobody. */
export function accusesFilings({ holds, severity, serves }: DataCheck): boolean {
  return holds !== undefined && severity !== 'hint' && serves !== undefined
}

interface Filed {
  readonly countyId: number
  readonly filings: readonly EnteredFiling[]
  readonly asOf: string
}

function inFilings(
  plan: Plan,
  form: ReturnForm,
  check: DataCheck,
  { countyId, filings, asOf }: Filed,
): RuleFound {
  const found: FindingFound[] = []
  const undecided: FindingFound['subject'][] = []
  for (const filing of filings) {
    const parameters = checkParameters(plan, [check], findPeriod(form, filing.period, asOf)?.from ?? asOf)
    if (parametersNamed(check).some((key) => parameters[key] === undefined)) {
      undecided.push(subjectOf(form, countyId, filing))
      continue
    }
    const remarks = judgeFiling(form, [check], filing.filed, {
      ...(filing.before && { before: filing.before }),
      parameters,
    }).filter((remark) => remark.check !== undefined && !isExcused(check, remark, filing))
    if (remarks.length > 0) found.push(findingOf(plan, form, check, { countyId, filing, remarks }))
  }
  return {
    source: 'check',
    rule: check.id,
    countyId,
    found,
    still: [...found.map(({ subject }) => subject), ...undecided],
  }
}

function isExcused({ severity, evenExplained }: DataCheck, remark: Remark, filing: EnteredFiling): boolean {
  return severity === 'doubt' && !evenExplained && isExplained(remark, filing.filed, filing.explained)
}

function findingOf(
  plan: Plan,
  form: ReturnForm,
  check: DataCheck,
  { countyId, filing, remarks }: { countyId: number; filing: EnteredFiling; remarks: readonly Remark[] },
): FindingFound {
  const item = check.serves![0]!
  return {
    ...{ source: 'check', rule: check.id, item, ownerLevel: form.filledBy },
    quote: quoteOf(plan, item) ?? check.zh,
    subject: subjectOf(form, countyId, filing),
    supervision: 'monitoring',
    severity: check.severity === 'error' ? 'serious' : 'ordinary',
    says: `${check.zh}（${remarks.map((remark) => valuesOf(form, remark, filing)).join('；')}）`,
  }
}

/** Of a book kept by event each entry is a thing of its own. */
function subjectOf(
  form: ReturnForm,
  countyId: number,
  { subjectKind: kind, subjectId: id, period }: EnteredFiling,
): FindingFound['subject'] {
  const entry = form.rhythm.kind === 'event' && {
    thing: { id: `${form.id}.${period}`, name: `${form.zh}第 ${period} 条` },
  }
  return { countyId, kind, id, ...entry }
}

/** What the marked cells say, as people read it. */
function valuesOf(form: ReturnForm, { line, fields }: Remark, { filed }: EnteredFiling): string {
  const answers = { ...filed.once, ...filed.lines.find((each) => each.line === line)?.answers }
  const told = fieldsOf(form).flatMap((field) => {
    const answer = answers[field.id]
    if (!fields.includes(field.id)) return []
    return `${field.zh}：${answer === undefined ? '没有填' : writeAnswer(field, answer)}`
  })
  return `${line > 0 ? `第 ${line} 行` : ''}${told.join('，')}`
}
