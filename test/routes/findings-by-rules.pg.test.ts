import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { supervision } from '../../src/features/supervision/index.ts'
import { openByRules, openDaily } from '../../src/features/supervision/open-by-rules.ts'
import { judgeCoverage } from '../../src/records/duties/judge-coverage.ts'
import { listFindings } from '../../src/records/findings/list-findings.ts'
import { openFinding, platformFinder } from '../../src/records/findings/open-findings.ts'
import { file } from '../plan/world-pen.for-tests.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let counties: number[]
let rural: { county: number; id: number }
let urban: { id: number }
const day = '2024-09-01'

before(async () => {
  hamlet = await servedHamlet(supervision.routes)
  const { rows } = await hamlet.owner.query(
    "select county_id as id from registry.county where kind = 'county' order by 1",
  )
  counties = rows.map(({ id }) => id)
  const schools = await hamlet.owner.query(`
    select county_id as county, institution_id::float8 as id, urban_rural as area from registry.institution
     where kind = 'primary-school' and upper_inf(valid) and known_to = 'infinity' order by county_id, institution_id`)
  rural = schools.rows.find(({ area }) => area.startsWith('2'))
  urban = schools.rows.find(({ area }) => area.startsWith('1'))
})
after(() => hamlet.close())

const run = (on: string, of = counties) => openByRules(hamlet.books, of, on)
const listed = (on: string, filter: Parameters<typeof listFindings>[1] = {}) =>
  hamlet.books.db.transaction({ counties, asOf: on }, (tx) => listFindings(tx, filter, { limit: 100_000 }))

async function helpedUntil(last: string) {
  const { rows } = await hamlet.owner.query(
    `insert into returns.filing (county_id, form_id, version, period, subject_kind, subject_id, phase, opened_by)
     values ($1, 'pairing-agreement', 2, '1', 'county', $1::integer, 'approved', '测试') returning filing_id as id`,
    [rural.county],
  )
  await hamlet.owner.query(
    `insert into returns.entry (county_id, filing_id, form_id, version, period, subject_kind, subject_id, line, answers, valid)
     values ($1, $2, 'pairing-agreement', 2, '1', 'county', $1::integer, 0, $3, daterange('2024-09-01', $4::date, '[]'))`,
    [rural.county, rows[0].id, { helper: urban.id, helped: rural.id, kind: 'pairing' }, last],
  )
}
const ofRural = async (on: string) =>
  (await listed(on, { rule: 'rural-school-helped' })).find(({ subjectId }) => subjectId === rural.id)

let opened = 0

test('the daily run waits in each county until a rule has opened something there', async () => {
  await openDaily(hamlet.books, counties, day)
  assert.deepEqual(await listed(day), [])
  const [begun] = counties
  const item = 'M8.7'
  await hamlet.books.db.transaction({ counties: [begun!], asOf: day }, (tx) =>
    openFinding(
      tx,
      {
        ...{ source: 'check', rule: 'found-when-somebody-asked', item, says: '与台账不符' },
        quote: [hamlet.books.plan.items.get(item)!.quote].flat().join('……'),
        subject: { countyId: begun!, kind: 'county', id: begun! },
        ...{ ownerLevel: 'county', supervision: 'monitoring', severity: 'ordinary' },
      },
      platformFinder,
      day,
    ),
  )
  const daily = await openDaily(hamlet.books, counties, day)
  assert.ok(daily.opened > 0)
  const all = await listed(day)
  assert.deepEqual([...new Set(all.map(({ countyId }) => countyId))], [begun])
  opened = all.length
})

test('each uncovered X of what is owed is one finding with the words of the plan; a second run opens nothing', async () => {
  const first = await run(day)
  assert.ok(first.opened > 0)
  const all = await listed(day)
  assert.equal(all.length, opened + first.opened)
  const judged = await judgeCoverage(hamlet.books.db, hamlet.books.plan, { counties, asOf: day })
  const named = judged
    .filter(
      ({ duty, due, refused, reading }) =>
        duty.force !== 'encouraged' && !(due && day <= due) && !refused && !reading,
    )
    .flatMap(({ duty, counties: of }) =>
      of.flatMap(({ gaps }) => gaps.filter(({ known }) => known).map(() => duty.id)),
    )
  const single = all.filter(({ rule }) => !hamlet.books.plan.coverage.get(rule ?? '')?.countedReadings)
  assert.deepEqual(
    single
      .filter(({ source }) => source === 'duty')
      .map(({ rule }) => rule)
      .sort(),
    named.sort(),
  )
  for (const { item, quote, found } of all.slice(0, 50)) {
    assert.equal(quote, [hamlet.books.plan.items.get(item)?.quote].flat().join('……'))
    assert.notEqual(found, '')
  }
  const encouraged = [...hamlet.books.plan.coverage.values()].filter(({ force }) => force === 'encouraged')
  assert.ok(encouraged.length > 0)
  assert.ok(all.every(({ rule }) => !encouraged.some(({ id }) => id === rule)))
  assert.deepEqual(await run(day), { opened: 0, reopened: 0, met: 0, escalated: 0 })
})

