import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { putToSleep } from './dormant.ts'
import { type Browser, type ServedAccess, servedAccess } from './served-access.for-tests.ts'

const password = 'plum river lantern 7'
let site: ServedAccess
const query = async (text: string, values: unknown[] = []) =>
  (await site.database.db.pool.query(text, values)).rows
before(async () => {
  site = await servedAccess({})
  await query("update access.sign_in_rule set second_factor = 'offered'")
  for (const [account, role] of [
    ['sec', 'security-administrator'],
    ['sec2', 'security-administrator'],
    ['sys', 'system-administrator'],
    ['li', 'county-officer'],
    ['zhou', 'county-officer'],
  ] as const)
    await site.account({
      account,
      name: account,
      password,
      role,
      counties: role === 'county-officer' ? [1] : [],
    })
  await site.account({
    account: 'demo',
    name: '演示',
    demonstration: true,
    role: 'county-officer',
    counties: [1],
  })
})
after(() => site.close())
beforeEach(async () => {
  await query("update access.account set state = 'active', created_at = now() - interval '1 year'")
  await query('delete from access.session')
  await query(
    'insert into access.last_sign_in (account) select account from access.account on conflict (account) do update set at = now()',
  )
})

const lastSeen = (account: string, days: number) =>
  query('update access.last_sign_in set at = now() - make_interval(days => $2) where account = $1', [
    account,
    days,
  ])
const asleep = async () =>
  (await query("select account from access.account where state = 'asleep' order by account")).map(
    ({ account }) => account,
  )
async function signIn(account: string): Promise<{ code?: string; browser: Browser }> {
  const browser = site.browser()
  const { code } = await browser.ask('POST', '/api/session', { account, password })
  return { code, browser }
}
const signedIn = async (account: string) => (await signIn(account)).browser

test('ninety days without a sign-in and not one less; the days are the rule’s, demonstration accounts never sleep', async () => {
  for (const account of ['li', 'demo']) await lastSeen(account, 91)
  await lastSeen('zhou', 89)
  assert.equal(await putToSleep(site.database.db.pool), 1)
  assert.deepEqual(await asleep(), ['li'])
  assert.equal(await putToSleep(site.database.db.pool), 0)
  await query('update access.sign_in_rule set dormant_days = 60')
  try {
    assert.equal(await putToSleep(site.database.db.pool), 1)
    assert.deepEqual(await asleep(), ['li', 'zhou'])
  } finally {
    await query('update access.sign_in_rule set dormant_days = 90')
  }
  const entries = await query(
    "select account, role, object_kind, object_id from audit.entry where act = 'account.sleep' order by seq",
  )
  assert.deepEqual(
    entries.map(({ account, role, object_kind, object_id }) => [account, role, object_kind, object_id]),
    [
      ['', 'system', 'account', 'li'],
      ['', 'system', 'account', 'zhou'],
    ],
  )
})

test('who never signed in is counted from the day the account was made; signing in and a token in use count', async () => {
  await query("delete from access.last_sign_in where account in ('li', 'zhou')")
  await query("update access.account set created_at = now() - interval '10 days' where account = 'zhou'")
  await lastSeen('sys', 200)
  await query(
    `insert into access.api_token (token_hash, account, name, scopes, read_only, expires_at, last_used_at)
     values ('x', 'sys', 'x', '{webhook.read}', true, now() + interval '1 day', now())`,
  )
  assert.equal(await putToSleep(site.database.db.pool), 1)
  assert.deepEqual(await asleep(), ['li'])
  await lastSeen('zhou', 200)
  await query("update access.account set created_at = now() - interval '1 year'")
  await signedIn('zhou')
  assert.equal(await putToSleep(site.database.db.pool), 0)
})

test('asleep it opens nothing, and says so only to who knows the password; the security administrator alone wakes it', async () => {
  const before = await signedIn('li')
  await lastSeen('li', 100)
  await putToSleep(site.database.db.pool)
  assert.equal((await before.ask('GET', '/api/session')).body.visitor, null)
  assert.equal((await signIn('li')).code, 'access.asleep')
  const wrong = await site.browser().ask('POST', '/api/session', { account: 'li', password: 'not the one' })
  assert.equal(wrong.code, 'access.wrong-password')

  const system = await signedIn('sys')
  assert.equal((await system.ask('POST', '/api/accounts/li/wake')).status, 403)
  assert.equal(
    (await system.ask('PUT', '/api/accounts/li/state', { state: 'active' })).code,
    'access.asleep-state',
  )
  const security = await signedIn('sec')
  const shown = await security.ask('GET', '/api/accounts?state=asleep')
  assert.deepEqual(
    shown.body.accounts.map(({ account }: { account: string }) => account),
    ['li'],
  )
  assert.equal((await security.ask('POST', '/api/accounts/li/wake')).status, 200)
  assert.equal((await security.ask('POST', '/api/accounts/li/wake')).status, 404)
  assert.equal(await putToSleep(site.database.db.pool), 0, 'woken, its days begin anew')
  assert.equal((await signIn('li')).code, undefined)
})

test('of the security administrators the one who signed in last stays awake', async () => {
  await lastSeen('sec', 300)
  await lastSeen('sec2', 200)
  await putToSleep(site.database.db.pool)
  assert.deepEqual(await asleep(), ['sec'])
})

test('the security administrator ends somebody else’s sign-ins everywhere, at once; nobody else may', async () => {
  const [here, there] = [await signedIn('zhou'), await signedIn('zhou')]
  const other = await signedIn('li')
  assert.equal((await (await signedIn('sys')).ask('DELETE', '/api/accounts/zhou/sessions')).status, 403)
  assert.equal((await other.ask('DELETE', '/api/accounts/zhou/sessions')).status, 403)
  const security = await signedIn('sec')
  assert.deepEqual((await security.ask('DELETE', '/api/accounts/zhou/sessions')).body, { ended: 2 })
  for (const browser of [here, there])
    assert.equal((await browser.ask('GET', '/api/session')).body.visitor, null)
  assert.equal((await other.ask('GET', '/api/session')).body.visitor.account, 'li')
})
