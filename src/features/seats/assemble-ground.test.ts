import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Grade, gradesOf, type Stage } from '../../kernel/stage.ts'
import { assembleGround, type OpenYear, type Readings } from './assemble-ground.ts'
import { type ForecastGround, forecastGrades, lastObservedYear } from './forecast-ground.ts'
import { historyValues } from './history-values.ts'

const units: Readings['units'] = [
  { unitId: 1, countyId: 2, name: '甲县', level: 'county', parent: -1, street: false },
  { unitId: 21, countyId: 2, name: '东镇', level: 'township', parent: 0, street: false },
  { unitId: 22, countyId: 2, name: '西镇', level: 'township', parent: 0, street: false },
]
const school = (
  institutionId: number,
  unit: number,
  years: readonly number[],
  stages: readonly Stage[] = ['primary'],
) =>
  years.map(
    (year): OpenYear => ({
      institutionId,
      name: `第${institutionId}小学`,
      kind: 'primary-school',
      stages,
      year,
      unit,
    }),
  )
const roll = (unit: number, year: number, each: number, grades: readonly Grade[] = gradesOf.primary) =>
  grades.map((grade) => ({ unit, year, grade, pupils: each }))
const filings = (...keys: readonly string[]) => new Set(keys)

/** Two schools in 东镇, one in 西镇; all filed in 2022 and 2023. */
const readings = (more: Partial<Readings> = {}): Readings => ({
  units,
  pupils: [2022, 2023].flatMap((year) => [...roll(1, year, 50), ...roll(2, year, 20)]),
  births: [],
  open: [
    ...school(1, 1, [2022, 2023, 2024]),
    ...school(2, 1, [2022, 2023, 2024]),
    ...school(3, 2, [2022, 2023, 2024]),
  ],
  filed: filings(...[1, 2, 3].flatMap((id) => [2022, 2023].map((year) => `${id}/${year}/primary`))),
  premises: [1, 2].flatMap((unit) =>
    [2022, 2023, 2024].map((year) => ({
      unit,
      year,
      institution: `镇${unit}校`,
      kind: 'primary-school',
      stage: 'primary' as const,
      rooms: 8,
      approved: 300,
    })),
  ),
  now: 2023,
  ...more,
})
const cell = (ground: ForecastGround, unit: number, year: number, grade: Grade) =>
  ground.enrolment[
    (unit * ground.years + year - ground.firstYear) * forecastGrades.length + forecastGrades.indexOf(grade)
  ]

test('what was filed stands in its cell; a grade nobody ever had stays unknown, not 0', () => {
  const ground = assembleGround(readings())
  assert.deepEqual([ground.firstYear, ground.years], [2022, 2])
  assert.equal(cell(ground, 1, 2023, 'P1'), 50)
  assert.ok(Number.isNaN(cell(ground, 1, 2023, 'J1')))
  assert.deepEqual(ground.filedShare, [1, 1])
  assert.deepEqual(ground.notes, [])
})

test('a township of which one school has not filed is unknown that year, and the school is named', () => {
  const filed = readings().filed
  const ground = assembleGround(
    readings({ filed: new Set([...filed].filter((key) => key !== '2/2023/primary')) }),
  )
  assert.ok(Number.isNaN(cell(ground, 1, 2023, 'P1')))
  assert.equal(cell(ground, 1, 2022, 'P1'), 50)
  assert.equal(cell(ground, 2, 2023, 'P1'), 20)
  assert.equal(ground.present[1 * ground.years + 1], 1, 'unknown, not closed')
  assert.deepEqual(
    ground.notes.map(({ unit, missing }) => [unit, missing.where, missing.of]),
    [[1, '第2小学', '2023—2024 学年在校生']],
  )
})

test('the sums of a township that is unknown are Missing, never smaller', () => {
  const filed = readings().filed
  const ground = assembleGround(
    readings({ filed: new Set([...filed].filter((key) => key !== '2/2023/primary')) }),
  )
  const history = historyValues(ground, 2023)
  const of = (unit: number, year: number) => history.find((each) => each.unit === unit && each.year === year)
  assert.equal(of(0, 2022)?.mean, 70 * 6)
  assert.equal(of(2, 2023)?.mean, 120)
  assert.equal(of(0, 2023)?.mean, null)
  assert.equal(of(0, 2023)?.missing?.where, '东镇')
  assert.equal(
    historyValues(ground, 2022).some(({ year }) => year === 2023),
    false,
  )
})

