import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { auditTracing } from '../audit/audit-tracing.ts'
import { webhookRoutes } from '../webhooks/webhook-routes.ts'
import { apiTokenRoutes } from './api-token-routes.ts'
import { identityRoutes } from './identity-routes.ts'
import { issueLink } from './one-time-link.ts'
import { type Browser, type ServedAccess, servedAccess } from './served-access.for-tests.ts'
import { softKey } from './soft-key.for-tests.ts'
import type { SingleSignOn } from './sso/single-sign-on.ts'

const password = 'plum river lantern 7'
const other = 'quiet harbour window 9'
const origin = 'http://localhost'
const provider: SingleSignOn = {
  id: 'city',
  name: '市统一认证',
  secondFactor: true,
  match: 'account',
  begin: async () => ({ url: 'https://sso.example', state: `state-${count++}`, secrets: {} }),
  finish: async () => ({ ok: true, subject: 'worker' }),
}
let count = 0
const routes = [...identityRoutes, ...apiTokenRoutes, ...webhookRoutes] as typeof identityRoutes

let site: ServedAccess
before(async () => {
  site = await servedAccess(
    { sso: [provider] },
    {
      more: {
        routes: [...apiTokenRoutes, ...webhookRoutes] as never,
        context: {
          audit: { routes: async () => webhookRoutes },
          webhooks: {},
          vault: { seal: async (plain: string) => Buffer.from(plain) },
        },
      },
      tracing: auditTracing,
    },
  )
  await query("update access.sign_in_rule set second_factor = 'offered'")
  for (const [account, role] of [
    ['sys', 'system-administrator'],
    ['sec', 'security-administrator'],
    ['worker', 'county-officer'],
    ['mate', 'county-officer'],
  ] as const)
    await site.account({
      account,
      name: '某某',
      password,
      role,
      counties: role === 'county-officer' ? [1] : [],
    })
})
after(() => site.close())

const query = (text: string, values: unknown[] = []) => site.database.db.pool.query(text, values)
const idOf = async (text: string): Promise<string> => Object.values((await query(text)).rows[0])[0] as string

async function signedIn(account: string): Promise<Browser> {
  const browser = site.browser()
  const said = await browser.ask('POST', '/api/session', { account, password })
  assert.equal(said.body.stage, 'full', `${account}: ${JSON.stringify(said.body)}`)
  return browser
}

/** What is asked, by whom; asked again the same way after it failed. */
interface Asked {
  readonly by: Browser
  readonly url?: string
  readonly body?: object
}

const newAccount = async () => {
  const account = `new-${count++}`
  await site.account({ account, name: '新人', password, role: 'county-officer', counties: [1] })
  return account
}
const codeOf = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate()

async function withTotp(): Promise<{ account: string; by: Browser; factorId: string; secret: string }> {
  const account = await newAccount()
  const by = await signedIn(account)
  const { factorId, secret } = (await by.ask('POST', '/api/security/totp')).body
  return { account, by, factorId, secret }
}

async function withPasskey() {
  const by = await signedIn(await newAccount())
  const key = softKey('localhost')
  const asked = (await by.ask('POST', '/api/security/passkey-question')).body.options
  return { by, key, response: key.make(asked.challenge, origin) }
}

async function endpointWithDelivery(): Promise<{ endpointId: string; eventId: string }> {
  const endpointId = await idOf(
    `insert into webhooks.endpoint (name, url, kinds, secret, created_by)
     values ('x', 'https://example.org/', '{series.published}', 'whsec_eA==', 'sys') returning endpoint_id`,
  )
  const eventId = await idOf(
    "insert into webhooks.event (kind, about) values ('series.published', '{}') returning event_id",
  )
  await query('insert into webhooks.delivery (endpoint_id, event_id) values ($1, $2)', [endpointId, eventId])
  return { endpointId, eventId }
}

const grantTo = async (account: string) =>
  idOf(`insert into access.grant (account, role, counties, granted_by, valid)
    values ('${account}', 'county-officer', '{1,2}', 'sec', daterange(current_date, current_date + 100)) returning grant_id`)

