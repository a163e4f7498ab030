import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calibrateDraws, type DrawGround, drawDeviations } from './deviation-draws.ts'
import { chainOfGrades } from './enrolment-panel.ts'
import { preparePanel } from './prepared-panel.ts'
import { seededChance } from './seeded-chance.ts'

const horizons = 8
const panel = preparePanel({
  units: ['a'],
  parent: Int32Array.of(-1),
  grades: ['1', '2'],
  source: chainOfGrades(2),
  firstYear: 2020,
  years: 3,
  cells: new Float64Array(6).fill(100),
  present: new Uint8Array(3).fill(1),
})
const mean = new Float64Array(horizons * 2).fill(100)

function groundWith(misses: readonly number[]): DrawGround {
  return {
    panel,
    horizons,
    groups: [[0, 1]],
    mix: [0, 1],
    steps: misses.map((miss) => Float64Array.of(miss, miss)),
    birthShocks: [],
    birthsAhead: () => 0,
    draws: 400,
    chance: seededChance(3),
  }
}

test('misses that all leaned one way do not push the band off its mean, and do not lean further each year', () => {
  const drawn = drawDeviations(groundWith([-0.02, -0.05, -0.08, -0.03]), mean)
  drawn.lo.forEach((lo, at) => {
    assert.ok(lo < 0 && drawn.hi[at]! > 0, `${lo} … ${drawn.hi[at]}`)
    assert.ok(lo > -0.2, 'eight years of a 5 % lean are not in the lower bound')
  })
})

test('bands widen with the years ahead where luck lasts from one year to the next', () => {
  const drawn = drawDeviations(groundWith([-0.1, -0.04, 0.1, 0.05]), mean)
  const width = (horizon: number): number => {
    const total = (horizon - 1) * drawn.slots + 2
    return drawn.hi[total]! - drawn.lo[total]!
  }
  assert.ok(width(8) > width(4) && width(4) > width(1))
})

test('no draw strays further than a factor of five', () => {
  const drawn = drawDeviations(groundWith([-1.5, 1.5, -1.2, 1.4]), mean)
  for (const side of [drawn.lo, drawn.hi])
    for (const bound of side) assert.ok(Math.abs(bound) <= 2 * Math.log(5) + 1e-9)
})

test('each side takes the length that past misses say; one they never saw keeps half of what was drawn', () => {
  const ground = groundWith([-0.1, 0.1, -0.04, 0.05])
  const drawn = drawDeviations(ground, mean)
  const before = { lo: Float64Array.from(drawn.lo), hi: Float64Array.from(drawn.hi) }
  const said = { lo: 1.5 * before.lo[2]!, hi: 0, least: 0 }
  calibrateDraws(ground, mean, drawn, { count: 1, of: () => said }, 1)
  assert.ok(Math.abs(drawn.lo[2]! - said.lo) < 1e-12)
  assert.ok(Math.abs(drawn.hi[2]! - 0.5 * before.hi[2]!) < 1e-12)
})
