import type { Missing } from '../../kernel/missing.ts'
import type { SchoolYear } from '../../kernel/school-year.ts'
import { stageOfGrade } from '../../kernel/stage.ts'
import type { BackTestRow } from './back-test.ts'
import { type BirthTable, chainOfGrades } from './enrolment-panel.ts'

/** 情景 — one set of assumptions, shown beside the others and never folded into the band. */
export interface ProjectionScenario {
  readonly id: string
  /** Factor on births for each year after the last known one, the last factor staying; absent: damped drift. */
  readonly birthPath?: readonly number[]
  /** Factor on pupils arriving per child born, from the first projected year. */
  readonly arrivalFactor?: number
  /** Yearly log change by moving in or out, by unit; damped, carried five years at most. */
  readonly drift?: Float64Array
}

/** 新增住宅学位 — pupils a housing estate brings to a unit in a year, by grade. */
export interface HousingAddition {
  readonly unit: number
  readonly year: SchoolYear
  readonly grade: number
  readonly pupils: number
}

/** 人工修正 — a figure set or scaled by a named person, with the reason; carried on to later years and grades. */
export interface PupilOverride {
  readonly unit: number
  readonly year: SchoolYear
  readonly grade: number
  readonly pupils?: number
  readonly factor?: number
  readonly author: string
  readonly reason: string
}

/** 普职分流 — from a year on, the share of a unit's senior-stage entrants who go to regular senior high. */
export interface SeniorSplit {
  readonly unit: number
  readonly from: SchoolYear
  readonly seniorShare: number
  readonly author: string
  readonly reason: string
}

/**
 * 推算输入 — plain data for a whole city.
 *
 * `enrolment[(unit * years + year) * grades + grade]`, NaN unknown. `present` as in the panel; absent: a row is
 * there when any of its cells is. Births are by unit; villages are summed first (`sumVillageBirths`).
 */
export interface ProjectionInput {
  readonly units: readonly string[]
  readonly levels: readonly string[]
  readonly parent: Int32Array
  readonly grades: readonly string[]
  readonly source: Int32Array
  readonly stages: readonly { readonly id: string; readonly grades: readonly number[] }[]
  readonly firstYear: SchoolYear
  readonly years: number
  readonly enrolment: Float64Array
  readonly present?: Uint8Array
  readonly births?: BirthTable
  /** Ages at which the first grade may be entered, tried at past origins; kindergarten 3. */
  readonly entryAges: readonly number[]
  readonly asOf: SchoolYear
  readonly until: SchoolYear
  readonly scenarios: readonly ProjectionScenario[]
  readonly housing?: readonly HousingAddition[]
  readonly overrides?: readonly PupilOverride[]
  readonly splits?: readonly SeniorSplit[]
  /** Levels at which figures further ahead than `years` are flagged, e.g. institutions beyond 5. */
  readonly limits?: readonly { readonly level: string; readonly years: number }[]
  /** Bootstrap draws; 0 reads the bands straight from past misses (institutions on demand). */
  readonly draws: number
  readonly seed: number
}

/** 推算值 — mean and 80 % band; NaN where the unit does not run the grade or stage. */
export interface ProjectedFigures {
  readonly mean: Float64Array
  readonly lo80: Float64Array
  readonly hi80: Float64Array
}

/** 情景推算 — by grade `[(unit * years + y) * grades + grade]`, by stage `[(unit * years + y) * stages + stage]`. */
export interface ProjectedScenario {
  readonly id: string
  readonly byGrade: ProjectedFigures
  readonly byStage: ProjectedFigures
}

/** 推算标记 — something a reader must know before using a unit's figures. */
export interface ProjectionFlag {
  readonly unit: number
  readonly kind: 'opened' | 'closed' | 'jump' | 'beyond-limit' | 'overridden'
  readonly year: SchoolYear
  readonly text: string
}

/** 推算结果 — `firstYear` is the first projected school year. */
export interface Projection {
  readonly asOf: SchoolYear
  readonly firstYear: SchoolYear
  readonly years: number
  readonly scenarios: readonly ProjectedScenario[]
  readonly backTest: readonly BackTestRow[]
  readonly flags: readonly ProjectionFlag[]
  readonly notes: readonly Missing[]
}

/** 标准年级链 — which grade feeds each of the given ones in China: K1…K3 → P1…P6 → J1…J3 → S1 and V1. */
export function standardSource(grades: readonly string[]): Int32Array {
  const before: Readonly<Record<string, string>> = { P1: 'K3', J1: 'P6', S1: 'J3', V1: 'J3' }
  return Int32Array.from(grades, (grade) => {
    const rank = Number(grade.slice(1))
    return grades.indexOf(before[grade] ?? `${grade[0]}${rank - 1}`)
  })
}

/** 村级出生汇总 — births of villages summed to the units they belong to; unknown where any village is. */
export function sumVillageBirths(
  unitOfVillage: Int32Array,
  units: number,
  years: number,
  cells: Float64Array,
): Float64Array {
  const sums = new Float64Array(units * years).fill(Number.NaN)
  const begun = new Uint8Array(units)
  unitOfVillage.forEach((unit, village) => {
    for (let year = 0; year < years; year++) {
      const at = unit * years + year
      sums[at] = (begun[unit] ? sums[at]! : 0) + cells[village * years + year]!
    }
    begun[unit] = 1
  })
  return sums
}

/** 列的年级链 — the national chain when every column is one of its grades; otherwise each column is fed by the one before. */
export function sourceOfColumns(columns: readonly string[]): Int32Array {
  const national = columns.every((column) => stageOfGrade(column) !== undefined && column !== 'X')
  return national ? standardSource(columns) : chainOfGrades(columns.length)
}
