import { censusDay, schoolYearLabel, schoolYearOf } from '../../../kernel/school-year.ts'
import type { CellProblem } from '../../../platform/sheets/cell-problem.ts'
import type { KnownBooks } from './known-books.ts'
import { type FieldRow, fieldProblem } from './read-rows.ts'

/** 学年可信 — a school year whose statistical day has come, and not from before the books begin. */
export function judgeSchoolYear(row: FieldRow, known: KnownBooks): CellProblem[] {
  const year = row.values.schoolYear
  if (typeof year !== 'number') return []
  if (censusDay(year) > known.today)
    return [
      fieldProblem(
        row,
        'schoolYear',
        'school-year.future',
        `${schoolYearLabel(year)}的统计日 ${censusDay(year)} 还没有到—台账只记已经发生的数，预测不能导入—最近可填的是 ${schoolYearOf(known.today)}。`,
      ),
    ]
  if (year < known.limits.oldestSchoolYear)
    return [
      fieldProblem(
        row,
        'schoolYear',
        'school-year.too-old',
        `${schoolYearLabel(year)}太早—台账从 ${known.limits.oldestSchoolYear} 学年记起—请核对是否写错；更早的数不用导入。`,
      ),
    ]
  return []
}
