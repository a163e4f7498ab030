import assert from 'node:assert/strict'
import { test } from 'node:test'
import { missing } from '../../kernel/missing.ts'
import { gradesOf } from '../../kernel/stage.ts'
import { runInWorker } from '../../platform/jobs/run-in-worker.ts'
import { townDrift } from './assumed-input.ts'
import type { ClassSizes } from './class-sizes.ts'
import { compute } from './compute-forecast.ts'
import {
  type ForecastGround,
  type ForecastTask,
  type ForecastUnit,
  type ForecastValue,
  forecastGrades,
  type PremisesYear,
} from './forecast-ground.ts'
import type { Assumptions } from './scenario-contract.ts'

const firstYear = 2016
const years = 9
const unit = (
  unitId: number,
  level: ForecastUnit['level'],
  parent: number,
  street = false,
): ForecastUnit => ({
  unitId,
  countyId: level === 'city' ? 1 : 2,
  name: `单位${unitId}`,
  level,
  parent,
  street,
})
const units = [
  unit(1, 'city', -1),
  unit(2, 'county', 0),
  unit(3, 'township', 1, true),
  unit(4, 'township', 1),
]
const sizes: ClassSizes = {
  preschool: [25, 30, 35],
  primary: 45,
  primaryIncomplete: 30,
  junior: 50,
  senior: 50,
  vocational: missing('班额', '国家'),
  special: missing('班额', '国家'),
}
/** Premises in use from a year up to, not including, another. */
const premises = (more: Partial<PremisesYear>, from = firstYear, to = 2031): PremisesYear[] =>
  Array.from({ length: to - from }, (_, index) => ({
    unit: 2,
    institution: '甲校',
    kind: 'primary-school',
    stage: 'primary',
    rooms: 10,
    approved: 400,
    year: from + index,
    ...more,
  }))

/** Falling cohorts in both townships; the second loses a little more each year. */
function ground(more: Partial<ForecastGround> = {}): ForecastGround {
  const width = forecastGrades.length
  const enrolment = new Float64Array(units.length * years * width).fill(Number.NaN)
  const present = new Uint8Array(units.length * years)
  for (const at of [2, 3]) {
    for (let year = 0; year < years; year++) {
      present[at * years + year] = 1
      forecastGrades.forEach((grade, index) => {
        if (!grade.startsWith('K') && !grade.startsWith('P')) return
        enrolment[(at * years + year) * width + index] = Math.round(
          (at === 2 ? 400 : 150) * (at === 2 ? 0.99 : 0.96) ** (year - index / 2) +
            ((year * 7 + index * 3) % 5),
        )
      })
    }
  }
  return {
    units,
    firstYear,
    years,
    enrolment,
    present,
    premises: premises({}),
    filedShare: Array(years).fill(1),
    notes: [],
    ...more,
  }
}

const task = (more: Partial<ForecastTask> = {}): ForecastTask => ({
  ground: ground(),
  until: 2030,
  variants: [{ id: 'mid', factor: 1 }],
  sizes: Object.fromEntries(Array.from({ length: 30 }, (_, index) => [2010 + index, sizes])),
  entryAges: [3],
  completeFrom: 0.95,
  draws: 50,
  seed: 7,
  ...more,
})
const none: Assumptions = {
  births: 'mid',
  townDrift: 0,
  capacityBasis: 'rooms',
  classSize: 'standard',
  housing: [],
  seniorShares: [],
  overrides: [],
}
const run = (more: Partial<ForecastTask> = {}) => compute(task(more), () => {})
const pick = (values: readonly ForecastValue[], measure: string, at: number, stage: string, year: number) =>
  values.find(
    (each) => each.measure === measure && each.unit === at && each.stage === stage && each.year === year,
  )

test('the same task gives the same values, to the last bit', () => {
  assert.deepEqual(run(), run())
})

