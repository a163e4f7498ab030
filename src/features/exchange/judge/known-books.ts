import type { Stage } from '../../../kernel/stage.ts'
import type { Reach } from '../../../platform/access/policy.ts'
import type { KnownPerson } from '../../../records/people/roster.ts'
import type { Birth } from '../../../records/registry/birth.ts'
import type { Enrolment } from '../../../records/registry/enrolment.ts'
import type { Institution } from '../../../records/registry/institution.ts'
import type { Population } from '../../../records/registry/population.ts'
import type { Premises } from '../../../records/registry/premises.ts'
import type { PupilFlow } from '../../../records/registry/pupil-flow.ts'
import type { SchoolClass } from '../../../records/registry/school-class.ts'
import type { LargestKind } from '../tables/import-table.ts'
import type { Ring } from './point-in-outline.ts'

/** 数据核查的尺度 — from the plan's parameters, for the day of the import. */
export interface DataLimits {
  /** 班额 above which a figure is told as implausible. */
  readonly implausibleClassSize: number
  readonly oldestSchoolYear: number
  /** The year before which an opening is doubted. */
  readonly oldestOpeningYear: number
  /** The largest figure one cell may hold, by what it counts. */
  readonly largest: Readonly<Record<LargestKind, number>>
  /** 出生核对: births may differ from the book's neighbouring years by a factor, or by fewer heads, unasked. */
  readonly birthsChange: { readonly factor: number; readonly heads: number }
  /** 升级核对: the larger of a share of last year's figure and a number of heads is let pass. */
  readonly stockFlow: { readonly share: number; readonly heads: number }
  /** How far outside its county's outline a point may lie before it is refused: outlines are simplified. */
  readonly outlineToleranceM: number
}

export interface KnownUnit {
  readonly unitId: number
  readonly countyId: number
  readonly kind: string
  readonly code: string
  readonly name: string
}

/**
 * 已知台账 — what the books say of everything a file may speak of, within the importer's counties.
 *
 * Plain values, so that judging is a pure function: the same file against the same books gives the same
 * judgement from page, API and command line. Entries are in maps by the key that makes them one:
 * see `enrolmentKey` and its neighbours.
 */
export interface KnownBooks {
  readonly today: string
  /** 省代码: first two digits of the city's code. */
  readonly provinceDigits: string
  readonly limits: DataLimits
  /** Whose file it is: rows beyond their reach are refused. */
  readonly filer?: Reach
  /** Every version of every institution, on whatever days it held. */
  readonly institutions: ReadonlyMap<number, readonly Institution[]>
  readonly institutionByCode: ReadonlyMap<string, number>
  /** Codes of the file that were ever given to any institution of the site, also beyond the importer's counties. */
  readonly takenCodes: ReadonlySet<string>
  readonly premises: ReadonlyMap<string, Premises>
  /** By their code today. */
  readonly units: ReadonlyMap<string, KnownUnit>
  readonly unitNames: ReadonlyMap<number, string>
  readonly outlines: ReadonlyMap<number, readonly (readonly Ring[])[]>
  readonly enrolment: ReadonlyMap<string, Enrolment>
  readonly classes: ReadonlyMap<string, SchoolClass>
  readonly flows: ReadonlyMap<string, PupilFlow>
  readonly births: ReadonlyMap<string, Birth>
  readonly population: ReadonlyMap<string, Population>
  /** Whom the book holds under the documents of the file, by `rosterKey`. */
  readonly people: ReadonlyMap<string, KnownPerson>
  /** True where identity numbers made for a demonstration are taken. */
  readonly synthetic: boolean
}

export function enrolmentKey(entry: { institutionId: number; schoolYear: number; grade: string }): string {
  return `${entry.institutionId}|${entry.schoolYear}|${entry.grade}`
}

export function classKey(entry: {
  institutionId: number
  schoolYear: number
  grade: string
  classNo: number
}): string {
  return `${enrolmentKey(entry)}|${entry.classNo}`
}

export function flowKey(entry: { institutionId: number; schoolYear: number; stage: Stage }): string {
  return `${entry.institutionId}|${entry.schoolYear}|${entry.stage}`
}

export function birthKey(entry: { unitId: number; year: number; vintage: string }): string {
  return `${entry.unitId}|${entry.year}|${entry.vintage}`
}

/** 同一批人口数 — the bands of one unit, day, basis and publication lie side by side. */
export function populationSetKey(entry: Pick<Population, 'unitId' | 'onDay' | 'basis' | 'vintage'>): string {
  return `${entry.unitId}|${entry.onDay}|${entry.basis}|${entry.vintage}`
}

export function populationKey(
  entry: Pick<Population, 'unitId' | 'onDay' | 'basis' | 'vintage' | 'ageFrom'>,
): string {
  return `${populationSetKey(entry)}|${entry.ageFrom}`
}

export function premisesKey(entry: { institutionId: number; campusNo: number; stage: Stage }): string {
  return `${entry.institutionId}|${entry.campusNo}|${entry.stage}`
}

/** 现状 — the version that holds today; the last one when none does. */
export function currentVersion<V extends { from: string; to?: string | null }>(
  versions: readonly V[] | undefined,
  today: string,
): V | undefined {
  return versions?.find(({ from, to }) => from <= today && (!to || today < to)) ?? versions?.at(-1)
}
