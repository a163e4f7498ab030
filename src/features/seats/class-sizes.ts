import { isMissing, type Measured } from '../../kernel/missing.ts'
import { granted, type Result } from '../../kernel/result.ts'
import { censusDay, type SchoolYear } from '../../kernel/school-year.ts'
import type { Stage } from '../../kernel/stage.ts'
import { numberParameter, type Plan } from '../../plan/index.ts'

/** 班额口径 — the standard class, or the largest class that is not yet a 大班额 (compulsory and senior stages). */
export type ClassSizeChoice = 'standard' | 'below-large'

/** 标准班额 — pupils per class by stage in a school year; Missing where no norm was entered. */
export interface ClassSizes {
  /** 小班、中班、大班. */
  readonly preschool: Measured<readonly number[]>
  readonly primary: Measured<number>
  /** 教学点 and other incomplete primary schools. */
  readonly primaryIncomplete: Measured<number>
  readonly junior: Measured<number>
  readonly senior: Measured<number>
  readonly vocational: Measured<number>
  readonly special: Measured<number>
}

/** 所用参数 — keys of the parameters that a stage's class sizes come from. */
const classSizeKeys: Readonly<Record<Stage, readonly string[]>> = {
  preschool: ['class-size.preschool-k1', 'class-size.preschool-k2', 'class-size.preschool-k3'],
  primary: ['class-size.primary', 'class-size.primary-incomplete'],
  junior: ['class-size.junior'],
  senior: ['class-size.senior'],
  vocational: ['class-size.vocational'],
  special: ['class-size.special'],
}

/** 大班额起点 — a class of this many pupils is a large one; one less is the most allowed. */
const largeClassKey = 'large-class.threshold'

const largeClassStages: readonly Stage[] = ['primary', 'junior', 'senior']

/** 班额所据参数 — the keys behind a stage's class sizes under a choice. */
export function keysOfClassSize(stage: Stage, choice: ClassSizeChoice): readonly string[] {
  const [first, ...rest] = classSizeKeys[stage]
  return choice === 'below-large' && largeClassStages.includes(stage)
    ? [largeClassKey, ...rest]
    : [first!, ...rest]
}

/**
 * 取标准班额 — the class sizes in force on 1 September of a school year, read by the day of the computation.
 *
 * Refused, by name, when a parameter has no value for the year or is past its review date.
 */
export function classSizesIn(
  plan: Plan,
  year: SchoolYear,
  asOf: string,
  choice: ClassSizeChoice = 'standard',
): Result<ClassSizes> {
  const days = { on: censusDay(year), asOf }
  const sizes: Record<string, Measured<number | readonly number[]>> = {}
  const wanted: readonly (readonly [string, readonly string[], Stage])[] = [
    ['preschool', classSizeKeys.preschool, 'preschool'],
    ['primary', [classSizeKeys.primary[0]!], 'primary'],
    ['primaryIncomplete', [classSizeKeys.primary[1]!], 'primary'],
    ...(['junior', 'senior', 'vocational', 'special'] as const).map(
      (stage) => [stage, classSizeKeys[stage], stage] as const,
    ),
  ]
  for (const [name, keys, stage] of wanted) {
    const raised =
      choice === 'below-large' && largeClassStages.includes(stage) && name !== 'primaryIncomplete'
    const found = raised ? mostAllowed(plan, days) : readAll(plan, keys, days)
    if (!isMissing(found) && !found.ok) return found
    sizes[name] = isMissing(found) ? found : found.value
  }
  return granted(sizes as unknown as ClassSizes)
}

type Found = Result<number | readonly number[]> | ReturnType<typeof numberParameter>

function readAll(plan: Plan, keys: readonly string[], days: { on: string; asOf: string }): Found {
  const values: number[] = []
  for (const key of keys) {
    const found = numberParameter(plan, key, days)
    if (isMissing(found) || !found.ok) return found
    values.push(found.value)
  }
  return granted(keys.length === 1 ? values[0]! : values)
}

function mostAllowed(plan: Plan, days: { on: string; asOf: string }): Found {
  const threshold = numberParameter(plan, largeClassKey, days)
  return isMissing(threshold) || !threshold.ok ? threshold : granted(threshold.value - 1)
}