/** Every act of identity, as it is asked for; those that change nothing are named so. */
const acts: Readonly<Record<string, () => Promise<Asked>>> = {
  'POST /api/session': async () => ({ by: site.browser(), body: { account: 'worker', password } }),
  'DELETE /api/session': async () => ({ by: await signedIn('worker') }),
  'POST /api/session/code': async () => {
    const { account, by, factorId, secret } = await withTotp()
    await by.ask('PUT', `/api/security/totp/${factorId}`, { code: codeOf(secret) })
    await query('update access.factor set last_step = null where factor_id = $1', [factorId])
    const next = site.browser()
    await next.ask('POST', '/api/session', { account, password })
    return { by: next, body: { code: codeOf(secret) } }
  },
  'POST /api/session/passkey-question': async () => ({ by: site.browser() }),
  'POST /api/session/passkey': async () => {
    const { by, key, response } = await withPasskey()
    assert.equal((await by.ask('POST', '/api/security/passkeys', { name: 'k', response })).status, 200)
    const next = site.browser()
    const asked = (await next.ask('POST', '/api/session/passkey-question')).body.options
    return { by: next, body: { response: key.sign(asked.challenge, origin) } }
  },
  'POST /api/session/password': async () => {
    const account = await newAccount()
    const by = await signedIn(account)
    await query("update access.session set stage = 'password' where account = $1", [account])
    return { by, body: { password: other } }
  },
  'POST /api/first-administrator': async () => {
    const token = await issueLink(site.database.db.pool, { purpose: 'first-administrator' })
    return { by: site.browser(), body: { token, account: 'first', name: '首位', password } }
  },
  'POST /api/password-link': async () => ({ by: site.browser(), body: { token: await linkFor('worker') } }),
  'PUT /api/password-link': async () => ({
    by: site.browser(),
    body: { token: await linkFor(await newAccount()), password: other },
  }),
  'PUT /api/security/password': async () => ({
    by: await signedIn(await newAccount()),
    body: { old: password, password: other },
  }),
  'DELETE /api/security/factors/{factorId}': async () => {
    const { by, factorId } = await withTotp()
    return { by, url: `/api/security/factors/${factorId}` }
  },
  'POST /api/security/recovery-codes': async () => ({ by: await signedIn('worker') }),
  'DELETE /api/security/sessions/{sessionId}': async () => {
    const account = await newAccount()
    await signedIn(account)
    const id = await idOf(`select session_id from access.session where account = '${account}'`)
    return { by: await signedIn(account), url: `/api/security/sessions/${id}` }
  },
  'DELETE /api/security/sessions': async () => ({ by: await signedIn('worker') }),
  'POST /api/security/totp': async () => ({ by: await signedIn('worker') }),
  'PUT /api/security/totp/{factorId}': async () => {
    const { by, factorId, secret } = await withTotp()
    return { by, url: `/api/security/totp/${factorId}`, body: { code: codeOf(secret) } }
  },
  'POST /api/security/passkey-question': async () => ({ by: await signedIn('worker') }),
  'POST /api/security/passkeys': async () => {
    const { by, response } = await withPasskey()
    return { by, body: { name: 'k', response } }
  },
  'POST /api/accounts': async () => ({ by: await signedIn('sys'), body: { account: 'made', name: '某' } }),
  'POST /api/administrators': async () => ({
    by: await signedIn('sys'),
    body: { seat: 'audit-administrator', account: 'auditor', name: '某' },
  }),
  'PUT /api/accounts/{account}/state': async () => ({
    by: await signedIn('sys'),
    url: `/api/accounts/${await newAccount()}/state`,
    body: { state: 'disabled' },
  }),
  'PUT /api/accounts/{account}/name': async () => ({
    by: await signedIn('sys'),
    url: '/api/accounts/mate/name',
    body: { name: '改名' },
  }),
  'POST /api/accounts/{account}/password-link': async () => ({
    by: await signedIn('sys'),
    url: '/api/accounts/mate/password-link',
  }),
  'POST /api/accounts/{account}/unlock': async () => {
    await query(
      "insert into access.sign_in_failure (kind, account, network) values ('password', 'mate', '10.0.0.0/24')",
    )
    return { by: await signedIn('sec'), url: '/api/accounts/mate/unlock' }
  },
  'POST /api/accounts/{account}/wake': async () => {
    const account = await newAccount()
    await query(`update access.account set state = 'asleep' where account = '${account}'`)
    return { by: await signedIn('sec'), url: `/api/accounts/${account}/wake` }
  },
  'DELETE /api/accounts/{account}/sessions': async () => {
    await signedIn('worker')
    return { by: await signedIn('sec'), url: '/api/accounts/worker/sessions' }
  },
  'DELETE /api/accounts/{account}/factors': async () => ({
    by: await signedIn('sec'),
    url: `/api/accounts/${(await withTotp()).account}/factors`,
  }),
  'POST /api/grants': async () => ({
    by: await signedIn('sec'),
    body: {
      account: 'mate',
      role: 'county-officer',
      counties: [2],
      institutions: [],
      document: '',
      reason: '试验',
    },
  }),
  'DELETE /api/grants/{grantId}': async () => ({
    by: await signedIn('sec'),
    url: `/api/grants/${await grantTo('mate')}`,
  }),
  'POST /api/delegations': async () => {
    const account = await newAccount()
    const grantId = Number(await grantTo(account))
    const until = await idOf('select (current_date + 5)::text')
    const scope = { counties: [2], institutions: [], until, reason: '出差' }
    return { by: await signedIn(account), body: { grantId, account: 'mate', ...scope } }
  },
  'DELETE /api/delegations/{grantId}': async () => {
    const account = await newAccount()
    const origin = await grantTo(account)
    const id =
      await idOf(`insert into access.grant (account, role, counties, granted_by, valid, delegated_from)
      values ('mate', 'county-officer', '{1}', '${account}', daterange(current_date, current_date + 5), ${origin}) returning grant_id`)
    return { by: await signedIn(account), url: `/api/delegations/${id}` }
  },
  'PUT /api/access/rule': async () => ({
    by: await signedIn('sec'),
    body: { passwordProfile: 'djbh', secondFactor: 'offered', dormantDays: 60 },
  }),
  'POST /api/sso/{provider}': async () => ({ by: site.browser(), url: '/api/sso/city' }),
  'POST /api/sso/{provider}/return': async () => {
    const by = site.browser()
    await by.ask('POST', '/api/sso/city')
    return { by, url: '/api/sso/city/return', body: { query: `?state=state-${count - 1}` } }
  },
  'POST /api/tokens': async () => ({
    by: await signedIn('sys'),
    body: { name: '取数', scopes: ['webhook.read'], readOnly: true, days: 9 },
  }),
  'DELETE /api/tokens/{tokenId}': async () => {
    const id =
      await idOf(`insert into access.api_token (token_hash, account, name, scopes, read_only, expires_at)
      values ('x', 'sys', 'x', '{webhook.read}', true, now() + interval '1 day') returning token_id`)
    return { by: await signedIn('sys'), url: `/api/tokens/${id}` }
  },
  'POST /api/webhooks': async () => ({
    by: await signedIn('sys'),
    body: { name: 'x', url: 'https://example.org/hook', kinds: ['series.published'] },
  }),
  'PUT /api/webhooks/{endpointId}/state': async () => ({
    by: await signedIn('sys'),
    url: `/api/webhooks/${(await endpointWithDelivery()).endpointId}/state`,
    body: { state: 'disabled' },
  }),
  'POST /api/webhooks/{endpointId}/deliveries/{eventId}/replay': async () => {
    const { endpointId, eventId } = await endpointWithDelivery()
    return { by: await signedIn('sys'), url: `/api/webhooks/${endpointId}/deliveries/${eventId}/replay` }
  },
}
const changeNothing = new Set(['POST /api/password-link'])
/** Failed until they succeed: what these add to the count stays, whatever becomes of the request. */
const counted = new Set(['POST /api/session', 'POST /api/session/code'])

