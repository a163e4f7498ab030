import { births } from './births.ts'
import { enrolmentByClass } from './enrolment-by-class.ts'
import { enrolmentByGrade } from './enrolment-by-grade.ts'
import { type ImportKind, type ImportTable, importKinds } from './import-table.ts'
import { institutions } from './institutions.ts'
import { population } from './population.ts'
import { pupils } from './pupils.ts'

/** 全部数据表 — by kind. */
export const importTables: Readonly<Record<ImportKind, ImportTable>> = {
  institutions,
  'enrolment-by-grade': enrolmentByGrade,
  'enrolment-by-class': enrolmentByClass,
  population,
  births,
  pupils,
}

/** 是否数据表种类 — guards what comes in from outside. */
export function isImportKind(word: string): word is ImportKind {
  return (importKinds as readonly string[]).includes(word)
}
