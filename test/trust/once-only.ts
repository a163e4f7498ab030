import assert from 'node:assert/strict'
import { seats } from '../../src/features/seats/index.ts'
import { type Answer, type ServedHamlet, servedHamlet } from '../routes/served-hamlet.ts'
import { scenarioRequest } from './scenario-request.ts'

const officer = 'county-410422'
/** Keys tried together: with twenty requests each, as many as a busy minute brings. */
const together = 25

/** What was seen while the same things were asked for again and again. */
export interface OnceFigures {
  readonly requests: number
  readonly rows: number
  /** Requests under a used key with another body, each refused. */
  readonly otherBodies: number
  /** Names saved at once under keys of their own: one stands, the others were told which. */
  readonly sameNames: number
  readonly seconds: number
}

/**
 * D5 — sends `keys` savings `twins` times at once each, then each key with another body, then one name under several
 * keys. Throws unless each was done once, answered alike, and every other was told why not.
 */
export async function trustOnce(keys: number, twins: number): Promise<OnceFigures> {
  const hamlet = await servedHamlet(seats.routes)
  try {
    const started = performance.now()
    const rows = await sameKey(hamlet, keys, twins)
    await otherBody(hamlet, keys)
    const sameNames = Math.ceil(keys / 10)
    await sameName(hamlet, sameNames, twins)
    assert.equal((await savedNames(hamlet)).length, keys + sameNames, 'nothing else was written')
    const seconds = Math.round((performance.now() - started) / 100) / 10
    return { requests: keys * twins + keys + sameNames * twins, rows, otherBodies: keys, sameNames, seconds }
  } finally {
    await hamlet.close()
  }
}

function save({ ask }: ServedHamlet, account: string, key: string, name: string): Promise<Answer> {
  const headers = { 'idempotency-key': key }
  return ask(account, 'POST', '/api/seats/scenarios', scenarioRequest(name), headers)
}

async function sameKey(hamlet: ServedHamlet, keys: number, twins: number): Promise<number> {
  await inGroups(keys, async (n) => {
    const answers = await times(twins, () => save(hamlet, 'city', `key-${n}`, `只办一次${n}`))
    for (const { status, body } of answers) assert.equal(status, 200, JSON.stringify(body))
    assert.equal(new Set(answers.map(({ bytes }) => bytes.toString())).size, 1, 'one answer to all')
  })
  const names = await savedNames(hamlet)
  assert.deepEqual([names.length, new Set(names).size], [keys, keys], 'each saved once')
  return names.length
}

async function otherBody(hamlet: ServedHamlet, keys: number): Promise<void> {
  await inGroups(keys, async (n) => {
    const { status, body } = await save(hamlet, 'city', `key-${n}`, `另一件事${n}`)
    assert.deepEqual([status, body.refusal?.code], [422, 'request.key-reused'])
  })
}

/** One county's officer at two desks, or two officers: the second name is told which scenario has it. */
async function sameName(hamlet: ServedHamlet, names: number, twins: number): Promise<void> {
  await inGroups(names, async (n) => {
    const answers = await times(twins, (twin) => save(hamlet, officer, `name-${n}-${twin}`, `同名${n}`))
    const [first, ...more] = answers.filter(({ status }) => status === 200)
    assert.ok(first && more.length === 0, `one of ${twins} is saved, not ${more.length + 1}`)
    for (const { status, body } of answers.filter((each) => each !== first)) {
      assert.deepEqual([status, body.refusal?.code], [409, 'seats.name-taken'], JSON.stringify(body))
      assert.equal(body.refusal.facts.scenarioId, first.body.scenarioId)
      assert.match(body.text, new RegExp(`第 ${first.body.scenarioId} 号`))
    }
  })
}

async function savedNames({ owner }: ServedHamlet): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>('select name from seats.scenario')
  return rows.map(({ name }) => name)
}

const times = <T>(count: number, work: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, n) => work(n)))

async function inGroups(count: number, work: (n: number) => Promise<void>): Promise<void> {
  for (let from = 0; from < count; from += together)
    await times(Math.min(together, count - from), (n) => work(from + n))
}
