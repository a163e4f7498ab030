import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { supervision } from '../../src/features/supervision/index.ts'
import { complaintDesk, type Kindergarten, kindergartensIn } from './complaint-desk.for-tests.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let gardens: readonly Kindergarten[]
let garden: Kindergarten
let officer: string

before(async () => {
  hamlet = await servedHamlet(supervision.routes)
  gardens = await kindergartensIn(hamlet)
  garden = gardens[0]!
  officer = `county-${garden.county}`
})
after(() => hamlet.close())

const { handIn, listed, step } = complaintDesk(
  () => hamlet,
  () => garden.county,
)

/** Waits for what must come; a minute is long enough for any machine. */
async function until(there: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; !(await there()); )
    if (Date.now() > end) throw new Error('what was waited for did not come')
}

type CountLocks = (held: boolean, county: number) => Promise<number>

/** `work` while a county's books are locked by a writer; told how many others hold, or wait for, a county's lock. */
async function whileSomebodyWrites<T>(county: number, work: (locks: CountLocks) => Promise<T>): Promise<T> {
  const writer = await hamlet.owner.connect()
  await writer.query(`begin; select pg_advisory_xact_lock(7340002, ${county})`)
  const locks: CountLocks = async (held, of) => {
    const { rowCount } = await writer.query(
      `select pid from pg_locks where classid = 7340002 and objid = $1 and granted = $2
          and pid <> pg_backend_pid() and database = (select oid from pg_database where datname = current_database())`,
      [of, held],
    )
    return rowCount ?? 0
  }
  try {
    return await work(locks)
  } finally {
    await writer.query('commit')
    writer.release()
  }
}

test('of two who turn one complaint into a finding at once, the second opens none', async () => {
  await handIn({ rule: undefined })
  const { complaintId: id } = (await listed(officer, '?stand=received')).rows.at(-1)
  await step(officer, id, 'take')
  const findings = async () =>
    (await hamlet.owner.query('select count(*)::int as count from findings.finding')).rows[0].count
  const before = await findings()
  // Somebody writes in the county's books until both wait for them, so that both have read the same stand.
  const both = await whileSomebodyWrites(garden.county, async (locks) => {
    const asked = ['M4.5', 'M4.3'].map((item) =>
      hamlet.ask(officer, 'POST', `/api/complaints/${id}/steps`, {
        ...{ act: 'found', revision: 1, finding: { institutionId: garden.id, item, says: `${item}查实` } },
      }),
    )
    await until(async () => (await locks(false, garden.county)) === 2)
    return asked
  })
  const answers = (await Promise.all(both)).map(({ body }) => body.refusal?.code ?? body.stand)
  assert.deepEqual(answers.sort(), ['found', 'supervision.moved-meanwhile'])
  assert.equal((await findings()) - before, 1, 'no finding that no complaint leads to')
})

test('a complaint that becomes a finding of another county locks both counties in their order', async () => {
  const [low, high] = [gardens[0]!, gardens.at(-1)!]
  assert.ok(low.county < high.county)
  await handIn({ countyId: high.county })
  const city = 'city-supervision'
  const { complaintId: id } = (await listed(city, `?stand=received&county=${high.county}`)).rows.at(-1)
  await step(city, id, 'take')
  // Somebody writes in the lower county's books: whoever waits for them must not hold the higher county's meanwhile.
  const finding = { institutionId: low.id, rule: 'kindergarten-regulation.fire-safety', says: '通道堆物' }
  const [found] = await whileSomebodyWrites(low.county, async (locks) => {
    const asked = hamlet.ask(city, 'POST', `/api/complaints/${id}/steps`, {
      ...{ act: 'found', revision: 1, finding },
    })
    await until(async () => (await locks(false, low.county)) === 1)
    assert.equal(await locks(true, high.county), 0)
    return [asked]
  })
  const { body } = await found!
  assert.equal(body.stand, 'found', JSON.stringify(body))
  const shown = (await hamlet.ask(city, 'GET', `/api/findings/${body.findingId}`)).body
  assert.deepEqual([shown.countyId, shown.subjectId], [low.county, low.id])
  await step(city, id, 'answer', { says: '已由所在县督促整改' })
})
