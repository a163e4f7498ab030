import type { Enrolment } from '../../../records/registry/enrolment.ts'
import type { SchoolClass } from '../../../records/registry/school-class.ts'
import { writeEnrolment } from '../../../records/registry/write-enrolment.ts'
import { writeSchoolClasses } from '../../../records/registry/write-school-classes.ts'
import { gradesOfClasses } from '../judge/judge-classes.ts'
import { enrolmentRules } from '../judge/judge-enrolment.ts'
import type { JudgedEntry } from '../judge/judge-import.ts'
import { figureWriter, type Write } from './write-figures.ts'

/** 分年级写入 — pupils by grade. */
export const writeGrades = figureWriter<Enrolment>(
  'enrolment',
  ['institutionId', 'schoolYear', 'grade'],
  writeEnrolment,
)
const writeClasses = figureWriter<SchoolClass>(
  'school_class',
  ['institutionId', 'schoolYear', 'grade', 'classNo'],
  writeSchoolClasses,
)

/** 分班写入 — the classes, and the grade's figure that follows from them. A file holds a grade whole or not at all. */
export const writeClassesAndGrades: Write<SchoolClass> = async (tx, act, entries, known, lent) => {
  await writeClasses(tx, act, entries, known, lent)
  const grades = gradesOfClasses(entries.map(({ entry }) => entry)).map((entry): JudgedEntry<Enrolment> => {
    const before = enrolmentRules.before(entry, known)
    const differs = before !== undefined && enrolmentRules.differences(before, entry).length > 0
    return { row: 0, entry, action: before ? (differs ? 'correct' : 'same') : 'new' }
  })
  await writeGrades(tx, act, grades, known, lent)
}
