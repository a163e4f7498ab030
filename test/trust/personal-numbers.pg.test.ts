import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { fieldNames, purposeNames } from '../../src/features/people/contract.ts'
import { checkDigit } from '../../src/records/people/identity/resident-id.ts'
import { seededNumber, seededPhone } from './authorisation-belongings.ts'
import { authorisationWorld, type TrialWorld } from './authorisation-world.ts'
import { lookForNumbers, numberedServer, numbers, tablesWith } from './personal-numbers.ts'
import { textWithin } from './text-within.ts'

let world: TrialWorld
let server: FastifyInstance
before(async () => {
  world = await authorisationWorld()
  server = (await numberedServer(world)).server
})
after(async () => {
  await server.close()
  await world.close()
})

const headersOf = (name: string) => world.accounts.find((each) => each.name === name)!.headers
let serial = 0
const act = async (name: string, url: string, payload: object) => {
  const headers = { ...headersOf(name), 'idempotency-key': `trial-${serial++}` }
  const response = await server.inject({ method: 'POST', url, headers, payload })
  return { status: response.statusCode, body: response.json() }
}
const child = () => world.known.personId![0] as number
const unmask = (body: object) => act('own-principal', `/api/people/pupils/${child()}/unmask`, body)
const opened = async () => {
  const { rows } = await world.owner.query<{ field: string; purpose: string; account: string }>(
    "select field, purpose, account from people.access_record where person_id = $1 and act = 'unmask' order by access_id",
    [child()],
  )
  return rows
}

test('a masked field opens for a purpose that is recorded, and for no other word', async () => {
  const plain = new Set(world.plain)
  for (const field of Object.keys(fieldNames)) {
    const before = (await opened()).length
    for (const body of [
      { field },
      { field, purpose: '' },
      { field, purpose: '看看' },
      { field, purpose: null },
    ])
      assert.equal((await unmask(body)).status, 400, JSON.stringify(body))
    assert.equal((await opened()).length, before)
    for (const purpose of Object.keys(purposeNames)) {
      const { status, body } = await unmask({ field, purpose })
      assert.equal(status, 200)
      assert.ok(plain.has(body.plain), `${field}: ${body.plain}`)
      assert.deepEqual((await opened()).at(-1), { field, purpose, account: 'own-principal' })
    }
  }
})

test('a list with numbers in plain takes a second person', async () => {
  const asked = await act('own-principal', '/api/people/exports', {
    county: 410_403,
    plain: true,
    reason: '核对学籍材料',
  })
  assert.equal(asked.body.state, 'asked')
  const file = () =>
    server.inject({
      url: `/api/people/exports/${asked.body.requestId}/file`,
      headers: headersOf('own-principal'),
    })
  const early = await file()
  assert.equal(early.statusCode, 422)
  assert.ok(!early.body.includes(seededNumber(0)))
  await act('own-bureau', `/api/people/exports/${asked.body.requestId}/decision`, { grant: true })
  assert.ok((await textWithin((await file()).rawPayload)).includes(seededNumber(0)))
})

test('after entering, finding, opening and taking out, no table holds a number or a telephone as it is', async () => {
  const typed = `99042220160304${'128'}`
  const document = `${typed}${checkDigit(typed)}`
  const pupil = {
    institutionId: world.known.institutionId![0],
    grade: 'P2',
    documentKind: 'resident',
    document,
    name: '新来的童子',
    phone: '10098765499',
    from: '2023-09-01',
  }
  const entered = await act('own-bureau', '/api/people/pupils', pupil)
  assert.equal(entered.status, 200, JSON.stringify(entered.body))
  assert.equal((await act('own-bureau', '/api/people/pupils', pupil)).status, 422)
  const found = await act('own-bureau', '/api/people/pupils/search', { text: document })
  assert.equal(found.body.total, 1)
  const words = [...numbers, document, pupil.phone, seededNumber(2), seededPhone(2)]
  assert.deepEqual(await tablesWith(world.owner, words), [])
  // The very search finds what does lie in a table.
  assert.deepEqual(await tablesWith(world.owner, ['任务标记-own-bureau']), ['jobs.job'])
})

test('numbers an asker writes anywhere are in no error reply, no log line and no audit entry', async () => {
  const seen = await lookForNumbers(world, ['own-bureau', 'anonymous', 'system', 'security'])
  assert.deepEqual([seen.inReplies, seen.faults], [[], []])
  assert.deepEqual(seen.inLog, [])
  assert.deepEqual(await tablesWith(world.owner, numbers, 'audit'), [])
  assert.ok(seen.refused > 1_000 && seen.planted > 0 && seen.logLines >= seen.requests, JSON.stringify(seen))
})
