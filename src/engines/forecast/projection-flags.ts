import type { PreparedPanel } from './prepared-panel.ts'
import type { ProjectionFlag, ProjectionInput } from './projection-input.ts'
import type { StructuralBreak } from './structural-break.ts'

/** Breaks further back than this no longer touch a forecast. */
const recentYears = 5

const words = {
  opened: '当年开始有学生:此前无历史,升级率取上级单位',
  closed: '当年起没有学生:按停办处理,不再推算',
  jump: '学生数与周边单位相比突变:以突变后年份为起点,突变年不用于估计升级率',
} as const

/** 推算标记 — structural breaks, figures beyond the limit of their level, and hand-set figures with who and why. */
export function projectionFlags(
  input: ProjectionInput,
  panel: PreparedPanel,
  breaks: readonly StructuralBreak[],
): ProjectionFlag[] {
  const recent = breaks
    .filter((found) => found.year > input.asOf - recentYears)
    .map((found) => ({ ...found, text: words[found.kind] }))
  const limited = (input.limits ?? []).flatMap((limit) =>
    input.levels.flatMap((level, unit): ProjectionFlag[] =>
      level !== limit.level || input.until - input.asOf <= limit.years
        ? []
        : [
            {
              unit,
              kind: 'beyond-limit',
              year: input.asOf + limit.years + 1,
              text: `${limit.level}级推算超过 ${limit.years} 年,仅供参考,不宜作为建设依据`,
            },
          ],
    ),
  )
  const set = (input.overrides ?? []).map(
    (override): ProjectionFlag => ({
      unit: override.unit,
      kind: 'overridden',
      year: override.year,
      text: `人工修正(${override.author}):${override.reason}`,
    }),
  )
  return [...recent, ...limited, ...set].filter((flag) => flag.unit < panel.named)
}
