import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { loadPlan, type OwnParameter, withOwnValues } from '../../src/plan/index.ts'
import type { DutyJudgement } from '../../src/records/duties/duty-judgement.ts'
import { undone } from '../../src/records/registry/small-world.for-tests.ts'
import { databaseForTests, type TestDatabase } from '../house/database-for-tests.ts'
import { coveredWorld, judgedIn, openFound } from './covered-world.for-tests.ts'
import {
  addCounty,
  addInstitution,
  addRooms,
  addUnits,
  agree,
  coming,
  counties,
  day,
  file,
  large,
  openCentre,
  ownItems,
  type Pen,
  planInspections,
  project,
  recognise,
  school,
  schoolYear,
  street,
  term,
  town,
} from './world-pen.for-tests.ts'

const plan = loadPlan('plan', 'pingdingshan')

let database: TestDatabase
before(async () => {
  database = await databaseForTests()
  await coveredWorld(database.db, plan)
})
after(() => database.close())

/** A duty's trial: an X without its Y, what is said of it, and the Y that covers it. */
interface Trial {
  readonly duty: string
  readonly uncover: (pen: Pen) => Promise<unknown>
  readonly gap: readonly [subject: string, why: string]
  readonly cover: (pen: Pen) => Promise<unknown>
  /** Days on which the X is there uncovered although it was covered on the day of the trial. */
  readonly uncoveredOn?: readonly [string, string]
  /** A day before the X was there. */
  readonly notYetOn?: string
  /** What the city has entered; nobody can be judged before. */
  readonly entered?: OwnParameter
  /** Why the gap is none to rectify yet, or at all. */
  readonly noFinding?: 'before the last day' | 'only encouraged'
}

const added = 900
const kindergarten = { kind: 'kindergarten', stages: ['preschool'] } as const
const senior = { kind: 'senior-high', stages: ['senior'] } as const
const rural = { urbanRural: '220', unitId: town } as const
const since = { from: '2025-01-01' }
const until = { from: '2025-02-01', to: '2025-06-30' }
/** Not yet covered the day before `until` begins, covered to its last day, uncovered the day after. */
const outside = ['2025-01-31', '2025-07-01'] as const
const filed = { institution: added, period: '2024' }