test('where all have filed, a grade that is no longer there is 0', () => {
  const closing = readings({
    pupils: [
      ...roll(1, 2022, 50),
      ...roll(2, 2022, 20),
      ...roll(1, 2023, 70),
      ...roll(2, 2023, 20, ['P1', 'P2']),
    ],
  })
  const ground = assembleGround(closing)
  assert.equal(cell(ground, 2, 2023, 'P3'), 0)
  assert.equal(cell(ground, 2, 2023, 'P1'), 20)
})

test('a year that few have filed is not the present: forecasts start after the last complete one', () => {
  const started = readings({
    now: 2024,
    pupils: [...readings().pupils, ...roll(2, 2024, 19)],
    filed: new Set([...readings().filed, '3/2024/primary']),
  })
  const ground = assembleGround(started)
  assert.ok(Math.abs((ground.filedShare[2] as number) - 1 / 3) < 1e-12)
  assert.equal(lastObservedYear(ground, 0.95), 2023)
  assert.equal(lastObservedYear(ground, 0.3), 2024)
  assert.equal(
    lastObservedYear({ ...ground, filedShare: [0.6, 0.8, 0.5] }, 0.95),
    2023,
    'the fullest there is',
  )
  assert.equal(lastObservedYear({ ...ground, filedShare: [0, 0, 0] }, 0.95), undefined)
})

test('a year nobody has filed is owed as a whole, not school by school', () => {
  const ground = assembleGround(readings({ now: 2024 }))
  assert.deepEqual(ground.filedShare, [1, 1, 0])
  assert.deepEqual(
    ground.notes.map(({ missing }) => [missing.of, missing.where, missing.owedBy]),
    [['2024—2025 学年在校生', '全部学校（园）', '县（市、区）教体局']],
  )
})

test('rooms and approved seats nobody filed this year are named with who owes them', () => {
  const [first, ...others] = readings().premises.filter(({ year }) => year === 2023)
  const ground = assembleGround(
    readings({ premises: [{ ...first!, rooms: null, approved: null }, ...others] }),
  )
  assert.deepEqual(
    ground.notes.map(({ missing }) => [missing.where, missing.of, missing.owedBy]),
    [
      ['镇1校', '小学教室数', '学校（园）'],
      ['镇1校', '小学核定规模', '县（市、区）教体局'],
    ],
  )
})

test('a county without any births, beside one that has them, is told to owe all of them', () => {
  const more = [
    { unitId: 3, countyId: 3, name: '乙县', level: 'county', parent: -1, street: false },
    { unitId: 31, countyId: 3, name: '南镇', level: 'township', parent: 3, street: false },
  ] as const
  const births = [0, 1, 2].map((unit) => ({ unit, year: 2022, births: unit === 0 ? 90 : 45 }))
  const ground = assembleGround(readings({ units: [...units, ...more], births }))
  assert.deepEqual(
    ground.notes.map(({ unit, missing }) => [unit, missing.of, missing.where, missing.owedBy]),
    [[3, '历年出生人口', '乙县', '县卫生健康委']],
  )
})

test('births known for a county but not all its townships are owed by the health authority', () => {
  const births = [
    { unit: 0, year: 2022, births: 90 },
    { unit: 1, year: 2022, births: 60 },
    { unit: 2, year: 2022, births: 30 },
    { unit: 0, year: 2023, births: 80 },
  ]
  const ground = assembleGround(readings({ births }))
  assert.equal(ground.births?.firstYear, 2022)
  assert.deepEqual([...(ground.births?.cells.subarray(0, 2) ?? [])], [90, 80])
  assert.ok(Number.isNaN(ground.births?.cells[3]))
  assert.deepEqual(
    ground.notes.map(({ missing }) => [missing.of, missing.owedBy]),
    [['2023 年分乡镇出生人数', '县卫生健康委']],
  )
})
