import { sql } from 'kysely'
import type { Reach } from '../../../platform/access/policy.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import type { Sheet } from '../../../platform/sheets/sheet.ts'
import type { Books } from '../../../records/books.ts'
import type { Judging } from '../judge/judge-import.ts'
import type { DataLimits, KnownBooks } from '../judge/known-books.ts'
import type { Mapping } from '../judge/match-columns.ts'
import { readSchoolYear } from '../judge/read-time.ts'
import { tidyText } from '../judge/tidy-text.ts'
import type { ImportKind } from '../tables/import-table.ts'
import { loadInstitutions, loadPremises, loadTakenCodes } from './load-institutions.ts'
import { loadPeople } from './load-people.ts'
import { loadClasses, loadEnrolment, loadFlows } from './load-pupils.ts'
import { loadBirths, loadOutlines, loadPopulation, loadUnits } from './load-units.ts'

/** 取已知台账 — what judging a file of this kind must know, read within the transaction's scope. */
export async function loadKnown(
  tx: Tx,
  wanted: {
    kind: ImportKind
    sheet: Sheet
    mapping: Mapping
    limits: DataLimits
    site: Books['site']
    vault: Books['vault']
    onProgress: Judging
    filer: Reach
  },
): Promise<KnownBooks> {
  const { kind, sheet, mapping, limits, site, filer } = wanted
  const base = {
    today: await today(tx),
    provinceDigits: String(site.cityId).slice(0, 2),
    synthetic: site.synthetic,
    limits,
    filer,
    ...nothing,
  }
  if (kind === 'births' || kind === 'population') {
    const units = await loadUnits(tx)
    const ids = texts(sheet, mapping.unitCode).flatMap((code) => units.units.get(code)?.unitId ?? [])
    return kind === 'births'
      ? { ...base, ...units, births: await loadBirths(tx, ids) }
      : { ...base, ...units, population: await loadPopulation(tx, ids) }
  }
  const institutions = await loadInstitutions(tx)
  if (kind === 'institutions') {
    const codes = texts(sheet, mapping.code)
    return {
      ...base,
      ...institutions,
      ...(await loadUnits(tx)),
      premises: await loadPremises(tx),
      outlines: await loadOutlines(tx),
      takenCodes: await loadTakenCodes(tx, codes),
    }
  }
  if (kind === 'pupils') return { ...base, ...institutions, people: await loadPeople(tx, wanted) }
  const years = schoolYears(sheet, mapping.schoolYear)
  return {
    ...base,
    ...institutions,
    enrolment: await loadEnrolment(tx, [...years, ...years.map((year) => year - 1)]),
    flows: await loadFlows(tx, years),
    ...(kind === 'enrolment-by-class' && { classes: await loadClasses(tx, years) }),
  }
}

const nothing = {
  institutions: new Map(),
  institutionByCode: new Map(),
  takenCodes: new Set<string>(),
  premises: new Map(),
  units: new Map(),
  unitNames: new Map(),
  outlines: new Map(),
  enrolment: new Map(),
  classes: new Map(),
  flows: new Map(),
  births: new Map(),
  population: new Map(),
  people: new Map(),
} as const

async function today(tx: Tx): Promise<string> {
  const { rows } = await sql<{ day: string }>`select book.as_of() as day`.execute(tx)
  return rows[0]!.day
}

function texts(sheet: Sheet, column: number | undefined): string[] {
  if (column === undefined) return []
  const found = sheet.rows.flatMap(({ cells }) => {
    const text = cells[column - 1]?.text
    return text ? [tidyText(text).text] : []
  })
  return [...new Set(found)]
}

function schoolYears(sheet: Sheet, column: number | undefined): number[] {
  const years = texts(sheet, column).flatMap((text) => {
    const reading = readSchoolYear({ kind: 'text', text })
    return 'value' in reading ? [reading.value as number] : []
  })
  return [...new Set(years)]
}