const linkFor = (account: string) =>
  issueLink(site.database.db.pool, { purpose: 'set-password', account, issuedBy: 'sys' })

/** Every row an act of identity could touch; when someone was last seen, and tries at a code, are no acts. */
async function rowsOf(act: string): Promise<string[]> {
  const { rows: tables } = await query(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname in ('access', 'webhooks', 'jobs', 'http') order by 1`,
  )
  const all: string[] = []
  for (const { name } of tables) {
    if (name === 'access.sign_in_failure' && counted.has(act)) continue
    const { rows } = await query(
      `select (to_jsonb(t) - 'seen_at' - 'tries')::text as row from ${name} t order by 1`,
    )
    all.push(...rows.map(({ row }) => `${name} ${row}`))
  }
  return all
}

test('every act of identity is tried', () => {
  const all = routes.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`)
  assert.deepEqual(Object.keys(acts).sort(), all.sort())
})

for (const [act, prepare] of Object.entries(acts))
  test(`without its trace nothing is done: ${act}`, async () => {
    const { by, url, body } = await prepare()
    const [method, path] = act.split(' ') as ['POST', string]
    const cookies = new Map(by.cookies)
    const before = await rowsOf(act)
    await query('alter table audit.entry add constraint closed check (false) not valid')
    const failed = await by.ask(method, url ?? path, body).finally(async () => {
      await query('alter table audit.entry drop constraint closed')
    })
    assert.equal(failed.status, 500, JSON.stringify(failed.body))
    assert.deepEqual(await rowsOf(act), before)
    assert.deepEqual(by.cookies, cookies, 'no cookie either')
    const done = await by.ask(method, url ?? path, body)
    assert.equal(done.status, 200, JSON.stringify(done.body))
    if (!changeNothing.has(act)) assert.notDeepEqual(await rowsOf(act), before)
  })

test('a try counts although its trace could not be written', async () => {
  const tries = async () =>
    (await query("select count(*)::int as count from access.sign_in_failure where account = 'nobody'"))
      .rows[0].count
  await query('alter table audit.entry add constraint closed check (false) not valid')
  const said = await site
    .browser()
    .ask('POST', '/api/session', { account: 'nobody', password: 'x' })
    .finally(async () => {
      await query('alter table audit.entry drop constraint closed')
    })
  assert.deepEqual([said.status, await tries()], [500, 1])
})
