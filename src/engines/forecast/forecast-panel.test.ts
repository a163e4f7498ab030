import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { smallPanel } from './cases/small-panel.ts'
import { panelShapes, syntheticPanel } from './cases/synthetic-panel.ts'
import type { EnrolmentPanel } from './enrolment-panel.ts'
import { forecastPanel, type PanelForecast, totalGrade } from './forecast-panel.ts'

const gap = Number.NaN

function meanOf(forecast: PanelForecast, unit: string, grade: string, horizon: number): number | undefined {
  return forecast.rows.find((row) => row.unit === unit && row.grade === grade && row.horizon === horizon)
    ?.mean
}

function assertWhole(panel: EnrolmentPanel, forecast: PanelForecast): void {
  const by = new Map(forecast.rows.map((row) => [`${row.unit}|${row.grade}|${row.horizon}`, row]))
  for (const row of forecast.rows) {
    assert.ok(Number.isInteger(row.mean) && Number.isInteger(row.lo80) && Number.isInteger(row.hi80))
    assert.ok(row.lo80 >= 0 && row.lo80 <= row.mean && row.mean <= row.hi80, JSON.stringify(row))
    const above = panel.parent[panel.units.indexOf(row.unit)]!
    if (above >= 0) assert.ok(by.has(`${panel.units[above]}|${row.grade}|${row.horizon}`))
    if (row.grade !== totalGrade) continue
    const grades = panel.grades.map((grade) => by.get(`${row.unit}|${grade}|${row.horizon}`)?.mean ?? 0)
    assert.equal(
      grades.reduce((sum, mean) => sum + mean, 0),
      row.mean,
    )
  }
  panel.units.forEach((name, unit) => {
    const children = panel.units.filter((_, child) => panel.parent[child] === unit)
    if (children.length === 0) return
    for (const row of forecast.rows.filter((found) => found.unit === name)) {
      const sum = children.reduce(
        (held, child) => held + (by.get(`${child}|${row.grade}|${row.horizon}`)?.mean ?? 0),
        0,
      )
      assert.equal(sum, row.mean, `${name} ${row.grade}`)
    }
  })
}

for (const [name, shape] of Object.entries(panelShapes)) {
  test(`${name}(合成数据):whole, ordered, adding up over grades and tree, from two years of history on`, () => {
    const panel = syntheticPanel(shape, 3)
    for (const asOf of [2010, 2011, 2012, panel.firstYear + panel.years - 1]) {
      assertWhole(panel, forecastPanel(panel, asOf, [1, 3, 7]))
    }
  })
}

test('what comes after the as-of year changes nothing', () => {
  const panel = syntheticPanel(panelShapes.小规模学校减员县!, 9)
  const told = forecastPanel(panel, 2015, [1, 2, 5])
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), (value) => {
      const cells = Float64Array.from(panel.cells, (cell, at) =>
        Math.floor(at / panel.grades.length) % panel.years > 5 ? value : cell,
      )
      assert.deepEqual(forecastPanel({ ...panel, cells }, 2015, [1, 2, 5]), told)
    }),
    { numRuns: 5 },
  )
})

test('no worse than last year’s figure on unit totals even where that is the truth, with two years of history counted', () => {
  for (const [name, shape] of Object.entries(panelShapes)) {
    let ours = 0
    let naive = 0
    for (let seed = 1; seed <= (shape.units === 1 ? 12 : 2); seed++) {
      const panel = syntheticPanel(shape, 40 + seed)
      const record = forecastPanel(panel, panel.firstYear + panel.years - 1, [1, 2, 3]).backTest
      const sum = (method: string): number =>
        record
          .filter((row) => row.scope === 'total' && row.method === method)
          .reduce((held, row) => held + row.wape, 0)
      ours += sum('ours')
      naive += sum('naive')
    }
    assert.ok(ours <= 1.05 * naive, `${name}: ${ours} against ${naive}`)
  }
})

