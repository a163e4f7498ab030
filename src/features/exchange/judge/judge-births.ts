import type { CellProblem } from '../../../platform/sheets/cell-problem.ts'
import type { Birth } from '../../../records/registry/birth.ts'
import { births } from '../tables/births.ts'
import { judgePublication } from './judge-publication.ts'
import { judgeUnit } from './judge-unit.ts'
import { figureDifferences, type KindRules, type RowEntry } from './kind-rules.ts'
import { birthKey, type KnownBooks } from './known-books.ts'
import { type FieldRow, fieldProblem } from './read-rows.ts'

/** 出生人口的规则 — see `KindRules`. */
export const birthRules: KindRules<Birth> = {
  table: births,
  judgeRow,
  keyOf: birthKey,
  judgeTogether: judgeChange,
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

/** 出生骤变 — a figure far from what the book holds for the unit, in the same year or the nearest one beside it. */
function judgeChange(rows: readonly RowEntry<Birth>[], known: KnownBooks): CellProblem[] {
  const { factor, heads } = known.limits.birthsChange
  const booked = Map.groupBy(known.births.values(), ({ unitId }) => unitId)
  return rows.flatMap(({ row, entry }) => {
    const near = nearestBirths(booked.get(entry.unitId) ?? [], entry.year)
    if (!near || Math.abs(entry.births - near.births) < heads) return []
    const [less, more] = [entry.births, near.births].sort((one, other) => one - other) as [number, number]
    if (more <= factor * less) return []
    return [
      fieldProblem(
        row,
        'births',
        'births.change',
        `${entry.year} 年出生 ${entry.births} 人，台账里 ${near.year} 年是 ${near.births} 人，相差超过 ${factor} 倍—多为口径不同、串行或多写一位—请核对；确实如此的，确认时写明。`,
        'doubt',
      ),
    ]
  })
}

/** The latest publication of the year itself, or of the year before or after it. */
function nearestBirths(booked: readonly Birth[], year: number): Birth | undefined {
  return booked
    .filter((each) => Math.abs(each.year - year) <= 1)
    .sort(
      (one, other) =>
        Math.abs(one.year - year) - Math.abs(other.year - year) || other.vintage.localeCompare(one.vintage),
    )[0]
}

/** Those in the last grade of the oldest school year were born about so many years before. */
const birthYearsBack = 20