const trials: readonly Trial[] = [
  {
    duty: 'township-central-kindergarten',
    uncover: (pen) =>
      addUnits(pen, large, [
        {
          unitId: 410422003,
          kind: 'township',
          name: '保安镇',
          townshipKind: 'town',
          parent: large,
          ...since,
        },
      ]),
    gap: ['保安镇', '没有公办幼儿园'],
    cover: (pen) =>
      addInstitution(pen, added, '保安镇中心幼儿园', {
        ...kindergarten,
        townshipCentral: true,
        unitId: 410422003,
      }),
    notYetOn: '2024-12-31',
  },
  {
    duty: 'kindergarten-primary-partner',
    uncover: (pen) => addInstitution(pen, added, '新蕾幼儿园', { ...kindergarten, ...since }),
    gap: ['新蕾幼儿园', '没有登记幼小衔接协议'],
    cover: (pen) => agree(pen, 'transition', school.ruralPrimary, added, until),
    uncoveredOn: outside,
    notYetOn: '2024-12-31',
  },
  {
    duty: 'expansion-school-plan',
    uncover: (pen) => recognise(pen, 'expansion-suitable', school.ruralPrimary, since),
    gap: ['前营小学', '没有登记“一校一案”挖潜扩容方案'],
    cover: (pen) =>
      file(
        pen,
        'expansion-plan',
        {},
        {
          school: school.ruralPrimary,
          'made-on': until.from,
          'replaced-on': until.to,
        },
      ),
    uncoveredOn: outside,
    notYetOn: '2024-12-31',
  },
  {
    duty: 'rural-school-helped',
    uncover: (pen) =>
      addInstitution(pen, added, '老庄教学点', { kind: 'teaching-point', ...rural, ...since }),
    gap: ['老庄教学点', '没有登记与城镇学校的帮扶协议'],
    cover: (pen) => agree(pen, 'community', school.urbanJunior, added, until),
    uncoveredOn: outside,
    notYetOn: '2024-12-31',
  },
  {
    duty: 'quality-senior-entrusted',
    uncover: (pen) => recognise(pen, 'quality-senior', school.weakSenior, since),
    gap: ['叶县第二高级中学', '没有登记托管帮扶协议'],
    cover: async (pen) => {
      await addInstitution(pen, added, '叶县第三高级中学', { kind: 'senior-high', stages: ['senior'] })
      await recognise(pen, 'weak-county-senior', added)
      await agree(pen, 'entrusted', school.weakSenior, added, until)
    },
    uncoveredOn: outside,
    notYetOn: '2024-12-31',
  },
  {
    duty: 'kindergarten-hazard-removed',
    uncover: async (pen) => {
      await addInstitution(pen, added, '新蕾幼儿园', { ...kindergarten, ...since })
      const hazard = { 'has-hazard': 'yes', 'hazard-grade': 'serious', 'hazard-what': '屋面漏雨' }
      await file(pen, 'kindergarten-conditions', filed, { ...hazard, 'hazard-mend-by': '2025-04-30' })
    },
    gap: ['新蕾幼儿园', '重大隐患没有消除：屋面漏雨，拟 2025-04-30 前消除'],
    cover: (pen) =>
      file(
        pen,
        'kindergarten-hazard-removal',
        { institution: added },
        { 'removed-on': until.from, 'all-removed': 'yes' },
      ),
    uncoveredOn: ['2025-01-31', '2025-01-02'],
    notYetOn: '2024-12-31',
  },
  {
    duty: 'senior-seats-enough',
    uncover: async (pen) => {
      await addInstitution(pen, added, '叶县第三高级中学', senior, ['S1'])
      await addRooms(pen, added, 0)
    },
    gap: ['叶县', '普通高中在校生 120 人，按教室数和标准班额有学位 100 个，缺 20 个，列入重点监测'],
    cover: (pen) => addRooms(pen, added, 1, { campusNo: 2, campusName: '新校区', ...until }),
    uncoveredOn: outside,
  },
  {
    duty: 'senior-public-share',
    entered: {
      ...{ key: 'senior-public-share.watch-line', value: 0.7, from: '2024-08-22', status: 'own' },
      document: '平教体〔2025〕1号',
    },
    uncover: (pen) =>
      addInstitution(pen, added, '叶县育才高级中学', { ...senior, sector: 'private' }, ['S1']),
    gap: ['叶县', '普通高中在校生 120 人，其中公办 80 人，占 66.67%，低于 70.00%，列入重点监测'],
    cover: (pen) => addInstitution(pen, added + 1, '叶县第三高级中学', { ...senior, ...since }, ['S1']),
    uncoveredOn: ['2024-12-31', '2024-12-01'],
  },
  {
    duty: 'special-school-in-large-county',
    uncover: (pen) => addCounty(pen, coming, '郏县', 200_000),
    gap: ['郏县', '没有在办的特殊教育学校'],
    noFinding: 'before the last day',
    cover: (pen) => addSpecialSchool(pen, coming, until),
    uncoveredOn: outside,
  },
  {
    duty: 'standard-special-school',
    uncover: async (pen) => {
      await addCounty(pen, coming, '郏县', 200_000)
      await addSpecialSchool(pen, coming)
    },
    gap: ['郏县', '启智学校没有达到建设标准的有效认定'],
    cover: (pen) => recognise(pen, 'special-standard', added, until, coming),
    uncoveredOn: outside,
  },
  {
    duty: 'special-class-in-small-county',
    uncover: async (pen) => {
      await addCounty(pen, coming, '郏县', 199_999)
      const primary = { countyId: coming, stages: ['primary', 'special'] } as const
      await addInstitution(pen, added + 1, '郏县实验小学', primary)
    },
    gap: ['郏县', '特教班设在郏县实验小学，它不是九年一贯制学校，也不是寄宿制学校'],
    cover: (pen) =>
      addInstitution(pen, added, '郏县寄宿小学', {
        countyId: coming,
        stages: ['primary', 'special'],
        boarding: true,
        ...since,
      }),
    uncoveredOn: ['2024-12-31', '2024-12-01'],
  },
  {
    duty: 'special-regular-pairing',
    uncover: (pen) => addSpecialSchool(pen, large, since),
    gap: ['启智学校', '没有登记与普通学校的共建协议'],
    noFinding: 'only encouraged',
    cover: (pen) => agree(pen, 'inclusion', added, school.ruralPrimary, until),
    uncoveredOn: outside,
    notYetOn: '2024-12-31',
  },
  {
    duty: 'special-resource-centre',
    uncover: async (pen) => {
      await addCounty(pen, coming, '郏县', 300_000)
      await openCentre(pen, coming, { ...until, lend: 'no' })
    },
    gap: ['郏县', '资源中心没有同时具备四项功能，缺：教具辅具支持'],
    cover: (pen) => openCentre(pen, coming, until),
    uncoveredOn: outside,
  },
  {
    duty: 'pupil-art-activity',
    uncover: async (pen) => {
      await addInstitution(pen, added, '新城小学', since, ['P1', 'P2'])
      await schoolYear(pen, added, ['p1', 'p2'], { grade: { 'art-pupils': 39 } })
    },
    gap: ['新城小学', '2 名学生本学年没有参加过校级美育活动：一年级 1 名、二年级 1 名'],
    cover: (pen) => schoolYear(pen, added, ['p1', 'p2']),
    notYetOn: '2024-12-31',
  },
  {
    duty: 'rural-green-activity',
    uncover: async (pen) => {
      await addInstitution(pen, added, '老庄小学', { ...rural, ...since })
      await file(pen, 'rural-green-activity', filed, { held: 'no' })
    },
    gap: ['老庄小学', '本学年没有开展“绿色点亮生活，健康保护生命”主题实践活动'],
    cover: (pen) => file(pen, 'rural-green-activity', filed, { held: 'yes' }),
    notYetOn: '2024-12-31',
  },
  {
    duty: 'food-education',
    uncover: async (pen) => {
      await addInstitution(pen, added, '新蕾幼儿园', { ...kindergarten, ...since })
      await file(pen, 'food-education', filed, { done: 'no' })
    },
    gap: ['新蕾幼儿园', '本学年没有开展食育'],
    cover: (pen) => file(pen, 'food-education', filed, { done: 'yes' }),
    notYetOn: '2024-12-31',
  },
  {
    duty: 'digital-campus',
    uncover: (pen) => addInstitution(pen, added, '新城小学', since),
    gap: ['新城小学', '没有登记数字校园认定'],
    cover: (pen) => recognise(pen, 'digital-campus', added, until),
    uncoveredOn: outside,
    notYetOn: '2024-12-31',
  },
  {
    duty: 'comprehensive-assessment',
    uncover: async (pen) => {
      await addInstitution(pen, added, '新城初级中学', { kind: 'junior-school', stages: ['junior'] }, ['J1'])
      await schoolYear(pen, added, ['j1'], { grade: { assessed: 0 } })
    },
    gap: ['新城初级中学', '40 名学生没有完成综合素质评价：七年级 40 名'],
    cover: (pen) => schoolYear(pen, added, ['j1']),
  },
  {
    duty: 'parent-committee',
    uncover: async (pen) => {
      await addInstitution(pen, added, '新城小学', since, ['P1'])
      await schoolYear(pen, added, ['p1'], { once: { committee: 'no' } })
    },
    gap: ['新城小学', '没有家长委员会'],
    cover: (pen) => schoolYear(pen, added, ['p1'], { once: { 'committee-on': '2025-02-01' } }),
    uncoveredOn: ['2025-01-31', '2025-01-01'],
    notYetOn: '2024-12-31',
  },
  {
    duty: 'grade-class-parent-committee',
    uncover: async (pen) => {
      await addInstitution(pen, added, '新城小学', since, ['P1'])
      await schoolYear(pen, added, ['p1'], { grade: { 'class-committees': 1 } })
    },
    gap: ['新城小学', '一年级：1 个班没有班级家长委员会'],
    cover: (pen) => schoolYear(pen, added, ['p1']),
    notYetOn: '2024-12-31',
  },
  {
    duty: 'community-family-guidance',
    uncover: (pen) =>
      addUnits(pen, large, [
        { unitId: 410422002002, kind: 'village', name: '昆南社区居民委员会', parent: street, ...since },
        { unitId: 410422001002, kind: 'village', name: '老庄村民委员会', parent: town, ...since },
      ]),
    gap: ['昆南社区居民委员会', '没有登记家庭教育指导服务站点'],
    cover: (pen) => file(pen, 'family-guidance-station', {}, { community: 410422002002, ...until }),
    uncoveredOn: outside,
    notYetOn: '2024-12-31',
  },
  {
    duty: 'item-owner',
    uncover: (pen) => ownItems(pen, large, { item: 'm1.5', person: '' }),
    gap: ['M1.5 每个乡镇原则上至少要办好1所乡镇公办中心幼儿园', '没有写明：责任人'],
    cover: (pen) => ownItems(pen, large),
  },
  {
    duty: 'project-in-development-plan',
    uncover: (pen) => file(pen, 'project-register', { period: 'x' }, project('保安镇幼儿园新建', 'no')),
    gap: ['保安镇幼儿园新建', '没有纳入区域发展规划'],
    cover: (pen) => file(pen, 'project-register', { period: 'x' }, project('保安镇幼儿园新建', 'yes')),
    notYetOn: '2024-09-30',
  },
  {
    duty: 'inspection-plan-covers',
    uncover: (pen) => planInspections(pen, large, 'm03'),
    gap: ['M03 改善薄弱园办园条件', '本学年督导计划没有安排这项措施'],
    cover: (pen) => planInspections(pen, large),
  },
]

function addSpecialSchool(pen: Pen, countyId: number, days: object = {}): Promise<void> {
  return addInstitution(pen, added, '启智学校', {
    countyId,
    kind: 'special-school',
    stages: ['special'],
    ...days,
  })
}

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
