import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { TestDatabase } from '../../../test/house/database-for-tests.ts'
import type { Scope } from '../../platform/db/scope.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { all, lushan, school, smallWorld, yexian } from '../registry/small-world.for-tests.ts'
import type { FindingFound, FindingStep } from './finding.ts'
import { countFindings, findFinding, listFindings } from './list-findings.ts'
import { markConditions } from './mark-conditions.ts'
import { openFinding, openFindings, platformFinder } from './open-findings.ts'
import { listFindingSteps, takeFindingStep } from './take-finding-step.ts'

const day = '2023-10-09'
const found = (id: number, more: Partial<FindingFound> = {}): FindingFound => ({
  source: 'duty',
  rule: 'rural-school-helped',
  item: 'M8.7',
  quote: '实现每所乡村学校都有城镇学校对口帮扶',
  subject: { countyId: id === school.lushanFirst ? lushan : yexian, kind: 'institution', id },
  ownerLevel: 'institution',
  supervision: 'schools',
  severity: 'ordinary',
  says: '没有登记与城镇学校的帮扶协议',
  ...more,
})

let world: TestDatabase
before(async () => {
  world = await smallWorld()
})
after(() => world.close())

const within = <T>(scope: Partial<Scope>, work: (tx: Tx) => Promise<T>) =>
  world.db.transaction({ ...all, asOf: day, actor: 'county', ...scope }, work)

const open = (each: FindingFound, on = day) =>
  within({ asOf: on }, (tx) => openFinding(tx, each, platformFinder, on))

const persons = {
  county: { hand: 'county', by: { account: 'county', name: '叶县教体局' } },
  city: { hand: 'city', by: { account: 'city', name: '市督导室' } },
  school: { hand: 'rectifier', by: { account: 'school', name: '任店小学' } },
  finance: { hand: 'partner', by: { account: 'finance', name: '财政部门' } },
} as const

async function step(
  findingId: number,
  who: keyof typeof persons,
  act: FindingStep['act'],
  phase: FindingStep['phase'],
  more: Partial<FindingStep> = {},
) {
  await within({ actor: persons[who].by.account, ...(more.on && { asOf: more.on }) }, async (tx) => {
    const finding = await findFinding(tx, findingId, 'locked')
    await takeFindingStep(tx, finding!, { act, phase, ...persons[who], says: '事由', on: day, ...more })
  })
}

const owner = { unit: '任店镇中心小学', person: '李校长', cause: 'management' } as const
const assign = (id: number) => step(id, 'county', 'assign', 'assigned', { dueOn: '2023-10-20', owner })

async function closed(id: number) {
  await assign(id)
  await step(id, 'school', 'sign', 'signed')
  await step(id, 'school', 'answer', 'answered')
  await step(id, 'county', 'recheck', 'rechecked')
  await step(id, 'county', 'close', 'closed')
}

const shown = (id: number, asOf = day) => within({ asOf }, (tx) => findFinding(tx, id))

test('what was found is one finding however often it is found; numbers run by county without a gap', async () => {
  const three = [found(school.rendianCentral), found(school.qianyingPoint), found(school.lushanFirst)]
  const first = await within({}, (tx) => openFindings(tx, three, platformFinder, day))
  assert.deepEqual(
    first.map(({ outcome }) => outcome),
    ['opened', 'opened', 'opened'],
  )
  const again = await within({}, (tx) =>
    openFindings(tx, [found(school.baoanPrimary), ...three], platformFinder, day),
  )
  assert.deepEqual(
    again.map(({ outcome }) => outcome),
    ['opened', 'standing', 'standing', 'standing'],
  )
  const listed = await within({}, (tx) => listFindings(tx, {}, { limit: 10 }))
  assert.deepEqual(listed.map(({ number }) => number).sort(), [
    '叶县问改〔2023〕1号',
    '叶县问改〔2023〕2号',
    '叶县问改〔2023〕3号',
    '鲁山县问改〔2023〕1号',
  ])
  assert.deepEqual(
    (await within({ asOf: '2023-10-08' }, (tx) => listFindings(tx, {}, { limit: 10 }))).length,
    0,
  )
  const counts = await within({}, (tx) => countFindings(tx, {}, { today: day, soon: day }))
  assert.deepEqual(
    counts.map(({ countyId, total, opened }) => [countyId, total, opened]),
    [
      [yexian, 3, 3],
      [lushan, 1, 1],
    ],
  )
})

