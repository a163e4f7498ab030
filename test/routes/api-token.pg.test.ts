import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { allRoutes, platformServer } from '../../src/app/server.ts'
import { setAccountState } from '../../src/platform/access/account.ts'
import { openSession } from '../../src/platform/access/session.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let server: FastifyInstance
const cookies = new Map<string, string>()
before(async () => {
  hamlet = await servedHamlet([])
  server = await platformServer(hamlet.books)
})
after(async () => {
  await server.close()
  await hamlet.close()
})

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** As a person who just signed in. */
async function asPerson(account: string, method: Method, url: string, payload?: object) {
  if (!cookies.has(account)) cookies.set(account, await openSession(hamlet.owner, account))
  const headers = { cookie: `kuoyou_session=${cookies.get(account)}`, 'sec-fetch-site': 'same-origin' }
  return server.inject({ method, url, headers, ...(payload && { payload }) })
}

/** As a program: no cookie, no word on where it comes from. */
function asProgram(secret: string, method: Method, url: string, payload?: object) {
  return server.inject({
    method,
    url,
    headers: { authorization: `Bearer ${secret}` },
    ...(payload && { payload }),
  })
}

async function tokenFor(account: string, wanted: object = {}): Promise<{ tokenId: string; secret: string }> {
  const ordinary = { name: '每日取数', scopes: ['institution.read'], readOnly: true, days: 30 }
  const answer = await asPerson(account, 'POST', '/api/tokens', { ...ordinary, ...wanted })
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json()
}

test('a program reads what its token is for, and nothing else', async () => {
  const { secret } = await tokenFor('county-410422')
  const list = await asProgram(secret, 'GET', '/api/institutions')
  assert.equal(list.statusCode, 200)
  assert.deepEqual(list.json(), (await asPerson('county-410422', 'GET', '/api/institutions')).json())
  for (const [method, url] of [
    ['GET', '/api/targets'],
    ['POST', '/api/institutions'],
    ['GET', '/api/jobs'],
  ] as const)
    assert.equal(
      (await asProgram(secret, method, url, method === 'POST' ? {} : undefined)).statusCode,
      403,
      url,
    )
})

test('no token reaches identity, passwords, grants, the audit’s keeping of them, or tokens themselves', async () => {
  const { secret } = await tokenFor('county-410422')
  const people = allRoutes.filter(({ may }) =>
    ['self', 'door', 'account', 'grant', 'token'].includes(may.thing),
  )
  assert.ok(people.length > 20)
  for (const { method, path } of people) {
    const url = path.replaceAll(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000')
    const answer = await asProgram(secret, method, url, method === 'GET' ? undefined : {})
    assert.equal(answer.statusCode, 403, `${method} ${path}`)
  }
  const asked = { name: 'x', scopes: ['token.own'], readOnly: false, days: 1 }
  const self = await asPerson('county-410422', 'POST', '/api/tokens', asked)
  assert.equal(self.json().refusal.code, 'access.token-scope-closed')
})

test('it reaches no further than its counties, and never further than its owner', async () => {
  const { secret } = await tokenFor('city', { counties: [410_403] })
  const { rows: institutions } = (await asProgram(secret, 'GET', '/api/institutions')).json()
  assert.ok(institutions.length > 0)
  assert.equal(new Set(institutions.map(({ county }: { county: string }) => county)).size, 1)
  assert.ok((await asPerson('city', 'GET', '/api/institutions')).json().total > institutions.length)
  const foreign = { name: 'x', scopes: ['institution.read'], readOnly: true, days: 1, counties: [410_403] }
  assert.equal((await asPerson('county-410422', 'POST', '/api/tokens', foreign)).statusCode, 422)
  const closed = { ...foreign, counties: undefined, scopes: ['audit.read'] }
  assert.equal((await asPerson('county-410422', 'POST', '/api/tokens', closed)).statusCode, 422)
})

test('a token that only reads does not act; one that may is named in the audit', async () => {
  const acts = (await asPerson('county-410422', 'GET', '/api/tokens')).json().scopes
  const scope = acts.find(
    ({ scope, onlyReads }: { scope: string; onlyReads: boolean }) => !onlyReads && scope !== 'job.own',
  ).scope
  const { method, path } = allRoutes.find(
    ({ may, method }) => `${may.thing}.${may.act}` === scope && method !== 'GET',
  )!
  const reader = await tokenFor('county-410422', { scopes: [scope] })
  const actor = await tokenFor('county-410422', { scopes: [scope], readOnly: false, name: '夜间上报' })
  const url = path.replaceAll(/\{\w+\}/g, '1')
  assert.equal((await asProgram(reader.secret, method, url, {})).statusCode, 403)
  assert.notEqual((await asProgram(actor.secret, method, url, {})).statusCode, 403)
  const { rows } = await hamlet.owner.query(
    "select count(*)::int as count from audit.entry where facts ->> 'token' = '夜间上报' and account = 'county-410422'",
  )
  assert.equal(rows[0].count, 1)
})

test('revoked, expired, forged or of a disabled account, it opens nothing; a cookie does not make up for it', async () => {
  const revoked = await tokenFor('county-410422')
  await asPerson('county-410422', 'DELETE', `/api/tokens/${revoked.tokenId}`)
  const expired = await tokenFor('county-410422')
  await hamlet.owner.query(
    "update access.api_token set expires_at = now() - interval '1 second' where token_id = $1",
    [expired.tokenId],
  )
  const orphan = await tokenFor('county-410403')
  await setAccountState(hamlet.owner, 'county-410403', 'disabled')
  await setAccountState(hamlet.owner, 'county-410403', 'active')
  for (const secret of [revoked.secret, expired.secret, orphan.secret, `kyt_${'A'.repeat(43)}`, 'nonsense'])
    assert.equal((await asProgram(secret, 'GET', '/api/institutions')).statusCode, 401)
  const both = await server.inject({
    url: '/api/institutions',
    headers: {
      authorization: `Bearer ${revoked.secret}`,
      cookie: `kuoyou_session=${cookies.get('county-410422')}`,
      'sec-fetch-site': 'same-origin',
    },
  })
  assert.equal(both.statusCode, 401)
})

test('only the hash is kept, a year is the most, and a sign-in long ago is asked for again', async () => {
  const { secret, tokenId } = await tokenFor('county-410422', { days: 366 })
  const { rows } = await hamlet.owner.query('select t::text as line from access.api_token t')
  assert.ok(rows.every(({ line }) => !line.includes(secret)))
  await assert.rejects(
    hamlet.owner.query(
      "update access.api_token set expires_at = now() + interval '2 years' where token_id = $1",
      [tokenId],
    ),
  )
  const listed = (await asPerson('county-410422', 'GET', '/api/tokens')).body
  assert.ok(listed.includes(tokenId) && !listed.includes(secret))
  await hamlet.owner.query("update access.session set opened_at = now() - interval '11 minutes'")
  const late = await asPerson('county-410422', 'POST', '/api/tokens', {
    name: 'x',
    scopes: ['institution.read'],
    readOnly: true,
    days: 1,
  })
  assert.equal(late.json().refusal.code, 'access.sign-in-again')
})
