import type { CellProblem } from '../../../platform/sheets/cell-problem.ts'
import type { Birth } from '../../../records/registry/birth.ts'
import { births } from '../tables/births.ts'
import { judgePublication } from './judge-publication.ts'
import { judgeUnit } from './judge-unit.ts'
import { figureDifferences, type KindRules } from './kind-rules.ts'
import { birthKey, type KnownBooks } from './known-books.ts'
import { type FieldRow, fieldProblem } from './read-rows.ts'

/** 出生人口的规则 — see `KindRules`. */
export const birthRules: KindRules<Birth> = {
  table: births,
  judgeRow,
  keyOf: birthKey,
  judgeTogether: () => [],
  before: (entry, known) => known.births.get(birthKey(entry)),
  differences: (before, entry) =>
    figureDifferences(before, entry, { births: '出生人数', source: '数据来源' }),
  nameOf: (entry, known) =>
    `${known.unitNames.get(entry.unitId) ?? ''} ${entry.year} 年出生（${entry.vintage} 发布）`,
}

function judgeRow(row: FieldRow, known: KnownBooks): { entry?: Birth; problems: CellProblem[] } {
  const { year, births: born, vintage, source } = row.values
  const found = judgeUnit(row, known)
  const problems = [...found.problems, ...judgeYear(row, known)]
  if (typeof year === 'number') problems.push(...judgePublication(row, known, `${year}-01-01`))
  if (!found.unit || typeof year !== 'number' || typeof born !== 'number') return { problems }
  if (typeof vintage !== 'string' || typeof source !== 'string') return { problems }
  const { countyId, unitId } = found.unit
  return { entry: { countyId, unitId, year, births: born, vintage, source }, problems }
}

function judgeYear(row: FieldRow, known: KnownBooks): CellProblem[] {
  const { year } = row.values
  if (typeof year !== 'number') return []
  const thisYear = Number(known.today.slice(0, 4))
  if (year > thisYear)
    return [
      fieldProblem(
        row,
        'year',
        'year.future',
        `${year} 年还没有到—台账只记已经出生的孩子，预测不能导入—请核对年份。`,
      ),
    ]
  if (year < known.limits.oldestSchoolYear - birthYearsBack)
    return [
      fieldProblem(
        row,
        'year',
        'year.too-old',
        `${year} 年太早—台账所记的学生都出生得更晚—请核对是否写错；更早的数不用导入。`,
      ),
    ]
  return []
}

/** Those in the last grade of the oldest school year were born about so many years before. */
const birthYearsBack = 20
