import type { Judgement } from '../judge/judge-import.ts'
import type { Counts } from './decide.ts'

/** 数目 — of a judgement; doubts count only on rows that would be written. */
export function countsOf(judgement: Judgement<unknown>): Counts {
  const rejected = new Set(judgement.rejectedRows)
  const of = (severity: string) => judgement.problems.filter((problem) => problem.severity === severity)
  const acted = (action: string) => judgement.entries.filter((entry) => entry.action === action).length
  const followUps = new Set(judgement.corrections.flatMap(({ row, name }) => (row === 0 ? [name] : []))).size
  return {
    rows: judgement.rows,
    fresh: acted('new'),
    same: acted('same'),
    corrected: acted('correct') + followUps,
    rejected: judgement.rejectedRows.length,
    errors: of('error').length,
    doubts: of('doubt').filter(({ row }) => !rejected.has(row)).length,
    warnings: of('warning').length,
  }
}
