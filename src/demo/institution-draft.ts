import type { Grade, Stage } from '../kernel/stage.ts'
import type { TownshipDivision, VillageDivision } from '../records/divisions/divisions.ts'
import type { InstitutionKind, Sector } from '../records/registry/institution.ts'

/** 位置 — how towny the place is, which decides size, crowding and drift. */
export type Setting = 'urban' | 'town' | 'rural'

/** 一年级一年 — pupils of one grade on one statistical day. */
export interface GradeYear {
  readonly boys: number
  readonly girls: number
}

/**
 * 机构草稿 — an institution while its history is being generated; the books' rows are made from it.
 *
 * `opens` and `closes` are school years: the first with pupils and the first without.
 */
export interface InstitutionDraft {
  readonly id: number
  readonly kind: InstitutionKind
  readonly stages: readonly Stage[]
  readonly township: TownshipDivision
  readonly village: VillageDivision
  readonly setting: Setting
  /** The main one of its kind in the township (中心小学, 中心幼儿园). */
  readonly central: boolean
  readonly opens: number
  closes?: number
  /** Who takes over its pupils, or those who outgrow a teaching point. */
  heir?: InstitutionDraft
  /** Its closing is a merge into the heir. */
  merged: boolean
  /** Entrants a year it would draw at 2021's numbers. */
  readonly draws: Map<Stage, number>
  /** The grades it keeps of a stage, when not all. */
  readonly lastGrade?: Grade
  /** How full its classes run, against what is usual in its setting. */
  readonly crowding: number
  sector: Sector
  /** School year from which a private one is public. */
  convertedFrom?: number
  /** School year from which a private kindergarten is of public interest. */
  publicInterestFrom?: number
  renamedFrom?: number
  readonly rolls: Map<Grade, Map<number, GradeYear>>
}

/** 在办 — is it running on the statistical day of the school year? */
export function isRunning(draft: InstitutionDraft, year: number): boolean {
  return draft.opens <= year && (draft.closes === undefined || year < draft.closes)
}

/** 某年某年级人数 — pupils; 0 when the grade was empty or the institution not running. */
export function pupilsOf(draft: InstitutionDraft, grade: Grade, year: number): number {
  const roll = draft.rolls.get(grade)?.get(year)
  return roll ? roll.boys + roll.girls : 0
}

/** 某年人数 — pupils of several grades together. */
export function pupilsIn(draft: InstitutionDraft, grades: readonly Grade[], year: number): number {
  return grades.reduce((sum, grade) => sum + pupilsOf(draft, grade, year), 0)
}