test('a gap that vanishes waits for a person with its mark; an agreement that ends brings the finding back that day', async () => {
  assert.equal((await ofRural(day))?.phase, 'opened')
  await helpedUntil('2024-12-31')
  assert.equal((await run('2024-10-08')).met, 1)
  const met = await ofRural('2024-10-08')
  assert.deepEqual([met?.conditionMet, met?.phase], [true, 'opened'])
  await run('2024-12-31')
  assert.equal((await ofRural('2024-12-31'))?.conditionMet, true)
  await run('2025-01-01')
  const back = await ofRural('2025-01-01')
  assert.deepEqual([back?.conditionMet, back?.phase], [false, 'opened'])
})

test('a kindergarten that advertises under another name than the approved one is a finding, until its filing says the approved one', async () => {
  const { rows } = await hamlet.owner.query(`
    select county_id as county, institution_id::float8 as id, name from registry.institution
     where kind = 'kindergarten' and upper_inf(valid) and known_to = 'infinity' order by county_id, institution_id limit 2`)
  const [renamed, honest] = rows as { county: number; id: number; name: string }[]
  const on = '2025-01-02'
  const filed = (of: { county: number; id: number }, name: string) =>
    hamlet.books.db.transaction({ counties: [of.county], asOf: on }, (tx) =>
      file(
        { tx, plan: hamlet.books.plan },
        'kindergarten-admission',
        { county: of.county, institution: of.id, period: '2024' },
        { 'advert-name': name, 'name-as-approved': 'yes' },
      ),
    )
  const found = () => listed(on, { rule: 'kindergarten-admission.registered-name' })
  await filed(honest!, ` ${honest!.name}`)
  await filed(renamed!, '金色摇篮国际双语幼儿园')
  assert.equal((await run(on)).opened, 1)
  const [finding, ...others] = await found()
  assert.deepEqual(others, [])
  assert.deepEqual(
    [finding?.subjectId, finding?.source, finding?.item, finding?.ownerLevel, finding?.quote],
    [renamed!.id, 'check', 'M4.3', 'institution', '严禁幼儿园使用与审批不一致的名称'],
  )
  assert.equal(finding?.found, `广告用“金色摇篮国际双语幼儿园”，审批名称是“${renamed!.name}”`)
  assert.equal((await run(on)).opened, 0)
  await filed(renamed!, renamed!.name)
  assert.equal((await run(on)).met, 1)
  assert.equal((await found())[0]?.conditionMet, true)
})

/** What an approved filing brings on a day: what its check opened of its subject, by rule. */
const foundIn = async (on: string, rules: readonly string[]) =>
  Object.fromEntries(
    await Promise.all(
      rules.map(async (rule) => {
        const found = await listed(on, { rule })
        return [
          rule,
          found.map(({ subjectId, phase, conditionMet }) => [subjectId, phase, conditionMet]),
        ] as const
      }),
    ),
  )
const filed = (on: string, ...of: Parameters<typeof file> extends [unknown, ...infer Rest] ? Rest : never) =>
  hamlet.books.db.transaction({ counties: [rural.county], asOf: on }, (tx) =>
    file({ tx, plan: hamlet.books.plan }, ...of),
  )
const explained = async (formId: string, check: string, line: number, found: object) =>
  hamlet.owner.query(
    `insert into returns.explanation (county_id, filing_id, institution_id, check_id, line, found, says, said_by)
     select county_id, filing_id, institution_id, $2, $3, $4, '属实', '测试' from returns.filing
      where form_id = $1 and subject_id = $5`,
    [formId, check, line, found, rural.id],
  )