test('closed and found again it opens again with its history; past days still read as they were', async () => {
  const { findingId } = await open(found(school.rendianKindergarten))
  await closed(findingId)
  assert.equal((await shown(findingId))?.phase, 'closed')
  assert.equal((await shown(findingId))?.dueOn, '2023-10-20')
  const again = await open(found(school.rendianKindergarten, { says: '协议到期未续' }), '2024-03-04')
  assert.deepEqual(again, { findingId, outcome: 'reopened' })
  const now = await shown(findingId, '2024-03-04')
  assert.deepEqual(
    [now?.phase, now?.relapses, now?.found, now?.dueOn, now?.ownerUnit],
    ['opened', 1, '协议到期未续', null, null],
  )
  assert.equal((await shown(findingId))?.phase, 'closed')
  const steps = await within({ asOf: '2024-03-04' }, (tx) => listFindingSteps(tx, now!))
  assert.deepEqual(
    steps.map(({ act }) => act),
    ['open', 'assign', 'sign', 'answer', 'recheck', 'close', 'reopen'],
  )
})

test('one dismissed with a reason stays so while its gap lasts; once it was mended, the next gap opens it again', async () => {
  const gap = found(school.kunyangJunior, { rule: 'w' })
  const rule = { source: 'duty', rule: 'w' } as const
  const { findingId } = await open(gap)
  await step(findingId, 'county', 'dismiss', 'closed', { says: '该校已列入撤并计划' })
  const mark = (still: { countyId: number; id: number }[], on: string) =>
    within({ asOf: on }, (tx) => markConditions(tx, rule, [yexian], still, on))
  await mark([{ countyId: yexian, id: school.kunyangJunior }], '2023-10-10')
  assert.deepEqual(await open(gap, '2023-10-10'), { findingId, outcome: 'excused' })
  assert.equal(await mark([], '2023-11-01'), 0, 'nobody has to look')
  await mark([], '2023-11-02')
  const met = await shown(findingId, '2023-11-02')
  assert.deepEqual([met?.phase, met?.closedOn, met?.conditionMet], ['closed', day, true])
  assert.deepEqual(await open(gap, '2024-03-04'), { findingId, outcome: 'reopened' })
  const back = await shown(findingId, '2024-03-04')
  assert.deepEqual(
    [back?.phase, back?.relapses, back?.dismissed, back?.conditionMet],
    ['opened', 1, false, false],
  )
  const steps = await within({ asOf: '2024-03-04' }, (tx) => listFindingSteps(tx, back!))
  assert.deepEqual(
    steps.map(({ act }) => act),
    ['open', 'dismiss', 'condition-met', 'reopen'],
  )
  await step(findingId, 'county', 'dismiss', 'closed', { says: '已停办', on: '2024-03-05' })
  assert.equal((await open(gap, '2024-03-06')).outcome, 'excused', 'dismissed anew it is excused anew')
})

test('a gap no longer found is marked and waits for a person; found again the mark goes', async () => {
  const rule = { source: 'duty', rule: 'x' } as const
  const { findingId } = await open(found(school.laozhuangPrimary, { rule: 'x' }))
  const mark = (still: { countyId: number; id: number }[]) =>
    within({}, (tx) => markConditions(tx, rule, [yexian], still, day))
  assert.equal(await mark([{ countyId: yexian, id: school.laozhuangPrimary }]), 0)
  assert.equal(await mark([]), 1)
  assert.equal(await mark([]), 0)
  const met = await shown(findingId)
  assert.deepEqual([met?.conditionMet, met?.phase], [true, 'opened'])
  await open(found(school.laozhuangPrimary, { rule: 'x' }))
  assert.equal((await shown(findingId))?.conditionMet, false)
})

