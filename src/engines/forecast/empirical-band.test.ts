import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bandCoverage } from './band-coverage.ts'
import { bandWidening } from './band-widening.ts'
import { empiricalBands, quantile } from './empirical-band.ts'
import { emptyResiduals, logMiss, type Residuals, residualKinds, sizeClass } from './residual-pool.ts'
import { seededChance } from './seeded-chance.ts'

function missesOf(
  perOrigin: (origin: number, at: number) => number,
  origins: number,
  count: number,
): Residuals {
  const residuals = emptyResiduals()
  for (let origin = 0; origin < origins; origin++) {
    for (let at = 0; at < count; at++) {
      residuals.unit.push(at)
      residuals.unitClass.push(0)
      residuals.kind.push(residualKinds.moving)
      residuals.grade.push(1)
      residuals.horizon.push(1)
      residuals.size.push(100)
      residuals.miss.push(perOrigin(origin, at))
      residuals.origin.push(origin)
    }
  }
  return residuals
}

test('quantiles lie between neighbours; an emptied grade stays finite', () => {
  assert.equal(quantile([1, 2, 3, 5], 0.5), 2.5)
  assert.ok(Math.abs(logMiss(0, 10) - Math.log(0.5 / 10.5)) < 1e-12)
  assert.deepEqual([sizeClass(7), sizeClass(8), sizeClass(119), sizeClass(120)], [0, 1, 3, 4])
})

test('evenly spread misses between −10 % and +10 % give a band of about 8 % either way', () => {
  const residuals = missesOf((_, at) => -0.1 + (0.2 * at) / 199, 4, 200)
  const band = empiricalBands(residuals, 10).of(0, residualKinds.moving, 1, 100)
  assert.ok(Math.abs(band.hi - 0.08) < 0.002 && Math.abs(band.lo + 0.08) < 0.002)
})

test('what became known after the origin is not read', () => {
  const residuals = missesOf((origin) => (origin === 3 ? 5 : 0.01), 4, 100)
  assert.ok(empiricalBands(residuals, 3).of(0, residualKinds.moving, 1, 100).hi < 0.02)
  assert.ok(empiricalBands(residuals, 4).of(0, residualKinds.moving, 1, 100).hi > 0.5)
})

test('three misses are too few for a quantile: their root mean square times Student’s t', () => {
  const residuals = missesOf((origin) => [0.01, -0.02, 0.02][origin]!, 3, 1)
  const band = empiricalBands(residuals, 9).of(0, residualKinds.moving, 1, 100)
  assert.ok(Math.abs(band.hi - Math.sqrt(0.0009 / 3) * 1.64) < 1e-9)
  assert.equal(band.lo, -band.hi)
})

test('a horizon without misses borrows its neighbour, wider; without any the band is assumed', () => {
  const bands = empiricalBands(
    missesOf((_, at) => (at % 2 ? 0.05 : -0.05), 3, 50),
    9,
  )
  assert.ok(bands.of(0, residualKinds.moving, 4, 100).hi > bands.of(0, residualKinds.moving, 1, 100).hi)
  const none = empiricalBands(emptyResiduals(), 9)
  assert.equal(none.count, 0)
  assert.ok(none.of(0, residualKinds.total, 1, 50).hi > 0)
})

test('bands that were too narrow before are widened, too wide ones narrowed, within bounds', () => {
  const growing = missesOf((origin, at) => (at % 2 ? 1 : -1) * 0.01 * 2 ** origin, 5, 60)
  const fading = missesOf((origin, at) => (at % 2 ? 1 : -1) * 0.2 * 0.5 ** origin, 5, 60)
  assert.ok(bandWidening(growing, 9)(residualKinds.moving) > 1.2)
  assert.ok(bandWidening(fading, 9)(residualKinds.moving) < 0.9)
  assert.equal(bandWidening(emptyResiduals(), 9)(residualKinds.total), 1)
})

test('bands set at each origin hold 75–88 % of like years they have not seen', () => {
  const chance = seededChance(11)
  const residuals = missesOf(() => (chance() + chance() + chance() - 1.5) * 0.1, 7, 300)
  const [row] = bandCoverage(residuals)
  const share = row!.inside / row!.count
  assert.ok(share > 0.75 && share < 0.88, String(share))
})

test('years without a miss promise nothing: an allowance stays, smaller the more years there were, and at least one pupil', () => {
  const bandOf = (origins: number, pupils: number) =>
    empiricalBands(
      missesOf(() => 0, origins, 60),
      20,
    ).of(0, residualKinds.moving, 1, pupils)
  const [one, four] = [bandOf(1, 1000), bandOf(4, 1000)]
  assert.ok(Math.abs(one.hi - 0.1 / 10) < 1e-12 && one.lo === -one.hi)
  assert.ok(Math.abs(four.hi - 0.1 / 20) < 1e-12)
  assert.ok(Math.round(4 * Math.exp(bandOf(9, 4).hi)) > 4)
})
