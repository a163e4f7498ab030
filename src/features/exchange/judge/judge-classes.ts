import { censusDay } from '../../../kernel/school-year.ts'
import type { Grade } from '../../../kernel/stage.ts'
import type { CellProblem } from '../../../platform/sheets/cell-problem.ts'
import type { Enrolment } from '../../../records/registry/enrolment.ts'
import type { SchoolClass } from '../../../records/registry/school-class.ts'
import { enrolmentByClass } from '../tables/enrolment-by-class.ts'
import { enrolmentRules, gradeOfInstitution } from './judge-enrolment.ts'
import { judgeStaleParts, judgeSum } from './judge-figures.ts'
import { judgeInstitution, judgeStage } from './judge-institution-code.ts'
import { judgeSchoolYear } from './judge-school-year.ts'
import { judgeStockFlow } from './judge-stock-flow.ts'
import { figureDifferences, type KindRules, type RowEntry } from './kind-rules.ts'
import { classKey, enrolmentKey, type KnownBooks } from './known-books.ts'
import { type FieldRow, fieldProblem } from './read-rows.ts'

/** 分班在校生的规则 — see `KindRules`. */
export const classRules: KindRules<SchoolClass> = {
  table: enrolmentByClass,
  judgeRow,
  keyOf: classKey,
  groupOf: ({ values }) => `${values.code}|${values.schoolYear}|${values.grade}`,
  judgeTogether,
  before: (entry, known) => known.classes.get(classKey(entry)),
  differences: (before, entry) =>
    figureDifferences(before, entry, { boys: '男生', girls: '女生', pupils: '学生数' }),
  consequences,
  nameOf: (entry, known) => `${gradeOfInstitution(entry, known)} ${entry.classNo} 班`,
}

function judgeRow(row: FieldRow, known: KnownBooks): { entry?: SchoolClass; problems: CellProblem[] } {
  const { schoolYear, grade, classNo, boys, girls, pupils } = row.values
  const wrongYear = judgeSchoolYear(row, known)
  const problems = [
    ...wrongYear,
    ...judgeSum(row, ['boys', 'girls'], 'pupils', { parts: '男生与女生', whole: '学生数' }),
    ...judgeClassNo(row),
    ...judgeSize(row, known),
  ]
  if (typeof schoolYear !== 'number' || wrongYear.length > 0) return { problems }
  const found = judgeInstitution(row, known, censusDay(schoolYear))
  problems.push(...found.problems)
  if (!found.institution || typeof grade !== 'string') return { problems }
  problems.push(...judgeStage(row, found.institution, grade))
  if (typeof pupils !== 'number' || typeof classNo !== 'number') return { problems }
  const { countyId, institutionId } = found.institution
  const sexes = { boys: (boys as number) ?? null, girls: (girls as number) ?? null }
  return {
    entry: { countyId, institutionId, schoolYear, grade: grade as Grade, classNo, pupils, ...sexes },
    problems,
  }
}

function judgeClassNo(row: FieldRow): CellProblem[] {
  const { classNo } = row.values
  if (typeof classNo !== 'number' || (classNo >= 1 && classNo <= 99)) return []
  return [
    fieldProblem(
      row,
      'classNo',
      'class.number',
      `班号是 ${classNo}—班号从 1 起，一个年级不会有这么多班—请填本年级内的班序号，不要填届别或学号。`,
    ),
  ]
}

function judgeSize(row: FieldRow, known: KnownBooks): CellProblem[] {
  const { pupils } = row.values
  const limit = known.limits.implausibleClassSize
  if (typeof pupils !== 'number' || pupils <= limit) return []
  return [
    fieldProblem(
      row,
      'pupils',
      'enrolment.class-size',
      `一个班 ${pupils} 人，超过 ${limit} 人—这么大的班很少见，可能几个班合填了—请核对。`,
      'warning',
    ),
  ]
}

function judgeTogether(rows: readonly RowEntry<SchoolClass>[], known: KnownBooks): CellProblem[] {
  const byGrade = Map.groupBy(rows, ({ entry }) => enrolmentKey(entry))
  const together = [...byGrade.values()].map((classes) => ({
    row: classes[0]!.row,
    entry: gradeOfClasses(classes.map(({ entry }) => entry)),
  }))
  return [
    ...judgeStockFlow(together, known),
    ...missingClasses(byGrade, known),
    ...judgeStaleParts(
      together,
      (entry) => known.enrolment.get(enrolmentKey(entry)),
      ['boys', 'girls'],
      'pupils',
    ),
    ...judgeStaleParts(rows, (entry) => known.classes.get(classKey(entry)), ['boys', 'girls'], 'pupils'),
  ]
}

/** 合成年级 — a grade's figure from its classes; the sexes only when every class gives them. */
function gradeOfClasses(classes: readonly SchoolClass[]): Enrolment {
  const { countyId, institutionId, schoolYear, grade } = classes[0] as SchoolClass
  const total = (field: 'boys' | 'girls') =>
    classes.some((each) => typeof each[field] !== 'number')
      ? null
      : classes.reduce((sum, each) => sum + (each[field] as number), 0)
  return {
    countyId,
    institutionId,
    schoolYear,
    grade,
    classes: classes.filter((each) => each.pupils > 0).length,
    boys: total('boys'),
    girls: total('girls'),
    pupils: classes.reduce((sum, each) => sum + each.pupils, 0),
    largestClass: Math.max(...classes.map((each) => each.pupils)),
  }
}

/** 各年级 — the figures of all grades that these classes make up. */
export function gradesOfClasses(classes: readonly SchoolClass[]): Enrolment[] {
  return [...Map.groupBy(classes, enrolmentKey).values()].map(gradeOfClasses)
}

/** The grade's figure on file is corrected along with its classes, and the clerk must see it. */
function consequences(classes: readonly SchoolClass[], known: KnownBooks) {
  return gradesOfClasses(classes).flatMap((grade) => {
    const before = enrolmentRules.before(grade, known)
    if (!before) return []
    const name = `${enrolmentRules.nameOf(grade, known)}（由各班合成）`
    return enrolmentRules.differences(before, grade).map((difference) => ({ name, ...difference }))
  })
}

/** A class the book knows and the file leaves out would stay beside the new ones: the grade must come whole. */
function missingClasses(
  byGrade: ReadonlyMap<string, readonly RowEntry<SchoolClass>[]>,
  known: KnownBooks,
): CellProblem[] {
  const booked = Map.groupBy(known.classes.values(), enrolmentKey)
  return [...byGrade].flatMap(([key, classes]) => {
    const given = new Set(classes.map(({ entry }) => entry.classNo))
    const missing = (booked.get(key) ?? []).filter((each) => !given.has(each.classNo))
    if (missing.length === 0) return []
    const numbers = missing.map((each) => each.classNo).join('、')
    return [
      fieldProblem(
        classes[0]!.row,
        'classNo',
        'class.left-out',
        `所在年级在台账里还有 ${numbers} 班，文件里没有—年级人数由各班合成，缺班就会少算—请把全年级的班都填上，没有学生的班填 0。`,
      ),
    ]
  })
}
