import type { CellProblem } from '../../../platform/sheets/cell-problem.ts'
import type { Population } from '../../../records/registry/population.ts'
import { population } from '../tables/population.ts'
import { judgeStaleParts, judgeSum } from './judge-figures.ts'
import { judgePublication } from './judge-publication.ts'
import { judgeUnit } from './judge-unit.ts'
import { figureDifferences, type KindRules, type RowEntry } from './kind-rules.ts'
import { type KnownBooks, populationKey, populationSetKey } from './known-books.ts'
import { type FieldRow, fieldProblem } from './read-rows.ts'

/** 分年龄人口的规则 — see `KindRules`. */
export const populationRules: KindRules<Population> = {
  table: population,
  judgeRow,
  keyOf: populationKey,
  judgeTogether: (rows, known) => [
    ...judgeBands(rows, known),
    ...judgeStaleParts(
      rows,
      (entry) => known.population.get(populationKey(entry)),
      ['male', 'female'],
      'people',
    ),
  ],
  before: (entry, known) => known.population.get(populationKey(entry)),
  differences: (before, entry) =>
    figureDifferences(before, entry, {
      ageTo: '年龄止',
      male: '男',
      female: '女',
      people: '人数',
      source: '数据来源',
    }),
  nameOf: (entry, known) =>
    `${known.unitNames.get(entry.unitId) ?? ''} ${entry.onDay} ${entry.basis === 'resident' ? '常住' : '户籍'} ${entry.ageFrom}—${entry.ageTo} 岁`,
}

function judgeRow(row: FieldRow, known: KnownBooks): { entry?: Population; problems: CellProblem[] } {
  const { onDay, basis, ageFrom, ageTo, male, female, people, vintage, source } = row.values
  const found = judgeUnit(row, known)
  const problems = [
    ...found.problems,
    ...judgeSum(row, ['male', 'female'], 'people', { parts: '男与女', whole: '人数' }),
    ...judgeBand(row),
    ...judgeDay(row, known),
    ...judgePublication(row, known, typeof onDay === 'string' ? onDay : undefined),
  ]
  const strings = [onDay, basis, vintage, source].every((value) => typeof value === 'string')
  const numbers = [ageFrom, ageTo, people].every((value) => typeof value === 'number')
  if (!found.unit || !strings || !numbers) return { problems }
  const { countyId, unitId } = found.unit
  const entry = { countyId, unitId, onDay, basis, ageFrom, ageTo, people, vintage, source } as Population
  return { entry: { ...entry, male: (male as number) ?? null, female: (female as number) ?? null }, problems }
}

/** Nobody on record lived longer: an age above it is a year of birth, or a slip. */
const oldestAge = 120

function judgeBand(row: FieldRow): CellProblem[] {
  const { ageFrom, ageTo } = row.values
  if (typeof ageFrom !== 'number' || typeof ageTo !== 'number') return []
  if (ageTo < ageFrom)
    return [
      fieldProblem(
        row,
        'ageTo',
        'population.band-reversed',
        `年龄止 ${ageTo} 小于年龄起 ${ageFrom}—年龄段的上端不会低于下端—请核对，可能两列填反了。`,
      ),
    ]
  if (ageTo > oldestAge)
    return [
      fieldProblem(
        row,
        'ageTo',
        'population.age',
        `年龄止是 ${ageTo} 岁—没有人活到这个年龄，可能填成了出生年份—请填周岁；“85 岁以上”的上端填 ${oldestAge}。`,
      ),
    ]
  return []
}

function judgeDay(row: FieldRow, known: KnownBooks): CellProblem[] {
  const { onDay } = row.values
  if (typeof onDay !== 'string' || onDay <= known.today) return []
  return [
    fieldProblem(
      row,
      'onDay',
      'day.future',
      `统计日期 ${onDay} 还没有到—台账只记已经清点的人口—请核对日期。`,
    ),
  ]
}

/** 年龄段不重叠 — within one unit, day, basis and publication, together with what the book holds already. */
function judgeBands(rows: readonly RowEntry<Population>[], known: KnownBooks): CellProblem[] {
  const inFile = new Map(rows.map(({ entry }) => [populationKey(entry), entry]))
  const booked = Map.groupBy(
    [...known.population.values()].filter((entry) => !inFile.has(populationKey(entry))),
    populationSetKey,
  )
  const sets = Map.groupBy(rows, ({ entry }) => populationSetKey(entry))
  return [...sets].flatMap(([key, set]) => overlaps(set, booked.get(key) ?? []))
}

function overlaps(set: readonly RowEntry<Population>[], booked: readonly Population[]): CellProblem[] {
  const bands = [
    ...booked.map((entry) => ({ entry, row: undefined })),
    ...set.map(({ entry, row }) => ({ entry, row })),
  ].sort((one, other) => one.entry.ageFrom - other.entry.ageFrom || one.entry.ageTo - other.entry.ageTo)
  return bands.flatMap((band, index) => {
    const before = bands[index - 1]
    if (!before || before.entry.ageTo < band.entry.ageFrom) return []
    const at = band.row ?? before.row
    if (!at) return []
    const other = band.row ? before : band
    const where = other.row ? `第 ${other.row.row} 行` : '台账里'
    return [
      fieldProblem(
        at,
        'ageFrom',
        'population.bands-overlap',
        `年龄段与${where}的 ${other.entry.ageFrom}—${other.entry.ageTo} 岁重叠—同一个人会数两遍—请改成互不重叠的年龄段，两端都算在内。`,
      ),
    ]
  })
}
