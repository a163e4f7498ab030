import { censusDay, schoolYearLabel } from '../../../kernel/school-year.ts'
import type { Grade } from '../../../kernel/stage.ts'
import type { CellProblem } from '../../../platform/sheets/cell-problem.ts'
import type { Enrolment } from '../../../records/registry/enrolment.ts'
import { gradeName } from '../tables/code-lists.ts'
import { enrolmentByGrade } from '../tables/enrolment-by-grade.ts'
import { judgeStaleParts, judgeSum } from './judge-figures.ts'
import { judgeInstitution, judgeStage } from './judge-institution-code.ts'
import { judgeSchoolYear } from './judge-school-year.ts'
import { judgeStockFlow } from './judge-stock-flow.ts'
import { figureDifferences, type KindRules } from './kind-rules.ts'
import { enrolmentKey, type KnownBooks } from './known-books.ts'
import { type FieldRow, fieldProblem } from './read-rows.ts'

const fields = {
  classes: '班数',
  boys: '男生',
  girls: '女生',
  pupils: '在校生数',
  largestClass: '最大班额',
} as const

/** 分年级在校生的规则 — see `KindRules`. */
export const enrolmentRules: KindRules<Enrolment> = {
  table: enrolmentByGrade,
  judgeRow,
  keyOf: enrolmentKey,
  judgeTogether: (rows, known) => [
    ...judgeStockFlow(rows, known),
    ...judgeStaleParts(
      rows,
      (entry) => known.enrolment.get(enrolmentKey(entry)),
      ['boys', 'girls'],
      'pupils',
    ),
  ],
  before: (entry, known) => known.enrolment.get(enrolmentKey(entry)),
  differences: (before, entry) => figureDifferences(before, entry, fields),
  nameOf: (entry, known) => gradeOfInstitution(entry, known),
}

/** "叶县一小 2024—2025 学年 三年级" */
export function gradeOfInstitution(
  entry: { institutionId: number; schoolYear: number; grade: Grade },
  known: KnownBooks,
): string {
  const name = known.institutions.get(entry.institutionId)?.at(-1)?.name ?? ''
  return `${name} ${schoolYearLabel(entry.schoolYear)} ${gradeName(entry.grade)}`
}

function judgeRow(row: FieldRow, known: KnownBooks): { entry?: Enrolment; problems: CellProblem[] } {
  const { schoolYear, grade, pupils } = row.values
  const wrongYear = judgeSchoolYear(row, known)
  const problems = [
    ...wrongYear,
    ...judgeSum(row, ['boys', 'girls'], 'pupils', { parts: '男生与女生', whole: '在校生数' }),
    ...judgeClasses(row, known),
  ]
  if (typeof schoolYear !== 'number' || wrongYear.length > 0) return { problems }
  const found = judgeInstitution(row, known, censusDay(schoolYear))
  problems.push(...found.problems)
  if (!found.institution || typeof grade !== 'string') return { problems }
  problems.push(...judgeStage(row, found.institution, grade))
  if (typeof pupils !== 'number') return { problems }
  const { countyId, institutionId } = found.institution
  return {
    entry: { countyId, institutionId, schoolYear, grade: grade as Grade, pupils, ...figures(row) },
    problems,
  }
}

function figures(row: FieldRow): Pick<Enrolment, 'classes' | 'boys' | 'girls' | 'largestClass'> {
  const figure = (key: string) => (row.values[key] as number | undefined) ?? null
  return {
    classes: figure('classes'),
    boys: figure('boys'),
    girls: figure('girls'),
    largestClass: figure('largestClass'),
  }
}

function judgeClasses(row: FieldRow, known: KnownBooks): CellProblem[] {
  const { classes, pupils, largestClass } = row.values
  if (typeof pupils !== 'number') return []
  const problems: CellProblem[] = []
  if (classes === 0 && pupils > 0)
    problems.push(
      fieldProblem(
        row,
        'classes',
        'enrolment.no-classes',
        `班数是 0，在校生却有 ${pupils} 人—有学生就至少有一个班—请补上班数；不知道就留空。`,
      ),
    )
  if (typeof classes === 'number' && classes > 0)
    problems.push(...judgeClassSize(row, pupils, classes, known))
  if (typeof largestClass === 'number')
    problems.push(...judgeLargestClass(row, pupils, classes, largestClass, known))
  return problems
}

function judgeClassSize(row: FieldRow, pupils: number, classes: number, known: KnownBooks): CellProblem[] {
  const mean = pupils / classes
  if (pupils === 0)
    return [
      fieldProblem(
        row,
        'pupils',
        'enrolment.empty-classes',
        `有 ${classes} 个班却没有学生—空班一般不编—请核对班数和在校生数。`,
        'warning',
      ),
    ]
  if (mean <= known.limits.implausibleClassSize) return []
  return [
    fieldProblem(
      row,
      'classes',
      'enrolment.class-size',
      `平均每班 ${Math.round(mean)} 人，超过 ${known.limits.implausibleClassSize} 人—这么大的班很少见，可能班数漏填或人数多写—请核对班数和在校生数。`,
      'warning',
    ),
  ]
}

function judgeLargestClass(
  row: FieldRow,
  pupils: number,
  classes: unknown,
  largest: number,
  known: KnownBooks,
): CellProblem[] {
  const wrong = (code: string, text: string, severity: CellProblem['severity'] = 'error') => [
    fieldProblem(row, 'largestClass', code, text, severity),
  ]
  if (largest > pupils)
    return wrong(
      'enrolment.largest-above-pupils',
      `最大班额 ${largest} 比全年级 ${pupils} 人还多—一个班不会多于全年级—请核对两个数。`,
    )
  if (typeof classes === 'number' && classes > 0 && largest * classes < pupils)
    return wrong(
      'enrolment.largest-below-mean',
      `最大班额 ${largest} × ${classes} 个班装不下 ${pupils} 人—最大的班不会小于平均数—请核对班数和最大班额。`,
    )
  if (largest > known.limits.implausibleClassSize)
    return wrong(
      'enrolment.class-size',
      `最大班额 ${largest} 人，超过 ${known.limits.implausibleClassSize} 人—这么大的班很少见—请核对。`,
      'warning',
    )
  return []
}
