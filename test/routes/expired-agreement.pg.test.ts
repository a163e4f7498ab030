import assert from 'node:assert/strict'
import { after, before, mock, test } from 'node:test'
import { workOnJobs } from '../../src/app/work-on-jobs.ts'
import { supervision } from '../../src/features/supervision/index.ts'
import { agree } from '../plan/world-pen.for-tests.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let rural: { county: number; id: number }
let urban: { id: number }
let dismissed: { id: number }
let county: string

before(async () => {
  hamlet = await servedHamlet(supervision.routes)
  const { rows } = await hamlet.owner.query(`
    select county_id as county, institution_id::float8 as id, urban_rural as area from registry.institution
     where kind = 'primary-school' and upper_inf(valid) and known_to = 'infinity' order by county_id, institution_id`)
  rural = rows.find(({ area }) => area.startsWith('2'))
  urban = rows.find((row) => row.county === rural.county && row.area.startsWith('1')) ?? rows[0]
  dismissed = rows.find(
    ({ area, county, id }) => area.startsWith('2') && county === rural.county && id !== rural.id,
  )
  county = `county-${rural.county}`
})
after(() => hamlet.close())

/** The day people work on. */
function itIs(day: string): void {
  Object.assign(hamlet.books.site, { generatedUntil: day })
}

/** A night of a real site: its worker begins the regular work of the day, as it does every minute. */
async function night(day: string): Promise<void> {
  const { generatedUntil: _, ...site } = hamlet.books.site
  mock.timers.enable({ apis: ['Date', 'setInterval'], now: new Date(`${day}T00:00:00+08:00`) })
  const worker = workOnJobs({ ...hamlet.books, site }, { kinds: [] })
  mock.timers.tick(60_000)
  await worker.stop()
  mock.timers.reset()
  itIs(day)
}

const nightsDone = async () => {
  const { rows } = await hamlet.owner.query(
    "select facts from audit.entry where act = 'daily.findings' and outcome = 'done' order by seq",
  )
  return rows.map(({ facts }) => facts)
}

async function step(account: string, id: number, act: string, hand: string, more: object = {}) {
  const { revision } = (await hamlet.ask(account, 'GET', `/api/findings/${id}`)).body
  const done = await hamlet.ask(account, 'POST', `/api/findings/${id}/steps`, {
    act,
    hand,
    revision,
    ...more,
  })
  assert.equal(done.status, 200, `${act}: ${JSON.stringify(done.body)}`)
}

const shown = async (id: number, asOf?: string) =>
  (await hamlet.ask('city-supervision', 'GET', `/api/findings/${id}${asOf ? `?asOf=${asOf}` : ''}`)).body

const agreed = (school: number, days: { from: string; to: string }) =>
  hamlet.books.db.transaction({ counties: [rural.county] }, (tx) =>
    agree({ tx, plan: hamlet.books.plan }, 'pairing', urban.id, school, days, rural.county),
  )

async function foundAt(school: number) {
  const asked = `/api/findings?rule=rural-school-helped&county=${rural.county}`
  const { body } = await hamlet.ask('city-supervision', 'GET', asked)
  return body.rows.find(({ subjectId }: { subjectId: number }) => subjectId === school)
}

async function judgedByHand(): Promise<void> {
  const { body } = await hamlet.ask('city-supervision', 'POST', '/api/findings/judgements')
  for (let tries = 0; tries < 480; tries += 1) {
    const { rows } = await hamlet.owner.query('select state from jobs.job where job_id = $1', [body.jobId])
    if (rows[0]?.state === 'done') return
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  assert.fail('the rules were not judged')
}

test('a gap is found, mended, rechecked and crossed off; the agreement ends, and that very day the night opens it again with its history', async () => {
  itIs('2024-09-02')
  await judgedByHand()
  const { findingId: id, number } = await foundAt(rural.id)
  const owner = { unit: '教育主管部门', person: '李四', cause: 'management' }
  await step('city-supervision', id, 'assign', 'city', { owner })
  await step(county, id, 'sign', 'rectifier')

  await agreed(rural.id, { from: '2024-09-10', to: '2024-12-31' })
  await night('2024-09-10')
  assert.equal((await shown(id)).conditionMet, true)
  await step(county, id, 'answer', 'rectifier', { says: '已与城区小学签订帮扶协议' })
  await step('city-supervision', id, 'recheck', 'city', { says: '查验协议属实' })
  await step('city-supervision', id, 'close', 'city')
  const closed = await shown(id)
  assert.equal(closed.phase, 'closed')

  await night('2024-12-31')
  assert.equal((await shown(id)).phase, 'closed', 'the last day is covered')
  await night('2025-01-01')
  const back = await shown(id)
  assert.deepEqual(
    [back.phase, back.relapses, back.number, back.foundOn, back.steps.at(-1).act],
    ['opened', 1, number, '2025-01-01', 'reopen'],
  )
  assert.equal(back.steps.at(-1).says, '帮扶协议已于 2024-12-31 到期')
  assert.deepEqual(back.steps.slice(0, -1), closed.steps, 'what was done before stands as it was')
  assert.equal((await shown(id, '2024-12-31')).phase, 'closed', 'on the day before it was closed')

  await night('2025-01-01')
  assert.equal((await shown(id)).steps.length, back.steps.length, 'a second run on the day opens nothing')
  assert.equal((await nightsDone()).length, 4)
  assert.equal((await nightsDone())[2].reopened >= 1, true)
})

test('a gap that was dismissed rests only until it is covered: when that agreement ends, the night opens it again', async () => {
  const { findingId: id } = await foundAt(dismissed.id)
  await step('city-supervision', id, 'dismiss', 'city', { says: '该校拟撤并，本学期不再结对' })
  await night('2025-01-02')
  assert.equal((await shown(id)).phase, 'closed', 'the same gap')
  await agreed(dismissed.id, { from: '2025-01-03', to: '2025-06-30' })
  await night('2025-01-03')
  const covered = await shown(id)
  assert.deepEqual([covered.phase, covered.steps.at(-1).act], ['closed', 'condition-met'])
  await night('2025-06-30')
  assert.equal((await shown(id)).steps.length, covered.steps.length, 'noted once')
  await night('2025-07-01')
  const back = await shown(id)
  assert.deepEqual(
    [back.phase, back.relapses, back.foundOn, back.dismissed],
    ['opened', 1, '2025-07-01', false],
  )
  assert.deepEqual(back.steps.slice(0, -1), covered.steps, 'what was done before stands as it was')
})