test('the database itself refuses the rectified unit its own recheck, another name, a jump and a deadline without reason', async () => {
  const { findingId } = await open(found(school.yexianFirst))
  const refused = async (constraint: RegExp, ...given: Parameters<typeof step>) =>
    assert.rejects(step(...given), constraint, String(given[2]))
  await refused(/step_in_turn/, findingId, 'county', 'close', 'closed')
  await refused(/deadline_with_its_step/, findingId, 'county', 'assign', 'assigned', { owner })
  const nobody = { unit: owner.unit, cause: owner.cause } as unknown as typeof owner
  await refused(/person_with_its_step/, findingId, 'county', 'assign', 'assigned', {
    dueOn: '2023-10-20',
    owner: nobody,
  })
  await assign(findingId)
  await refused(/step_by_its_hand/, findingId, 'school', 'extend', 'assigned', { dueOn: '2023-11-20' })
  await refused(/deadline_with_its_step/, findingId, 'county', 'interview', 'assigned', {
    dueOn: '2023-11-20',
  })
  await assert.rejects(
    within({}, async (tx) => {
      const finding = (await findFinding(tx, findingId, 'locked'))!
      const { says: _, ...silent } = {
        act: 'extend',
        phase: 'assigned',
        says: '',
        dueOn: '2023-11-20',
        on: day,
        ...persons.county,
      } as const
      await takeFindingStep(tx, finding, silent)
    }),
    /step_with_its_words/,
  )
  await step(findingId, 'school', 'sign', 'signed')
  await step(findingId, 'school', 'answer', 'answered')
  await refused(/step_by_its_hand/, findingId, 'school', 'recheck', 'rechecked')
  // the same person under the hat of the office above
  await assert.rejects(
    within({ actor: 'school' }, async (tx) => {
      const finding = (await findFinding(tx, findingId, 'locked'))!
      await takeFindingStep(tx, finding, {
        act: 'recheck',
        phase: 'rechecked',
        says: '看过',
        hand: 'inspector',
        by: persons.school.by,
        on: day,
      })
    }),
    /one_person_one_side/,
  )
  await assert.rejects(
    within({ actor: 'school' }, async (tx) => {
      const finding = (await findFinding(tx, findingId, 'locked'))!
      await takeFindingStep(tx, finding, {
        act: 'recheck',
        phase: 'rechecked',
        says: '看过',
        on: day,
        ...persons.county,
      })
    }),
    /row-level security/,
  )
  await assert.rejects(
    within({}, (tx) => sql`update findings.step set due_on = '2030-01-01'`.execute(tx)),
    /permission denied/,
  )
})

test('a department that says what it will do says by when, moves nothing, and never judges what it said so of', async () => {
  const { findingId } = await open(found(school.qianyingPoint, { rule: 'z', ownerLevel: 'county' }))
  const promise = { says: '列入下年预算', promisedOn: '2023-12-31' }
  await assert.rejects(step(findingId, 'finance', 'confer', 'opened', promise), /step_in_turn/)
  await step(findingId, 'city', 'assign', 'assigned', {
    dueOn: '2023-10-20',
    owner: { unit: '叶县财政部门', person: '钱局长', cause: 'money' },
  })
  assert.equal((await shown(findingId))?.conferredOn, null)
  await assert.rejects(step(findingId, 'finance', 'confer', 'assigned'), /promise_with_its_step/)
  await assert.rejects(step(findingId, 'city', 'confer', 'assigned', promise), /step_by_its_hand/)
  await assert.rejects(step(findingId, 'finance', 'sign', 'signed'), /step_by_its_hand/)
  await assert.rejects(
    step(findingId, 'finance', 'confer', 'assigned', { ...promise, promisedOn: '2023-10-08' }),
    /promise_with_its_step/,
  )
  await step(findingId, 'finance', 'confer', 'assigned', promise)
  const now = await shown(findingId)
  assert.deepEqual(
    [now?.phase, now?.dueOn, now?.conferredOn, now?.promisedOn],
    ['assigned', '2023-10-20', day, '2023-12-31'],
  )
  // the same person under the hat of the office above
  await assert.rejects(
    within({ actor: 'finance' }, async (tx) => {
      const finding = (await findFinding(tx, findingId, 'locked'))!
      const by = persons.finance.by
      await takeFindingStep(tx, finding, {
        ...({ act: 'interview', phase: 'assigned', hand: 'city', says: '约谈', on: day } as const),
        by,
      })
    }),
    /one_person_one_side/,
  )
})

test('what a county owes is rechecked by the city, not by the county or its inspectors', async () => {
  const { findingId } = await open(found(school.baoanPrimary, { rule: 'y', ownerLevel: 'county' }))
  await assert.rejects(assign(findingId), /judge_stands_above/)
  await step(findingId, 'city', 'assign', 'assigned', {
    dueOn: '2023-10-20',
    owner: { ...owner, unit: '叶县教体局' },
  })
  await assert.rejects(step(findingId, 'county', 'recheck', 'rechecked'), /judge_stands_above/)
  await step(findingId, 'city', 'recheck', 'rechecked')
})

test('a school sees the findings about itself and no others', async () => {
  const mine = { counties: [yexian], institutions: [school.rendianCentral] }
  const listed = await within(mine, (tx) => listFindings(tx, {}, { limit: 100 }))
  assert.deepEqual([...new Set(listed.map(({ subjectId }) => subjectId))], [school.rendianCentral])
  assert.equal(listed[0]?.subject, '任店镇中心小学')
})