test('two at once, each in a thread of its own, and one after the other give the same bytes', async () => {
  const module = new URL('./compute-forecast.ts', import.meta.url)
  const inThread = () => runInWorker<ForecastTask, ForecastValue[]>(module, task(), () => {})
  const bytes = JSON.stringify(run())
  for (const values of [...(await Promise.all([inThread(), inThread()])), await inThread()])
    assert.equal(JSON.stringify(values), bytes)
})

test('the order in which premises and their years are read changes no byte', () => {
  const many = [0.1, 0.2, 0.3, 0.7].flatMap((share, index) =>
    premises({ unit: 2 + (index % 2), institution: `第${index}校`, rooms: 7 + index, approved: 300 * share }),
  )
  const computed = (order: PremisesYear[]) => JSON.stringify(run({ ground: ground({ premises: order }) }))
  const bytes = computed(many)
  assert.notEqual(bytes, computed(many.slice(1)), 'premises count')
  assert.equal(computed(many.toReversed()), bytes)
  assert.equal(computed(many.toSorted((a, b) => a.year - b.year || b.rooms! - a.rooms!)), bytes)
})

test('demand adds up from townships to county and city, in whole pupils, inside its band', () => {
  const values = run()
  for (let year = 2025; year <= 2030; year++) {
    const [city, county, one, other] = [0, 1, 2, 3].map((at) => pick(values, 'demand', at, 'primary', year))
    assert.ok(Number.isInteger(city?.mean))
    assert.equal(city?.mean, county?.mean)
    assert.equal(county?.mean, (one?.mean as number) + (other?.mean as number))
    assert.ok(
      (city?.lo80 as number) <= (city?.mean as number) && (city?.mean as number) <= (city?.hi80 as number),
    )
  }
  assert.equal(pick(values, 'demand', 2, 'junior', 2026), undefined, 'a stage nobody runs has no value')
})

test('history is what was filed, summed to the parents', () => {
  const values = run()
  const one = pick(values, 'enrolment', 2, 'primary', 2024)?.mean as number
  const other = pick(values, 'enrolment', 3, 'primary', 2024)?.mean as number
  assert.equal(pick(values, 'enrolment', 0, 'primary', 2024)?.mean, one + other)
  assert.equal(pick(values, 'enrolment', 0, 'senior', 2024), undefined)
})

test('seats follow openings and closings already known', () => {
  const opening = premises({ institution: '新校', unit: 3, rooms: 20, approved: 900 }, 2027)
  const closing = premises({ institution: '旧校', unit: 3, rooms: 4, approved: 180 }, firstYear, 2026)
  const values = run({ ground: ground({ premises: [...premises({}), ...opening, ...closing] }) })
  const seats = (year: number) => pick(values, 'supply-rooms', 0, 'primary', year)?.mean
  assert.deepEqual([2025, 2026, 2027].map(seats), [450 + 180, 450, 450 + 900])
  assert.equal(pick(values, 'supply-approved', 3, 'primary', 2028)?.mean, 900)
})

test('a school that filed nothing makes the seats of the unit and of all above Missing', () => {
  const values = run({ ground: ground({ premises: premises({ rooms: null, approved: null }) }) })
  for (const at of [0, 1, 2]) {
    const seats = pick(values, 'supply-rooms', at, 'primary', 2026)
    assert.equal(seats?.mean, null)
    assert.equal(seats?.missing?.where, '甲校')
  }
})

/** Children arrive as they were born: the cohorts of September to August fill the first grade three years later. */
function groundByBirths(): ForecastGround {
  const first = 2000
  const born = (at: number, year: number) => (at === 2 ? 450 : 160) * (1 + 0.2 * Math.sin(year * 1.7))
  const cells = Float64Array.from({ length: units.length * 24 }, (_, index) => {
    const at = Math.floor(index / 24)
    return at < 2 ? Number.NaN : born(at, first + (index % 24))
  })
  const blank = ground()
  const enrolment = blank.enrolment.map((pupils, index) => {
    if (Number.isNaN(pupils)) return Number.NaN
    const row = Math.floor(index / forecastGrades.length)
    const entered = firstYear + (row % years) - (index % forecastGrades.length)
    const at = Math.floor(row / years)
    return Math.round((born(at, entered - 4) / 3 + (2 * born(at, entered - 3)) / 3) * 0.9)
  })
  return { ...blank, enrolment, births: { firstYear: first, years: 24, cells } }
}

