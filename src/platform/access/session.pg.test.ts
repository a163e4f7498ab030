import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { together } from '../db/together.ts'
import { setAccountState } from './account.ts'
import { addressOf, networkOf } from './client.ts'
import { type Browser, type ServedAccess, servedAccess } from './served-access.for-tests.ts'
import { digest, openSession, visitorOf } from './session.ts'

const password = 'plum river lantern 7'
let site: ServedAccess
before(async () => {
  site = await servedAccess({}, { trustProxy: '127.0.0.1' })
  await site.database.db.pool.query("update access.sign_in_rule set second_factor = 'offered'")
  for (const account of ['li', 'zhou', 'wu', 'zheng', 'feng'])
    await site.account({ account, name: `${account}先生`, password, role: 'county-officer', counties: [1] })
})
after(() => site.close())

const query = (text: string, values: unknown[] = []) => site.database.db.pool.query(text, values)
const signIn = async (account: string, browser = site.browser()): Promise<Browser> => {
  const said = await browser.ask('POST', '/api/session', { account, password })
  assert.deepEqual([said.status, said.body.stage], [200, 'full'])
  return browser
}
const whoIs = async (browser: Browser) => (await browser.ask('GET', '/api/session')).body.visitor?.account

test('a session opens with sign-in and ends with sign-out; its secret is nowhere in the database', async () => {
  const browser = await signIn('li')
  const token = browser.cookies.get('kuoyou_session') as string
  assert.equal(await whoIs(browser), 'li')
  const { rows } = await query('select s::text as row from access.session s')
  assert.ok(rows.length > 0 && rows.every(({ row }) => !row.includes(token)))
  await browser.ask('DELETE', '/api/session')
  browser.cookies.set('kuoyou_session', token)
  assert.equal(await whoIs(browser), undefined)
})

test('a session’s secret is 256 drawn bits: none like another in any place', async () => {
  const tokens: Buffer[] = []
  for (let n = 0; n < 64; n += 1) {
    const token = await openSession(site.database.db.pool, 'feng')
    assert.match(token, /^[A-Za-z0-9_-]{43}$/)
    tokens.push(Buffer.from(token, 'base64url'))
  }
  // 64 drawn bytes have some 57 values; 36 or fewer come about less than once in a billion runs.
  for (let place = 0; place < 32; place += 1) {
    const seen = new Set(tokens.map((token) => token[place]))
    assert.ok(seen.size > 36, `place ${place}: ${seen.size} of 64 differ`)
  }
})

test('fixation: a session secret that was there before sign-in opens nothing after it', async () => {
  const browser = site.browser()
  browser.cookies.set('kuoyou_session', 'planted-by-someone-else-000000000000000000000')
  await signIn('li', browser)
  assert.notEqual(browser.cookies.get('kuoyou_session'), 'planted-by-someone-else-000000000000000000000')
  const first = browser.cookies.get('kuoyou_session') as string
  await signIn('li', browser)
  assert.notEqual(browser.cookies.get('kuoyou_session'), first)
  assert.equal(await visitorOf(site.database.db.pool, first), undefined)
})

test('idle for half an hour, or open for twelve, is over', async () => {
  const browser = await signIn('zhou')
  await query("update access.session set seen_at = now() - interval '29 minutes' where account = 'zhou'")
  assert.equal(await whoIs(browser), 'zhou')
  const { rows } = await query(
    "select now() - seen_at < interval '5 seconds' as touched from access.session where account = 'zhou'",
  )
  assert.deepEqual(rows, [{ touched: true }], 'a request keeps it awake')
  await query("update access.session set seen_at = now() - interval '31 minutes' where account = 'zhou'")
  assert.equal(await whoIs(browser), undefined)
  const again = await signIn('zhou')
  const { rows: spans } = await query(
    "select extract(epoch from expires_at - opened_at) / 3600 as hours from access.session where account = 'zhou' order by opened_at desc limit 1",
  )
  assert.equal(Math.round(spans[0].hours), 12)
  await query("update access.session set expires_at = now() - interval '1 second' where account = 'zhou'")
  assert.equal(await whoIs(again), undefined)
})

test('disabled, an account’s open sessions are over at once, and signing in answers like a wrong password', async () => {
  const browser = await signIn('wu')
  await setAccountState(site.database.db.pool, 'wu', 'disabled')
  assert.equal(await whoIs(browser), undefined)
  const said = await site.browser('198.51.100.1').ask('POST', '/api/session', { account: 'wu', password })
  assert.equal(said.code, 'access.wrong-password')
})

test('a new password needs the old one, ends the other sessions and keeps this one under a new secret', async () => {
  const [here, there] = [await signIn('zheng'), await signIn('zheng')]
  const before = here.cookies.get('kuoyou_session')
  const change = (old: string, next: string) =>
    here.ask('PUT', '/api/security/password', { old, password: next })
  assert.equal((await change('wrong old password', 'a different long one')).code, 'access.old-password-wrong')
  assert.equal((await change(password, password)).code, 'access.password-same')
  assert.equal((await change(password, 'short')).code, 'access.password-short')
  assert.equal(await whoIs(there), 'zheng', 'nothing happened yet')
  assert.equal((await change(password, 'a different long one')).status, 200)
  assert.equal(await whoIs(there), undefined)
  assert.equal(await whoIs(here), 'zheng')
  assert.notEqual(here.cookies.get('kuoyou_session'), before)
  here.cookies.set('kuoyou_session', before as string)
  assert.equal(await whoIs(here), undefined)
})

