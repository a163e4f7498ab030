import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { TestDatabase } from '../../../test/house/database-for-tests.ts'
import { Fault } from '../../kernel/fault.ts'
import type { Plan, ReturnForm } from '../../plan/index.ts'
import type { Scope } from '../../platform/db/scope.ts'
import { all, lushan, school, smallWorld, yexian } from '../registry/small-world.for-tests.ts'
import { findFiling, listFilings } from './find-filings.ts'
import { listSubjects } from './list-subjects.ts'
import { openFiling } from './open-filing.ts'
import { publishForms } from './publish-forms.ts'
import { gatherAnswers, listChanges, readAnswers } from './read-answers.ts'
import { readFormBefore } from './read-form-before.ts'
import { enterFiling, listSteps, takeStep } from './take-step.ts'
import { writeAnswers } from './write-answers.ts'

const form: ReturnForm = {
  id: 'canteen',
  zh: '食堂情况表',
  version: 1,
  why: '了解食堂座位',
  serves: ['M1.1'],
  subject: { each: 'institution', kinds: ['primary-school', 'kindergarten'] },
  filledBy: 'institution',
  approvedBy: ['county'],
  rhythm: { kind: 'yearly', due: '10-15' },
  from: '2022-09-01',
  valid: { from: 'since', to: 'until' },
  parts: [
    {
      zh: '食堂',
      fields: [
        { id: 'seats', zh: '座位', ask: '有几个座位？', type: 'count', datum: 'canteen.seats' },
        { id: 'since', zh: '启用', ask: '何时启用？', type: 'date', datum: 'canteen.since' },
        { id: 'until', zh: '停用', ask: '何时停用？', type: 'date', datum: 'canteen.until', optional: true },
      ],
    },
  ],
}
const subject = {
  countyId: yexian,
  kind: 'institution',
  id: school.rendianCentral,
  name: '任店镇中心小学',
} as const
const day = '2023-10-01'
const by = { name: '李老师', origin: 'hand' } as const

let world: TestDatabase
before(async () => {
  world = await smallWorld()
  await publishForms(world.db.pool, { forms: new Map([[form.id, form]]) } as unknown as Plan)
})
after(() => world.close())

const within = <T>(scope: Scope, work: Parameters<typeof world.db.transaction<T>>[1]) =>
  world.db.transaction({ asOf: day, ...scope }, work)

async function opened(scope: Scope, period = '2023') {
  return within(scope, async (tx) => {
    const filingId = await openFiling(tx, form, { id: period, dueOn: `${period}-10-15` }, subject, by.name)
    return (await findFiling(tx, filingId))!.filing
  })
}

test('a form is kept under its version; the same version with other words is a fault', async () => {
  const changed = { ...form, zh: '食堂和小卖部情况表' }
  await assert.rejects(
    publishForms(world.db.pool, { forms: new Map([[form.id, changed]]) } as unknown as Plan),
    Fault,
  )
  await publishForms(world.db.pool, {
    forms: new Map([[form.id, { ...changed, version: 2 }]]),
  } as unknown as Plan)
  const filing = await opened(all)
  const read = await within(all, (tx) => findFiling(tx, filing.filingId))
  assert.equal(read?.form.zh, '食堂情况表')
})

test('choices listed from the plan may grow under the same version: none that was there is taken away', async () => {
  const choosing = (zh: string, ...codes: string[]): ReturnForm => ({
    ...form,
    id: 'choosing',
    parts: [
      {
        zh: '选项',
        fields: [
          {
            id: 'item',
            zh,
            ask: '哪一项？',
            type: 'code',
            codesFrom: 'plan-items',
            codes: codes.map((code) => ({ code, zh: code })),
          },
        ],
      },
    ],
  })
  const publish = (each: ReturnForm) =>
    publishForms(world.db.pool, { forms: new Map([[each.id, each]]) } as unknown as Plan)
  await publish(choosing('任务项', 'm1', 'm2'))
  await publish(choosing('任务项', 'm2', 'm3'))
  const { rows } = await world.db.pool.query(
    "select jsonb_path_query_array(definition, '$.parts[0].fields[0].codes[*].code') as codes from returns.form where form_id = 'choosing'",
  )
  assert.deepEqual(rows[0].codes, ['m2', 'm3', 'm1'])
  await assert.rejects(publish(choosing('别的任务项', 'm2', 'm3')), Fault)
})

test('who must file comes from the registry of the day, narrowed as the form says', async () => {
  const names = (form: ReturnForm['subject'], on = day) =>
    within(all, async (tx) => (await listSubjects(tx, form, on)).map(({ id }) => id))
  assert.deepEqual(await names({ each: 'institution', kinds: ['kindergarten'] }), [
    school.rendianKindergarten,
  ])
  assert.equal((await names({ each: 'county' })).length, 2)
  assert.deepEqual(await names({ each: 'institution', kinds: ['kindergarten'] }, '2000-01-01'), [])
  const primary = await names({ each: 'institution', stages: ['primary'] })
  const rural = await names({ each: 'institution', stages: ['primary'], area: 'rural' })
  const urban = await names({ each: 'institution', stages: ['primary'], area: 'urban' })
  assert.deepEqual([...rural, ...urban].sort(), primary.toSorted())
})

