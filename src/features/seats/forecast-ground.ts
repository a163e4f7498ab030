import type { Missing } from '../../kernel/missing.ts'
import type { SchoolYear } from '../../kernel/school-year.ts'
import { type Grade, grades } from '../../kernel/stage.ts'
import type { ClassSizes } from './class-sizes.ts'
import type { Assumptions } from './scenario-contract.ts'
import type { StagePremises } from './seat-supply.ts'

/** 推算所用年级 — every grade of the kernel, special education counted whole. */
export const forecastGrades: readonly Grade[] = grades

/** 推算单位 — a city, county or township, parents before children. */
export interface ForecastUnit {
  readonly unitId: number
  readonly countyId: number
  readonly name: string
  readonly level: 'city' | 'county' | 'township' | 'institution'
  /** Index of the unit above; −1 at the root. */
  readonly parent: number
  /** 街道: counts as county seat when pupils move to town. */
  readonly street: boolean
}

/** 某年校舍 — premises of one stage of one institution on 1 September of a school year; `unit` is where it stands. */
export interface PremisesYear extends StagePremises {
  readonly unit: number
  readonly year: SchoolYear
}

/** 推算底账 — what was read from the books: pupils `[(unit * years + year) * grades + grade]`, births, premises. */
export interface ForecastGround {
  readonly units: readonly ForecastUnit[]
  readonly firstYear: SchoolYear
  readonly years: number
  readonly enrolment: Float64Array
  readonly present: Uint8Array
  readonly births?: { readonly firstYear: number; readonly years: number; readonly cells: Float64Array }
  readonly premises: readonly PremisesYear[]
  /** By year of the panel: the share of open institutions and stages whose pupils were filed, 0–1. */
  readonly filedShare: readonly number[]
  readonly notes: readonly { readonly unit: number; readonly missing: Missing }[]
}

/** 出生变式 — a scenario's yearly factor on births beyond the last known year, beside the trend. */
export interface BirthVariant {
  readonly id: string
  readonly factor: number
}

/** 推算任务 — one run: the ground, the scenarios, the parameters; plain data that a thread can be handed. */
export interface ForecastTask {
  readonly ground: ForecastGround
  readonly until: SchoolYear
  readonly variants: readonly BirthVariant[]
  /** Absent for the base scenarios. */
  readonly assumed?: { readonly id: string; readonly author: string; readonly assumptions: Assumptions }
  /** Class sizes by school year, from the first year of the panel to `until`. */
  readonly sizes: Readonly<Record<number, ClassSizes>>
  readonly entryAges: readonly number[]
  /** Share of returns from which a year counts as complete. */
  readonly completeFrom: number
  readonly draws: number
  readonly seed: number
}

/** 一个值 — as it will be published; `unit` is an index into the ground's units. */
export interface ForecastValue {
  readonly unit: number
  readonly measure: string
  readonly stage: string
  readonly grade: string
  readonly year: number
  readonly scenario: string
  readonly mean: number | null
  readonly lo80: number | null
  readonly hi80: number | null
  readonly missing: Missing | null
}

/**
 * 最近学年 — the last school year whose returns are complete enough; forecasts start after it.
 *
 * A year that few schools have filed yet is not the present. Where no year is complete enough, the last of
 * the fullest; undefined when no pupils are on file at all.
 */
export function lastObservedYear(ground: ForecastGround, completeFrom: number): SchoolYear | undefined {
  const fullest = Math.max(0, ...ground.filedShare)
  const last = ground.filedShare.findLastIndex((share) => share >= Math.min(completeFrom, fullest))
  return fullest === 0 ? undefined : ground.firstYear + last
}