test('of six sessions the oldest ends, also when opened at once; each can be ended, and all together', async () => {
  const first = await signIn('feng')
  const later = await Promise.all(Array.from({ length: 5 }, () => signIn('feng')))
  assert.equal(await whoIs(first), undefined)
  const opened = () => together(site.database.db.pool, (client) => openSession(client, 'feng'))
  await Promise.all(Array.from({ length: 12 }, opened))
  const { rows } = await query("select count(*)::int as count from access.session where account = 'feng'")
  assert.equal(rows[0].count, 5)
  assert.equal(later.length, 5)
  const [here, there] = [await signIn('feng'), await signIn('feng')]
  const listed = (await here.ask('GET', '/api/security')).body.sessions
  assert.equal(listed.filter(({ current }: { current: boolean }) => current).length, 1)
  const other = listed.find(({ current }: { current: boolean }) => !current)
  assert.equal((await here.ask('DELETE', `/api/security/sessions/${other.sessionId}`)).status, 200)
  assert.equal((await here.ask('DELETE', `/api/security/sessions/${other.sessionId}`)).status, 404)
  const stranger = await signIn('li')
  const own = (await here.ask('GET', '/api/security')).body.sessions[0]
  assert.equal((await stranger.ask('DELETE', `/api/security/sessions/${own.sessionId}`)).status, 404)
  assert.ok((await here.ask('DELETE', '/api/security/sessions')).body.ended >= 1)
  assert.deepEqual([await whoIs(here), await whoIs(there)], [undefined, undefined])
})

test('over https the cookie is __Host-, Secure, HttpOnly, SameSite=Strict, and no other name is heard', async () => {
  const browser = site.browser('127.0.0.1')
  const https = { 'x-forwarded-proto': 'https' }
  const said = await browser.ask('POST', '/api/session', { account: 'li', password }, https)
  const cookie = said.setCookie.find((each) => each.startsWith('__Host-kuoyou='))
  assert.match(cookie ?? '', /Path=\/; HttpOnly; Secure; SameSite=Strict$/)
  assert.doesNotMatch(cookie ?? '', /Domain/i)
  assert.equal((await browser.ask('GET', '/api/session', undefined, https)).body.visitor.account, 'li')
  const token = browser.cookies.get('__Host-kuoyou') as string
  browser.cookies.delete('__Host-kuoyou')
  browser.cookies.set('kuoyou_session', token)
  assert.equal((await browser.ask('GET', '/api/session', undefined, https)).body.visitor, null)
})

test('over plain http the cookie is HttpOnly and SameSite=Strict; a stranger’s word on https is not taken', async () => {
  const said = await site
    .browser('203.0.113.77')
    .ask('POST', '/api/session', { account: 'li', password }, { 'x-forwarded-proto': 'https' })
  const cookie = said.setCookie.find((each) => each.startsWith('kuoyou_session='))
  assert.match(cookie ?? '', /Path=\/; HttpOnly; SameSite=Strict$/)
})

test('every unsafe route refuses a foreign origin', async () => {
  const browser = await signIn('li')
  for (const [method, url] of [
    ['POST', '/api/session'],
    ['DELETE', '/api/session'],
    ['PUT', '/api/security/password'],
    ['DELETE', '/api/security/sessions'],
    ['POST', '/api/security/totp'],
    ['POST', '/api/delegations'],
  ] as const) {
    const said = await browser.ask(method, url, {}, { origin: 'https://evil.example' })
    assert.equal(said.status, 403, `${method} ${url}`)
  }
  assert.equal(await whoIs(browser), 'li')
})

test('a session that owes a step opens nothing', async () => {
  for (const stage of ['factor', 'enrol', 'password'] as const) {
    const token = await openSession(site.database.db.pool, 'li', { stage })
    assert.equal(await visitorOf(site.database.db.pool, token), undefined)
    const { rows } = await query(
      "select expires_at <= now() + interval '10 minutes' as soon from access.session where token_hash = $1",
      [digest(token)],
    )
    assert.equal(rows[0].soon, true)
  }
})

test('networks: the /24 of IPv4, also mapped into IPv6, and the /56 of IPv6; addresses: the whole of IPv4 and the /64 of IPv6', () => {
  assert.equal(networkOf('203.0.113.77'), '203.0.113.0/24')
  assert.equal(networkOf('::ffff:203.0.113.77'), '203.0.113.0/24')
  assert.equal(networkOf('2001:db8:1:2ff::1'), '2001:db8:1:200::/56')
  assert.deepEqual(['203.0.113.77', '::ffff:203.0.113.77', '2001:db8:1:2ff::1'].map(addressOf), [
    '203.0.113.77/32',
    '203.0.113.77/32',
    '2001:db8:1:2ff::/64',
  ])
})
