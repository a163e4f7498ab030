/**
 * 学段 — the stages of basic education the platform plans for, and the grades each holds.
 *
 * Grades run K1 K2 K3 (小班 中班 大班), P1…P6, J1…J3, S1…S3 (普通高中), V1…V3 (中等职业).
 * Special education is counted whole (`X`): its pupils are placed by need, not by grade.
 */
export const stages = ['preschool', 'primary', 'junior', 'senior', 'vocational', 'special'] as const
export type Stage = (typeof stages)[number]

/** 学段名称 — how officials call each stage. */
export const stageNames: Readonly<Record<Stage, string>> = {
  preschool: '学前',
  primary: '小学',
  junior: '初中',
  senior: '普通高中',
  vocational: '中等职业',
  special: '特殊教育',
}

export const gradesOf = {
  preschool: ['K1', 'K2', 'K3'],
  primary: ['P1', 'P2', 'P3', 'P4', 'P5', 'P6'],
  junior: ['J1', 'J2', 'J3'],
  senior: ['S1', 'S2', 'S3'],
  vocational: ['V1', 'V2', 'V3'],
  special: ['X'],
} as const satisfies Record<Stage, readonly string[]>

export type Grade = (typeof gradesOf)[Stage][number]

/** 全部年级 — every grade in the order children pass through them. */
export const grades: readonly Grade[] = stages.flatMap((stage): readonly Grade[] => gradesOf[stage])

const stageByGrade = new Map<string, Stage>(
  stages.flatMap((stage) => gradesOf[stage].map((grade) => [grade, stage] as const)),
)

/** 年级所属学段 — the stage a grade belongs to; absent when the word is no grade. */
export function stageOfGrade(grade: string): Stage | undefined {
  return stageByGrade.get(grade)
}

/** 是否学段 — is this word a stage? Guards what comes in from outside. */
export function isStage(word: string): word is Stage {
  return (stages as readonly string[]).includes(word)
}
