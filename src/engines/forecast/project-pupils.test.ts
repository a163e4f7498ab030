import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isMissing } from '../../kernel/missing.ts'
import { syntheticCity } from './cases/synthetic-city.ts'
import { projectPupils } from './project-pupils.ts'
import {
  type Projection,
  type ProjectionInput,
  standardSource,
  sumVillageBirths,
} from './projection-input.ts'

const hamlet: ProjectionInput = {
  ...syntheticCity({ counties: 2, townships: 6, years: 9 }, 4),
  until: 2031,
  draws: 200,
}
const plain = projectPupils(hamlet)
const years = 7

function meanAt(projection: Projection, scenario: number, unit: number, year: number, grade: string): number {
  const at =
    (unit * years + year - projection.firstYear) * hamlet.grades.length + hamlet.grades.indexOf(grade)
  return projection.scenarios[scenario]!.byGrade.mean[at]!
}

test('the national chain: K3 feeds P1, P6 feeds J1, J3 feeds both S1 and V1', () => {
  const source = standardSource(['K3', 'P1', 'J3', 'S1', 'V1', 'V2'])
  assert.deepEqual(Array.from(source), [-1, 0, -1, 2, 2, 4])
})

test('villages sum to their township; one unknown village makes the sum unknown', () => {
  const sums = sumVillageBirths(Int32Array.of(0, 0, 1), 3, 2, Float64Array.of(3, 4, 5, Number.NaN, 7, 8))
  assert.deepEqual(Array.from(sums), [8, Number.NaN, 7, 8, Number.NaN, Number.NaN])
})

test('same input and seed, same projection; another seed moves bands only', () => {
  assert.deepEqual(projectPupils(hamlet), plain)
  const other = projectPupils({ ...hamlet, seed: 99 })
  assert.deepEqual(other.scenarios[1]!.byGrade.mean, plain.scenarios[1]!.byGrade.mean)
  assert.notDeepEqual(other.scenarios[1]!.byGrade.hi80, plain.scenarios[1]!.byGrade.hi80)
})

test('whole pupils that add up over the tree and the stages; bands hold their mean', () => {
  for (const { byGrade, byStage } of plain.scenarios) {
    byGrade.mean.forEach((mean, at) => {
      if (Number.isNaN(mean)) return
      assert.ok(Number.isInteger(mean) && mean >= 0)
      assert.ok(byGrade.lo80[at]! <= mean && mean <= byGrade.hi80[at]!)
    })
    for (let year = 0; year < years; year++) {
      hamlet.stages.forEach((_, stage) => {
        const at = (unit: number): number =>
          byStage.mean[(unit * years + year) * hamlet.stages.length + stage]! || 0
        const townships = hamlet.units.map((_, unit) => unit).filter((unit) => unit > 2)
        assert.equal(
          townships.reduce((sum, unit) => sum + at(unit), 0),
          at(0),
        )
        assert.equal(at(1) + at(2), at(0))
      })
    }
  }
})

test('a stage’s band is its own, narrower than the sum of its grades’ bands', () => {
  const { byGrade, byStage } = plain.scenarios[1]!
  const grades = hamlet.stages[1]!.grades
  const row = 3
  const summed = grades.reduce(
    (held, grade) =>
      held +
      byGrade.hi80[row * hamlet.grades.length + grade]! -
      byGrade.lo80[row * hamlet.grades.length + grade]!,
    0,
  )
  const own = byStage.hi80[row * hamlet.stages.length + 1]! - byStage.lo80[row * hamlet.stages.length + 1]!
  assert.ok(own > 0 && own < summed)
})

test('scenarios part where births are not yet known, and only there', () => {
  const first = hamlet.asOf + 1
  assert.equal(meanAt(plain, 0, 0, first, 'K1'), meanAt(plain, 2, 0, first, 'K1'))
  assert.ok(meanAt(plain, 0, 0, 2031, 'K1') < meanAt(plain, 2, 0, 2031, 'K1'))
  assert.ok(Math.abs(meanAt(plain, 0, 0, 2031, 'J3') / meanAt(plain, 2, 0, 2031, 'J3') - 1) < 0.01)
})

test('senior grades stand only where they are run', () => {
  assert.ok(Number.isNaN(meanAt(plain, 1, hamlet.units.length - 1, 2026, 'S1')))
  assert.ok(meanAt(plain, 1, 3, 2026, 'S1') > 0)
})

test('an override is carried up with its class and signed in the flags; housing adds its pupils', () => {
  const unit = 4
  const changed = projectPupils({
    ...hamlet,
    overrides: [{ unit, year: 2026, grade: 3, factor: 0.5, author: '李某', reason: '并校' }],
    housing: [{ unit: 5, year: 2027, grade: 4, pupils: 40 }],
  })
  const ratio = (year: number, grade: string): number =>
    meanAt(changed, 1, unit, year, grade) / meanAt(plain, 1, unit, year, grade)
  assert.ok(Math.abs(ratio(2026, 'P1') - 0.5) < 0.02)
  assert.ok(Math.abs(ratio(2028, 'P3') - 0.5) < 0.02)
  assert.ok(Math.abs(ratio(2028, 'P5') - 1) < 0.02)
  assert.ok(Math.abs(meanAt(changed, 1, 5, 2027, 'P2') - meanAt(plain, 1, 5, 2027, 'P2') - 40) <= 2)
  assert.ok(changed.flags.some((flag) => flag.kind === 'overridden' && flag.text.includes('李某')))
})

test('a senior split moves entrants between general and vocational and keeps their number', () => {
  const split = projectPupils({
    ...hamlet,
    splits: [{ unit: 0, from: 2026, seniorShare: 0.5, author: '王某', reason: '规划' }],
  })
  const senior = meanAt(split, 1, 0, 2027, 'S1')
  const vocational = meanAt(split, 1, 0, 2027, 'V1')
  assert.ok(Math.abs(senior - vocational) <= 3)
  const before = meanAt(plain, 1, 0, 2027, 'S1') + meanAt(plain, 1, 0, 2027, 'V1')
  assert.ok(Math.abs(senior + vocational - before) <= 3)
})

test('drift moves a unit for five years and then rests', () => {
  const drift = new Float64Array(hamlet.units.length)
  drift[3] = 0.05
  const moved = projectPupils({ ...hamlet, scenarios: [{ id: 'mid', drift }] })
  const ratio = (year: number): number => meanAt(moved, 0, 3, year, 'P3') / meanAt(plain, 1, 3, year, 'P3')
  assert.ok(Math.abs(ratio(2025) - Math.exp(0.04)) < 0.01)
  assert.ok(Math.abs(ratio(2031) - ratio(2030)) < 0.01)
})

test('every unit carries its own record beside the baselines', () => {
  const own = plain.backTest.filter((row) => row.unit === 4 && row.scope === 'total' && row.horizon === 1)
  assert.deepEqual(
    own.map((row) => row.method),
    ['ours', 'naive', 'linear', 'progression', 'smoothing', 'gm11'],
  )
  assert.ok(own.every((row) => row.wape >= 0 && row.count > 0))
})

test('without births the projection says who owes them; beyond its level’s limit it is flagged', () => {
  const blind = projectPupils({
    ...hamlet,
    births: undefined,
    limits: [{ level: '乡镇', years: 5 }],
    draws: 0,
  })
  assert.ok(blind.notes.some((note) => isMissing(note) && note.of.includes('出生')))
  assert.equal(blind.flags.filter((flag) => flag.kind === 'beyond-limit').length, 6)
  assert.ok(blind.scenarios[1]!.byGrade.mean.some((mean) => mean > 0))
})