test('two writers who saw the same cell: one is written, the other comes back with both values; nothing is lost', async () => {
  const filing = await opened(all)
  const writing = (value: number | null, saw: number | null, name: string) =>
    within(all, async (tx) => {
      await findFiling(tx, filing.filingId, 'locked')
      const changes = [{ line: 0, field: 'seats', value, saw }]
      return writeAnswers(tx, filing, await readAnswers(tx, filing), changes, { ...by, name })
    })
  const came = await Promise.all([writing(80, null, '甲'), writing(90, null, '乙')])
  const lost = came.flat()
  assert.equal(lost.length, 1)
  const stands = lost[0]!.now
  assert.deepEqual(new Set([stands, lost[0]!.value]), new Set([80, 90]))
  assert.deepEqual(await writing(stands as number, null, '丙'), [], 'the same value again is no conflict')
  assert.deepEqual(await writing(null, stands as number, '丁'), [])
  const changes = await within(all, (tx) => listChanges(tx, filing, 0, 'seats'))
  assert.deepEqual(
    changes.map(({ was, became }) => [was, became]),
    [
      [stands, null],
      [null, stands],
    ],
  )
  assert.deepEqual(await within(all, (tx) => readAnswers(tx, filing)), [])
})

test('an approved filing stands in the books from then on; a second approval replaces it, the first stays readable as of then', async () => {
  const filing = await opened(all, '2022')
  const approve = (seats: number, until: string | null) =>
    within(all, (tx) =>
      enterFiling(tx, filing, form, {
        once: { seats, since: '2022-09-01', ...(until && { until }) },
        lines: [],
      }),
    )
  await approve(70, '2024-01-31')
  const moment = (
    await within(all, (tx) => sql<{ now: string }>`select clock_timestamp() as now`.execute(tx))
  ).rows[0]!.now
  await approve(75, null)
  const seats = (scope: Scope) =>
    within(scope, async (tx) => {
      const { rows } = await sql<{ seats: number }>`
        select (answers->>'seats')::integer as seats from book.filed where form_id = 'canteen'`.execute(tx)
      return rows.map((row) => row.seats)
    })
  assert.deepEqual(await seats({ ...all, asOf: '2024-02-01' }), [75])
  assert.deepEqual(await seats({ ...all, asOf: '2024-01-31', knownAt: moment }), [70])
  assert.deepEqual(await seats({ ...all, asOf: '2024-02-01', knownAt: moment }), [], 'it no longer held')
  assert.deepEqual(await seats({ counties: [lushan], asOf: '2024-02-01' }), [], "another county's book")
  const before = async (period: string, one?: typeof subject) =>
    (await within(all, (tx) => readFormBefore(tx, form, period, one))).get(`${yexian} ${subject.id}`)
  assert.equal((await before('2023'))?.once.seats, 75)
  assert.equal((await before('2023', subject))?.once.seats, 75)
  assert.equal(await before('2022'), undefined)
})

test('steps are numbered: whoever comes second with the same step is refused by the book itself', async () => {
  const filing = await opened(all, '2021')
  const submit = () =>
    within(all, (tx) =>
      takeStep(tx, filing, {
        act: 'submit',
        hand: 'filler',
        after: { phase: 'submitted', atLevel: 'county' },
        by: by.name,
      }),
    )
  await submit()
  await assert.rejects(submit(), /step_once/)
  const [after] = await within(all, (tx) => listFilings(tx, form.id, '2021'))
  assert.deepEqual([after?.phase, after?.atLevel, after?.revision], ['submitted', 'county', 1])
  const first = after?.firstSubmittedAt
  const step = (act: 'return' | 'submit', revision: number, phase: 'returned' | 'submitted') =>
    within(all, (tx) =>
      takeStep(
        tx,
        { ...filing, revision },
        {
          act,
          hand: act === 'submit' ? 'filler' : 'county',
          after: { phase, atLevel: phase === 'submitted' ? 'county' : null },
          reason: '座位数与上年相差过大',
          cells: [{ line: 0, field: 'seats', says: '请核对' }],
          by: by.name,
        },
      ),
    )
  await step('return', 1, 'returned')
  await step('submit', 2, 'submitted')
  const [again] = await within(all, (tx) => listFilings(tx, form.id, '2021'))
  assert.equal(again?.firstSubmittedAt, first, 'the day of the first handing-in stays')
  const steps = await within(all, (tx) => listSteps(tx, filing))
  assert.deepEqual(
    steps.map(({ revision, act, cells }) => [revision, act, cells?.length]),
    [
      [1, 'submit', 0],
      [2, 'return', 1],
      [3, 'submit', 1],
    ],
  )
})

test("a school sees and writes its own filings and no other's", async () => {
  const filing = await opened(all)
  const other: Scope = { counties: [yexian], institutions: [school.rendianKindergarten] }
  assert.equal(await within(other, (tx) => findFiling(tx, filing.filingId)), undefined)
  await assert.rejects(opened(other, '2020'), /row-level security/)
  const own: Scope = { counties: [yexian], institutions: [school.rendianCentral] }
  assert.equal((await within(own, (tx) => findFiling(tx, filing.filingId)))?.filing.filingId, filing.filingId)
})

test('lines are gathered in their order, apart from what is asked once', () => {
  assert.deepEqual(
    gatherAnswers([
      { line: 2, field: 'size', value: 30 },
      { line: 0, field: 'seats', value: 3 },
      { line: 1, field: 'size', value: 31 },
    ]),
    {
      once: { seats: 3 },
      lines: [
        { line: 1, answers: { size: 31 } },
        { line: 2, answers: { size: 30 } },
      ],
    },
  )
})
