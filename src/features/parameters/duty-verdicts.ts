import type { Verdict } from '../../engines/impact/find-flips.ts'
import type { CoverageDuty, Plan } from '../../plan/index.ts'
import type { Books } from '../../records/books.ts'
import type { DutyJudgement } from '../../records/duties/duty-judgement.ts'
import { judgeCoverage } from '../../records/duties/judge-coverage.ts'
import type { DatedScope } from './dated-scope.ts'

/**
 * 覆盖任务的判断 — each X that these duties find without its Y, and each county's count.
 *
 * A covered X has no entry of its own: when it gets or loses one, it has flipped.
 */
export async function dutyVerdicts(
  db: Books['db'],
  plan: Plan,
  duties: readonly CoverageDuty[],
  scope: DatedScope,
  nameOf: (countyId: number) => string,
): Promise<Verdict[]> {
  if (duties.length === 0) return []
  const judged = await judgeCoverage(db, plan, { ...scope, duties })
  return judged.flatMap((judgement) => verdictsOfDuty(judgement, scope.counties, nameOf))
}

function verdictsOfDuty(
  { duty, reading, counties, refused }: DutyJudgement,
  asked: readonly number[],
  nameOf: (countyId: number) => string,
): Verdict[] {
  const read = reading && { reading: duty.readings?.find(({ id }) => id === reading)?.zh ?? reading }
  const rule = { rule: `duty.${duty.id}`, ruleZh: `${duty.item} ${duty.zh}`, ...read }
  const at = (countyId: number) => ({ ...rule, unitId: countyId, place: nameOf(countyId) })
  const whole = (countyId: number) => ({ ...at(countyId), subject: nameOf(countyId), subjectId: 'county' })
  if (refused !== undefined)
    return asked.map((countyId) => ({ ...whole(countyId), verdict: refused, words: refused }))
  return counties.flatMap(({ countyId, total, covered, gaps }) => [
    { ...whole(countyId), verdict: `${covered}/${total}`, words: `应有 ${total}，已有 ${covered}` },
    ...gaps.map(({ subjectId, subject, why, known }) => ({
      ...at(countyId),
      subject,
      subjectId: `gap ${subjectId}`,
      verdict: known ? 'uncovered' : 'unknown',
      words: known ? why : `不明：${why}`,
    })),
  ])
}