test('births: low ≤ mid ≤ high in every unit and year', () => {
  const variants = [
    { id: 'low', factor: 0.97 },
    { id: 'mid', factor: 1 },
    { id: 'high', factor: 1.03 },
  ]
  const values = run({ ground: groundByBirths(), variants })
  for (const at of [0, 2, 3]) {
    const of = (scenario: string) =>
      values.find(
        (each) =>
          each.scenario === scenario && each.unit === at && each.stage === 'preschool' && each.year === 2030,
      )?.mean as number
    const words = `${at}: ${of('low')} ${of('mid')} ${of('high')}`
    assert.ok(of('low') <= of('mid') && of('mid') <= of('high'), words)
    assert.ok(of('low') < of('high'), words)
  }
})

test('housing and overrides change the unit and year they name, and what follows from them', () => {
  const base = run()
  const housing = [
    {
      unitId: 4,
      year: 2027,
      stage: 'primary' as const,
      dwellings: 1000,
      pupilsPer100: 30,
      reason: '新区交付',
    },
  ]
  const assumed = run({ assumed: { id: 's1', author: '张三', assumptions: { ...none, housing } } })
  const change = (year: number) =>
    (pick(assumed, 'demand', 3, 'primary', year)?.mean as number) -
    (pick(base, 'demand', 3, 'primary', year)?.mean as number)
  assert.equal(change(2026), 0)
  assert.ok(Math.abs(change(2027) - 300) <= 3, String(change(2027)))
  assert.ok(change(2028) > 0)
  const overrides = [{ unitId: 4, year: 2026, grade: 'P1' as const, pupils: 999, reason: '已登记' }]
  const forced = run({ assumed: { id: 's1', author: '张三', assumptions: { ...none, overrides } } })
  assert.ok((pick(forced, 'demand', 3, 'primary', 2026)?.mean as number) > 999)
})

test('moving to town takes from the townships and gives to the streets, keeping the county', () => {
  const drift = townDrift(ground(), 0.02, 2024)
  assert.ok((drift[2] as number) > 0 && (drift[3] as number) < 0)
  assert.equal(drift[0], 0)
  const pupils = (at: number) => {
    const row = (at * years + years - 1) * forecastGrades.length
    return ground()
      .enrolment.subarray(row, row + forecastGrades.length)
      .reduce((sum, each) => sum + (each || 0), 0)
  }
  const before = pupils(2) + pupils(3)
  const after = pupils(2) * Math.exp(drift[2] as number) + pupils(3) * Math.exp(drift[3] as number)
  assert.ok(Math.abs(before - after) < 1e-6)
})

test('nothing on file, nothing forecast', () => {
  const blank = ground()
  assert.deepEqual(run({ ground: { ...blank, filedShare: Array(years).fill(0) } }), [])
})

test('every unit has the record of each method beside ours', () => {
  const methods = new Set(
    run()
      .filter(({ unit: at }) => at === 3)
      .map(({ measure }) => measure),
  )
  for (const method of ['ours', 'naive', 'linear', 'progression', 'smoothing', 'gm11']) {
    assert.ok(methods.has(`wape-${method}`), method)
  }
  assert.ok(gradesOf.primary.length === 6)
})

test('how often the band held stands at the city and each county, as a share, and not at townships', () => {
  const held = run().filter(({ measure }) => measure === 'coverage')
  assert.deepEqual([...new Set(held.map(({ unit: at }) => at))], [0, 1])
  assert.ok(held.some(({ year }) => year === 1))
  for (const { mean } of held) assert.ok((mean as number) >= 0 && (mean as number) <= 1)
})
