import { stages } from '../../kernel/stage.ts'
import { type Reach, reaches } from '../../platform/access/policy.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { stageNames, type WarningsAnswer } from './contract.ts'
import type { Warning } from './outlook.ts'
import { outlooksOf, type SeatsRead } from './read-seats.ts'
import { counted } from './tell-outlook.ts'
import type { UnitOutlook } from './unit-row.ts'

/** 预警 — every warning of a unit's parts, in all stages the visitor answers for, the most pressing first, each with what answers it. */
export async function warningsAnswer(tx: Tx, read: SeatsRead, visitor: Reach): Promise<WarningsAnswer> {
  const units = read.children.length > 0 ? read.children : [read.parent]
  const warnings: WarningsAnswer = []
  const { countyId } = read.parent
  for (const stage of stages.filter((each) => reaches(visitor, { counties: [countyId], stages: [each] }))) {
    for (const seen of await outlooksOf(tx, read, units, stage)) {
      for (const warning of seen.outlook.warnings) {
        warnings.push({
          unit: seen.unit,
          stage,
          sign: warning.sign,
          lead: warning.lead,
          first: warning.first,
          persistent: warning.persistent,
          gap: warning.worst.gap.gap ?? 0,
          text: textOf(seen, warning, stageNames[stage]),
          act: actFor(warning),
        })
      }
    }
  }
  return warnings.sort(mostPressing)
}

/** Shortages before surpluses, the nearest first, then the larger. */
function mostPressing(one: WarningsAnswer[number], other: WarningsAnswer[number]): number {
  if (one.sign !== other.sign) return one.sign === 'shortage' ? -1 : 1
  return one.lead - other.lead || Math.abs(other.gap) - Math.abs(one.gap)
}

function textOf(
  { unit }: UnitOutlook,
  { sign, first, last, worst, persistent }: Warning,
  stage: string,
): string {
  const span = first === last ? `${first} 年` : `${first}—${last} 年`
  const word = sign === 'shortage' ? '缺' : '余'
  return `${unit.name}${stage} ${span}${persistent ? '' : '暂时'}${word}学位，${worst.year} 年最多，约${word} ${counted(Math.abs(worst.gap.gap ?? 0), '个')}`
}

/** 下一步 — the act that answers a warning; the last shortage of a falling stage is not answered by building. */
function actFor({ sign, persistent }: Warning): string {
  if (sign === 'shortage') return persistent ? '研究扩容或新建' : '临时调剂'
  return persistent ? '研究转用或整合' : '暂不撤并，按年复核'
}