test('one year of history repeats itself and says that its band is assumed', () => {
  const forecast = forecastPanel(smallPanel([[[30, 20]]], [-1]), 2020, [1])
  assert.equal(meanOf(forecast, '单位0', totalGrade, 1), 50)
  assert.ok(forecast.rows.every((row) => row.method.endsWith('assumed-band')))
})

test('a grade never run is missing, not 0; a shut one stays 0; a closed unit is not projected', () => {
  const rows = [
    [
      [50, gap, 0],
      [52, gap, 0],
      [51, gap, 0],
    ],
    [[40, 40, 40], [40, 40, 40], null],
  ]
  const forecast = forecastPanel(smallPanel(rows, [-1, -1]), 2022, [1])
  assert.equal(meanOf(forecast, '单位0', 'G2', 1), undefined)
  assert.equal(meanOf(forecast, '单位0', 'G3', 1), 0)
  assert.ok(!forecast.rows.some((row) => row.unit === '单位1'))
  assert.deepEqual(
    forecast.missing.map((found) => found.where),
    ['单位0', '单位1'],
  )
})

test('a gap at the as-of year is filled for estimation and says so', () => {
  const rows = [
    [
      [50, 50],
      [52, 51],
      [51, gap],
    ],
  ]
  const row = forecastPanel(smallPanel(rows, [-1]), 2022, [1]).rows.find((found) => found.grade === 'G2')
  assert.ok(row!.method.endsWith('+filled') && row!.mean > 40)
})

test('pupils of a parent beyond its listed units are projected apart, not pressed into them', () => {
  const steady = [[100], [100], [100], [100]]
  const forecast = forecastPanel(
    smallPanel([[[300], [300], [300], [300]], steady, steady], [-1, 0, 0]),
    2023,
    [1],
  )
  assert.equal(meanOf(forecast, '单位0', 'G1', 1), 300)
  assert.equal(meanOf(forecast, '单位1', 'G1', 1), 100)
})

test('births known ahead are followed: a halved cohort arrives where a trend would see nothing', () => {
  const years = 9
  const births = [400, 380, 420, 360, 400, 430, 390, 370, 410, 400, 380, 210, 200]
  const panel = smallPanel(
    [
      Array.from({ length: years }, (_, year) => [
        Math.round(0.9 * (births[year + 1]! / 3 + (births[year + 2]! * 2) / 3)),
      ]),
    ],
    [-1],
    2012,
  )
  const table = { firstYear: 2008, years: births.length, cells: Float64Array.from(births) }
  const asOf = 2020
  const withBirths = forecastPanel({ ...panel, births: table }, asOf, [2])
  const without = forecastPanel(panel, asOf, [2])
  const due = 0.9 * (210 / 3 + (200 * 2) / 3)
  assert.ok(Math.abs(meanOf(withBirths, '单位0', 'G1', 2)! - due) < 25)
  assert.ok(Math.abs(meanOf(without, '单位0', 'G1', 2)! - due) > 60)
})

test('a total that must do without a grade says so in its method', () => {
  const panel = smallPanel(
    [
      [
        [60, 50, 40, 30],
        [62, 58, 49, 38],
      ],
      [
        [30, 20, gap, gap],
        [31, 29, gap, gap],
      ],
    ],
    [-1, -1],
  )
  const methods = forecastPanel(panel, 2021, [1]).rows.flatMap(({ grade, method }) =>
    grade === totalGrade ? [method.split('+')[0]] : [],
  )
  assert.deepEqual(methods, ['sum-of-grades', 'sum-of-known-grades'])
})

test('years copied from the year before prove nothing: the band is the assumed one, never without width', () => {
  const year = [60, 50, 40, 4]
  const panel = smallPanel([[year, year, year, year, year]], [-1])
  for (const row of forecastPanel(panel, 2024, [1, 3]).rows) {
    assert.match(row.method, /assumed-band/)
    assert.ok(row.lo80 < row.mean && row.mean < row.hi80, JSON.stringify(row))
    if (row.mean > 20) assert.ok((row.hi80 - row.lo80) / row.mean >= 0.18, JSON.stringify(row))
  }
})
