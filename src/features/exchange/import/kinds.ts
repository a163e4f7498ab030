import { writeBirths } from '../../../records/registry/write-births.ts'
import { writePopulation } from '../../../records/registry/write-population.ts'
import { birthRules } from '../judge/judge-births.ts'
import { classRules } from '../judge/judge-classes.ts'
import { enrolmentRules } from '../judge/judge-enrolment.ts'
import { institutionRules } from '../judge/judge-institutions.ts'
import { populationRules } from '../judge/judge-population.ts'
import { pupilRules } from '../judge/judge-pupils.ts'
import type { KindRules } from '../judge/kind-rules.ts'
import type { ImportKind } from '../tables/import-table.ts'
import { figureWriter, type Write } from './write-figures.ts'
import { writeInstitutionEntries } from './write-institution-entries.ts'
import { writeClassesAndGrades, writeGrades } from './write-pupils.ts'
import { writeRoster } from './write-roster.ts'

/** 一种数据 — its rules and its writer, whatever its entries are. */
export interface Kind<E extends { countyId: number }> {
  readonly rules: KindRules<E>
  readonly write: Write<E>
}

const writePeople = figureWriter(
  'population',
  ['unitId', 'onDay', 'basis', 'ageFrom', 'vintage'],
  writePopulation,
)
const writeBirthRows = figureWriter('birth', ['unitId', 'year', 'vintage'], writeBirths)

const kinds = {
  institutions: { rules: institutionRules, write: writeInstitutionEntries },
  'enrolment-by-grade': { rules: enrolmentRules, write: writeGrades },
  'enrolment-by-class': { rules: classRules, write: writeClassesAndGrades },
  population: { rules: populationRules, write: writePeople },
  births: { rules: birthRules, write: writeBirthRows },
  pupils: { rules: pupilRules, write: writeRoster },
} as const

/** 数据种类 — rules and writer of a kind; its entries go from the one to the other and nobody else looks inside. */
export function kindOf(kind: ImportKind): Kind<{ countyId: number }> {
  return kinds[kind] as unknown as Kind<{ countyId: number }>
}
