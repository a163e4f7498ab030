import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { loadPlan, type OwnParameter, withOwnValues } from '../../src/plan/index.ts'
import type { DutyJudgement } from '../../src/records/duties/duty-judgement.ts'
import { undone } from '../../src/records/registry/small-world.for-tests.ts'
import { databaseForTests, type TestDatabase } from '../house/database-for-tests.ts'
import { countyTrials } from './county-trials.for-tests.ts'
import { coveredWorld, judgedIn, openFound } from './covered-world.for-tests.ts'
import { added, type DutyTrial, kindergarten, rural, until } from './duty-trial.for-tests.ts'
import { schoolTrials } from './school-trials.for-tests.ts'
import {
  addCounty,
  addInstitution,
  addUnits,
  agree,
  coming,
  counties,
  day,
  file,
  large,
  type Pen,
  recognise,
  school,
  schoolYear,
  term,
} from './world-pen.for-tests.ts'

const plan = loadPlan('plan', 'pingdingshan')

let database: TestDatabase
before(async () => {
  database = await databaseForTests()
  await coveredWorld(database.db, plan)
})
after(() => database.close())

const trials: readonly DutyTrial[] = [...schoolTrials, ...countyTrials]

/** Tries something out in the world and takes it back. */
function trying(work: (pen: Pen) => Promise<void>, entered?: OwnParameter): Promise<void> {
  const held = entered ? withOwnValues(plan, [entered]) : plan
  return undone(database, { counties, asOf: day }, (tx) => work({ tx, plan: held }))
}

const gapsOf = (judgement: DutyJudgement) =>
  judgement.counties.flatMap(({ gaps }) => gaps.map(({ subject, why }) => [subject, why]))
const totalOf = ({ counties }: DutyJudgement) => counties.reduce((sum, { total }) => sum + total, 0)

test('every duty of the plan has its trial', () => {
  assert.deepEqual(trials.map(({ duty }) => duty).sort(), [...plan.coverage.keys()].sort())
  assert.equal(trials.length, 24)
})

for (const { duty, uncover, gap, cover, uncoveredOn = [], notYetOn, noFinding, entered } of trials)
  test(`${duty}: one uncovered is one named gap and one finding; covered it closes; the day decides`, () =>
    trying(async (pen) => {
      const judged = (on = day) => judgedIn(pen, duty, on)
      for (const judgement of await judged()) {
        assert.deepEqual(gapsOf(judgement), [], 'all covered at first')
        assert.equal(judgement.refused, undefined)
      }
      assert.ok(
        (await judged()).some((judgement) => totalOf(judgement) > 0),
        'somebody is to be covered',
      )
      await uncover(pen)
      for (const judgement of await judged()) {
        const [found, ...more] = gapsOf(judgement)
        assert.deepEqual(more, [], 'exactly one gap')
        assert.equal(found?.[0], gap[0])
        assert.ok(found?.[1]?.includes(gap[1]), `${found?.[1]}`)
      }
      const outcomes = async (on = day) =>
        (await openFound(pen, await judged(on), on)).map(({ outcome }) => outcome)
      assert.deepEqual(await outcomes(), noFinding ? [] : ['opened'], 'exactly one finding')
      if (notYetOn) for (const judgement of await judged(notYetOn)) assert.deepEqual(gapsOf(judgement), [])
      await cover(pen)
      for (const judgement of await judged()) assert.deepEqual(gapsOf(judgement), [])
      assert.deepEqual(await outcomes(), [], 'nothing is found any more')
      for (const on of uncoveredOn)
        for (const judgement of await judged(on))
          assert.equal(gapsOf(judgement).length, on < (notYetOn ?? '') ? 0 : 1, `reopened on ${on}`)
      const ended = uncoveredOn.filter((on) => on > day)
      for (const on of ended) assert.deepEqual(await outcomes(on), noFinding ? [] : ['standing'], on)
    }, entered))

test('how low a public share is low has to be entered before anybody is judged by it', () =>
  trying(async (pen) => {
    const [judgement] = await judgedIn(pen, 'senior-public-share')
    assert.match(judgement?.refused ?? '', /尚未录入，应由市教育体育局提供/)
    assert.deepEqual(await openFound(pen, [judgement!]), [])
  }))

test('what was mended before it was reported mends nothing', () =>
  trying(async (pen) => {
    const first = { institution: school.centralKindergarten }
    await file(pen, 'kindergarten-hazard-removal', first, { 'removed-on': until.from, 'all-removed': 'yes' })
    await file(pen, 'kindergarten-conditions', { ...first, period: '2024' }, { 'has-hazard': 'yes' })
    const [judgement] = await judgedIn(pen, 'kindergarten-hazard-removed')
    assert.deepEqual(gapsOf(judgement!), [['任店镇中心幼儿园', '一般隐患没有消除：没有写明']])
  }))

