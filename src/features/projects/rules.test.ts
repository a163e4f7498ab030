import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { judgeProject, type Project } from './rules.ts'

const project: Project = {
  projectId: 1,
  countyId: 410_422,
  name: '县一中扩建',
  kind: 'extension',
  stage: 'senior',
  registeredOn: '2024-09-01',
  doc: null,
  seats: 900,
  township: null,
  school: null,
  inPlan: true,
  planDoc: '县国民经济和社会发展年度计划',
  startBy: '2025-03-01',
  startedOn: '2025-02-20',
  finishBy: '2026-06-30',
  finishedOn: null,
  openBy: '2026-09-01',
  openedOn: null,
  money: [
    { year: 2025, dueFen: 100, paidFen: 100 },
    { year: 2026, dueFen: 300, paidFen: 120 },
  ],
}
const judge = (more: Partial<Project>, today = '2026-05-01') => judgeProject({ ...project, ...more }, today)

test('on its way, in a plan and paid for the years that are over, it is in order', () => {
  assert.deepEqual(judge({}), {
    light: 'green',
    words: '正常',
    late: [],
    planned: true,
    dueFen: 400,
    paidFen: 220,
    shortFen: 180,
  })
})

test('a milestone past its day is late until it or a later one is reached', () => {
  assert.equal(judge({}, '2026-07-01').words, '竣工迟')
  assert.deepEqual(
    judge({}, '2026-09-02').late.map(({ zh }) => zh),
    ['竣工', '投用'],
  )
  assert.equal(judge({ openedOn: '2026-08-20' }, '2026-09-02').light, 'green')
  assert.equal(judge({ finishedOn: '2026-08-20' }, '2026-07-01').light, 'red', 'not yet so on that day')
  assert.equal(judge({ finishedOn: '2026-06-30' }, '2026-07-01').light, 'green')
})

test('in no plan, or in one nobody names, is told; what the book does not say is neither yes nor no', () => {
  assert.equal(judge({ inPlan: false, planDoc: null }).words, '未入规划')
  assert.equal(judge({ planDoc: null }).light, 'yellow')
  assert.equal(judge({ inPlan: null }).planned, null)
})

test('money short in a year that is over is told; no year filed is missing, not nothing', () => {
  assert.equal(judge({}, '2027-01-02').words, '竣工迟、投用迟、资金未到位')
  const unfiled = judge({ money: [] })
  assert.deepEqual([unfiled.dueFen, unfiled.paidFen, unfiled.shortFen], [null, null, null])
})

test('paying more in one year never hides what is missing in another, and time never makes a late project early', () => {
  const money = fc.array(
    fc.record({
      year: fc.integer({ min: 2024, max: 2027 }),
      dueFen: fc.nat(1000),
      paidFen: fc.nat(1000),
    }),
    { maxLength: 4 },
  )
  const day = fc.integer({ min: 0, max: 1400 }).map((days) => {
    const at = new Date('2024-01-01T00:00:00Z')
    at.setUTCDate(at.getUTCDate() + days)
    return at.toISOString().slice(0, 10)
  })
  fc.assert(
    fc.property(money, day, day, (years, one, other) => {
      const [early, later] = one < other ? [one, other] : [other, one]
      const before = judge({ money: years }, early)
      const after = judge({ money: years }, later)
      assert.ok(after.late.length >= before.late.length)
      assert.ok((after.shortFen ?? 0) >= (before.shortFen ?? 0))
      if (before.dueFen !== null && before.paidFen !== null)
        assert.ok(before.shortFen! >= before.dueFen - before.paidFen)
    }),
  )
})