test('an approved filing that breaks a rule of the plan is a finding: an error and an unexplained doubt, no hint, nothing that only keeps figures sound', async () => {
  const on = '2025-01-03'
  const of = { county: rural.county, institution: rural.id, period: '2024' }
  const lesson = { 'daily-sport': 40, labour: 0, arts: 9, lessons: 4, computing: 0, sport: 0 }
  await filed(on, 'timetable', { ...of, period: '2024-1' }, {}, [{ ...lesson, complete: 'no' }])
  await filed(on, 'laboratory-teaching', of, { rooms: 2, 'rooms-standard': 1, done: 9, owed: 10 })
  await filed(on, 'growth-plan', of, { years: 9, 'begins-on': '2024-09-01', 'ends-on': '2033-08-31' })
  const rules = ['timetable.labour', 'timetable.daily-sport', 'laboratory-teaching.done', 'growth-plan.cycle']
  const none = ['timetable.sum', 'timetable.complete', 'laboratory-teaching.standard', 'growth-plan.order']
  await explained('timetable', 'timetable.complete', 1, { complete: 'no' })
  await explained('timetable', 'timetable.labour', 1, { labour: 0 })
  // said of other figures than those that stand
  await explained('laboratory-teaching', 'laboratory-teaching.done', 0, { done: 8, owed: 10 })
  assert.equal((await run(on)).opened, 4)
  const open = [[rural.id, 'opened', false]]
  assert.deepEqual(await foundIn(on, [...rules, ...none]), {
    ...Object.fromEntries(rules.map((rule) => [rule, open])),
    ...Object.fromEntries(none.map((rule) => [rule, []])),
  })
  const [cycle] = await listed(on, { rule: 'growth-plan.cycle' })
  assert.deepEqual(
    [cycle?.severity, cycle?.item, cycle?.ownerLevel, cycle?.thing, cycle?.found],
    ['serious', 'M8.5', 'institution', 'growth-plan.2024', '规划周期不是三至五年（成长规划周期：9）'],
  )
  const [labour] = await listed(on, { rule: 'timetable.labour' })
  assert.equal(labour?.severity, 'ordinary')
  assert.deepEqual(await run(on), { opened: 0, reopened: 0, met: 0, escalated: 0 })
  await filed(on, 'laboratory-teaching', of, { rooms: 2, 'rooms-standard': 1, done: 10, owed: 10 })
  assert.equal((await run(on)).met, 1)
  assert.deepEqual((await foundIn(on, ['laboratory-teaching.done']))['laboratory-teaching.done'], [
    [rural.id, 'opened', true],
  ])
  await filed(on, 'laboratory-teaching', of, { rooms: 2, 'rooms-standard': 1, done: 7, owed: 10 })
  await run(on)
  assert.deepEqual((await foundIn(on, ['laboratory-teaching.done']))['laboratory-teaching.done'], open)
})

test('a county senior high school below standard is a finding whatever it explains, until its filing says that nothing is left (M12.2)', async () => {
  const on = '2025-01-04'
  const rule = 'senior-development.county-senior'
  const of = (left: number) =>
    filed(
      on,
      'senior-development',
      { county: rural.county, institution: rural.id, period: '2024' },
      { 'county-senior': 'yes', 'not-met': left, lacking: '学生宿舍' },
    )
  await of(2)
  await explained('senior-development', rule, 0, { 'not-met': 2 })
  assert.equal((await run(on)).opened, 1)
  const [finding, ...others] = await listed(on, { rule })
  assert.deepEqual(others, [])
  assert.deepEqual([finding?.item, finding?.subjectId, finding?.severity], ['M12.2', rural.id, 'ordinary'])
  assert.match(finding?.found ?? '', /县中条件未达标项数：2.*县中最缺什么：学生宿舍/)
  assert.deepEqual(await run(on), { opened: 0, reopened: 0, met: 0, escalated: 0 })
  await of(0)
  assert.equal((await run(on)).met, 1)
  assert.equal((await listed(on, { rule }))[0]?.conditionMet, true)
})

test('lines of one filing that break a rule are one finding; another entry of a book by event is another', async () => {
  const on = '2025-01-04'
  const steps = [
    { added: 10, planned: 40, 'largest-class': 45 },
    { added: 0, planned: 20, 'largest-class': 70 },
    { added: 20, planned: 20, 'largest-class': 45 },
  ]
  await filed(on, 'expansion-steps', { county: rural.county, period: '2024' }, { schools: 3 }, steps)
  const estate = { 'delivered-on': '2024-10-01', 'listed-on': '2024-09-01', stage: 'built' }
  for (const period of ['1', '2'])
    await filed(on, 'estate-kindergarten', { county: rural.county, period }, estate)
  await run(on)
  const behind = (await listed(on, { rule: 'expansion-steps.behind' })).map(({ found }) => found)
  assert.equal(behind.length, 1)
  assert.match(behind[0]!, /第 1 行.*10.*；第 2 行/)
  assert.equal((await listed(on, { rule: 'expansion-steps.large-class' })).length, 1)
  const estates = await listed(on, { rule: 'estate-kindergarten.handed-over' })
  assert.deepEqual(estates.map(({ thing, ownerLevel }) => [thing, ownerLevel]).sort(), [
    ['estate-kindergarten.1', 'county'],
    ['estate-kindergarten.2', 'county'],
  ])
})

test('by the button it runs as a job of the county that asked, over that county alone', async () => {
  const county = counties.find((id) => id !== rural.county) ?? rural.county
  const { status, body } = await hamlet.ask(`county-${county}`, 'POST', '/api/findings/judgements')
  assert.equal(status, 200)
  for (let tries = 0; tries < 240; tries += 1) {
    const { rows } = await hamlet.owner.query(
      'select state, result, problem from jobs.job where job_id = $1',
      [body.jobId],
    )
    if (['done', 'failed'].includes(rows[0].state)) {
      assert.deepEqual(rows[0], {
        state: 'done',
        result: { opened: 0, reopened: 0, met: 0, escalated: 0 },
        problem: null,
      })
      return
    }
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  assert.fail('the job did not end')
})