test('an agreement covers to its last day and not a day longer, and the gap says since when', () =>
  trying(async (pen) => {
    await addInstitution(pen, added, '老庄教学点', { kind: 'teaching-point', ...rural })
    await agree(pen, 'pairing', school.urbanJunior, added, until)
    const on = async (asOf: string) => (await judgedIn(pen, 'rural-school-helped', asOf)).flatMap(gapsOf)
    assert.deepEqual(await on('2025-06-30'), [])
    assert.deepEqual(await on('2025-07-01'), [['老庄教学点', '帮扶协议已于 2025-06-30 到期']])
    assert.deepEqual(
      (await on(`${term.to.slice(0, 4)}-09-01`)).map(([name]) => name).sort(),
      ['前营小学', '老庄教学点'],
      'the others end too',
    )
  }))

test('an agreement with the wrong kind of partner covers nobody, and the gap says so', () =>
  trying(async (pen) => {
    await addInstitution(pen, added, '新蕾幼儿园', kindergarten)
    await agree(pen, 'transition', school.nineYear, added)
    await recognise(pen, 'quality-senior', school.weakSenior)
    await agree(pen, 'entrusted', school.weakSenior, school.urbanJunior)
    await addInstitution(pen, added + 1, '启智学校', { kind: 'special-school', stages: ['special'] })
    await agree(pen, 'inclusion', added + 1, school.special)
    const whyOf = async (duty: string) => (await judgedIn(pen, duty)).flatMap(gapsOf)
    assert.deepEqual(await whyOf('kindergarten-primary-partner'), [
      ['新蕾幼儿园', '登记的合作方当日不是本县在办的小学'],
    ])
    assert.deepEqual(await whyOf('quality-senior-entrusted'), [
      ['叶县第二高级中学', '当日托管的学校没有认定为薄弱县中'],
    ])
    assert.deepEqual(await whyOf('special-regular-pairing'), [
      ['启智学校', '登记的共建学校当日不是在办的普通学校'],
    ])
  }))

test("a year's inspections do not do for the next", () =>
  trying(async (pen) => {
    const [judgement] = await judgedIn(pen, 'inspection-plan-covers', '2025-09-01')
    assert.equal(gapsOf(judgement!).length, 2 * plan.measures.length)
    assert.ok(gapsOf(judgement!).every(([, why]) => why === '没有报送本学年督导计划'))
  }))

test('a plan that came late covers, keeps its day, and stays visibly late', () =>
  trying(async (pen) => {
    await recognise(pen, 'expansion-suitable', school.ruralPrimary)
    await file(pen, 'expansion-plan', {}, { school: school.ruralPrimary, 'made-on': '2025-01-15' })
    const [judgement] = await judgedIn(pen, 'expansion-school-plan')
    assert.equal(judgement?.due, '2024-12-31')
    const [county] = judgement!.counties.filter(({ total }) => total > 0)
    assert.deepEqual([county?.covered, county?.gaps], [2, []])
    assert.deepEqual(
      county?.remarks.map(({ note }) => note),
      ['方案制定于 2025-01-15，晚于时限 2024-12-31'],
    )
  }))

test('200,000 people decide who owes a special school; who is not counted cannot be judged', () =>
  trying(async (pen) => {
    await addCounty(pen, coming, '郏县', 199_999)
    const [large] = await judgedIn(pen, 'special-school-in-large-county')
    assert.deepEqual(gapsOf(large!), [], 'under the line nothing is owed')
    const [small] = await judgedIn(pen, 'special-class-in-small-county')
    assert.deepEqual(gapsOf(small!), [['郏县', '没有登记特教班']])
    const [before] = await judgedIn(pen, 'special-school-in-large-county', '2020-10-01')
    assert.match(before?.refused ?? '', /没有有效数值/)
  }))

test('streets are asked for a central kindergarten by the wider reading only', () =>
  trying(async (pen) => {
    await addUnits(pen, large, [
      { unitId: 410422004, kind: 'township', name: '盐都街道', townshipKind: 'street', parent: large },
    ])
    const judged = await judgedIn(pen, 'township-central-kindergarten')
    assert.deepEqual(
      judged.map((judgement) => [judgement.reading, gapsOf(judgement).length]),
      [
        ['townships-only', 0],
        ['with-streets', 1],
      ],
    )
  }))

test('a school that has said nothing is no failing: the books do not say', () =>
  trying(async (pen) => {
    await addInstitution(pen, added, '新城小学', {}, ['P1'])
    for (const duty of ['parent-committee', 'pupil-art-activity', 'food-education']) {
      const [judgement] = await judgedIn(pen, duty)
      const [county] = judgement!.counties.filter(({ unknown }) => unknown > 0)
      assert.deepEqual([county?.uncovered, county?.unknown], [0, 1], duty)
      assert.equal(county?.gaps[0]?.known, false)
    }
  }))

test('pupils are counted one by one beside their schools', () =>
  trying(async (pen) => {
    await schoolYear(pen, school.ruralPrimary, ['p1', 'p2'], { grade: { 'art-pupils': 30 } })
    const [judgement] = await judgedIn(pen, 'pupil-art-activity')
    const [county] = judgement!.counties.filter(({ countyId }) => countyId === large)
    assert.deepEqual([county?.whole, county?.part], [240, 220])
  }))
