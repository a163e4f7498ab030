import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Fault } from '../../../kernel/fault.ts'
import { type Browser, type ServedAccess, servedAccess } from '../served-access.for-tests.ts'
import { providerFrom } from './read-providers.ts'
import {
  type Lie,
  lyingOidcProvider,
  oauth2Provider,
  realOidcProvider,
  type TestProvider,
  ticketPortal,
  walkThrough,
} from './sso-providers.for-tests.ts'

const secrets = { SSO_SECRET: 'secret-of-the-test-site' }
const lie: { now: Lie } = { now: {} }
const shared = {
  clientId: 'kuoyou',
  clientSecretFrom: 'SSO_SECRET',
  secondFactor: true,
  match: 'external-id' as const,
}

let site: ServedAccess
let running: TestProvider[]
let portal: Awaited<ReturnType<typeof ticketPortal>>
before(async () => {
  portal = await ticketPortal({ data: { user: { no: 'N-1' } } })
  running = [
    await realOidcProvider(),
    await lyingOidcProvider(lie),
    await oauth2Provider({ result: { id: 7 } }),
    portal,
  ]
  const [city, liar, bureau, province] = running.map(({ url }) => url) as [string, string, string, string]
  const oidc = { ...shared, kind: 'oidc' as const, scope: 'openid', subject: 'sub' }
  site = await servedAccess({
    sso: [
      providerFrom({ ...oidc, id: 'city', name: '市统一认证', issuer: city }, secrets),
      providerFrom({ ...oidc, id: 'liar', name: '说谎者', issuer: liar }, secrets),
      providerFrom({ ...oidc, id: 'strict', name: '单因素', issuer: liar, secondFactor: false }, secrets),
      providerFrom(
        {
          ...shared,
          kind: 'oauth2',
          id: 'bureau',
          name: '局内',
          authorizeUrl: `${bureau}/authorize`,
          tokenUrl: `${bureau}/token`,
          userInfoUrl: `${bureau}/me`,
          scope: '',
          subject: 'result.id',
        },
        secrets,
      ),
      providerFrom(
        {
          ...shared,
          kind: 'ticket',
          id: 'province',
          name: '省政务',
          loginUrl: `${province}/login`,
          tokenUrl: `${province}/token`,
          userInfoUrl: `${province}/me`,
          ticketParameter: 'ticket',
          returnParameter: 'redirectUrl',
          token: 'data.accessToken',
          subject: 'data.user.no',
        },
        secrets,
      ),
      providerFrom({ ...oidc, id: 'away', name: '停机', issuer: 'http://127.0.0.1:9' }, secrets),
    ],
  })
  for (const [account, externalId] of [
    ['li', 'N-1'],
    ['wang', '7'],
  ] as const)
    await site.account({ account, name: account, externalId, role: 'county-officer', counties: [1] })
})
after(async () => {
  await site.close()
  for (const each of running) await each.close()
})

const begin = async (browser: Browser, provider: string) => {
  const said = await browser.ask('POST', `/api/sso/${provider}`)
  assert.equal(said.status, 200, JSON.stringify(said.body))
  return new URL(said.body.url)
}
const comeBack = (browser: Browser, provider: string, query: string) =>
  browser.ask('POST', `/api/sso/${provider}/return`, { query })
const whoIs = async (browser: Browser) => (await browser.ask('GET', '/api/session')).body.visitor?.account

test('OIDC: through a real provider and back, into the account it is matched with', async () => {
  const browser = site.browser()
  const returned = await walkThrough((await begin(browser, 'city')).href, 'N-1')
  assert.equal(returned.pathname, '/sso/city')
  const said = await comeBack(browser, 'city', returned.search)
  assert.deepEqual([said.status, said.body], [200, { account: 'li', stage: 'full' }])
  assert.equal(await whoIs(browser), 'li')
  const again = await comeBack(browser, 'city', returned.search)
  assert.equal(again.code, 'access.sso-failed', 'the same answer a second time')
})

test('someone the provider knows and we do not gets in nowhere, and no account is made', async () => {
  const browser = site.browser()
  const returned = await walkThrough((await begin(browser, 'city')).href, 'stranger')
  assert.equal((await comeBack(browser, 'city', returned.search)).code, 'access.sso-no-account')
  const { rows } = await site.database.db.pool.query('select count(*)::int as count from access.account')
  assert.equal(rows[0].count, 2)
  assert.equal(await whoIs(browser), undefined)
})

test('an answer brought by another browser, with another state, or for another provider is refused', async () => {
  const browser = site.browser()
  const returned = await walkThrough((await begin(browser, 'city')).href, 'N-1')
  assert.equal((await comeBack(site.browser(), 'city', returned.search)).code, 'access.sso-failed')
  // Whoever brought it spent it: the first browser must begin anew.
  assert.equal((await comeBack(browser, 'city', returned.search)).code, 'access.sso-failed')
  const second = await walkThrough((await begin(browser, 'city')).href, 'N-1')
  second.searchParams.set('state', 'forged')
  assert.equal((await comeBack(browser, 'city', second.search)).code, 'access.sso-failed')
  const third = await walkThrough((await begin(browser, 'city')).href, 'N-1')
  assert.equal((await comeBack(browser, 'liar', third.search)).code, 'access.sso-failed')
  assert.equal(await whoIs(browser), undefined)
})

/** Goes to the provider that answers with `now`, and back. */
async function told(now: Lie, provider = 'liar') {
  lie.now = now
  const browser = site.browser()
  const url = await begin(browser, provider)
  await fetch(url)
  return comeBack(browser, provider, `?code=c&state=${url.searchParams.get('state')}`)
}

test('an honest id token is taken: what follows fails for its own reason', async () => {
  assert.equal((await told({})).body.account, 'li')
})

const lies: Readonly<Record<string, Lie>> = {
  'alg none': { algorithm: 'none' },
  'a foreign key': { foreignKey: true },
  'another nonce': { claims: { nonce: 'replayed' } },
  'no nonce': { claims: { nonce: undefined } },
  'another audience': { claims: { aud: 'someone-else' } },
  'another issuer': { claims: { iss: 'https://elsewhere.example' } },
  'long past': { claims: { iat: 1_000_000_000, exp: 1_000_000_060 } },
}
for (const [name, claims] of Object.entries(lies))
  test(`an id token with ${name} is refused`, async () => {
    assert.equal((await told(claims)).code, 'access.sso-failed')
  })

test('a provider without a second factor of its own leaves ours to be asked', async () => {
  assert.equal((await told({}, 'strict')).body.stage, 'enrol')
})

test('OAuth2: code, PKCE, user info; a code once, a number as id, a wrong verifier refused', async () => {
  const browser = site.browser()
  const url = await begin(browser, 'bureau')
  const { code } = (await (await fetch(url)).json()) as { code: string }
  const query = `?code=${code}&state=${url.searchParams.get('state')}`
  assert.equal((await comeBack(browser, 'bureau', query)).body.account, 'wang')
  assert.equal((await comeBack(browser, 'bureau', query)).code, 'access.sso-failed')
  const other = await begin(browser, 'bureau')
  const stolen = (await (await fetch(url)).json()) as { code: string }
  const injected = `?code=${stolen.code}&state=${other.searchParams.get('state')}`
  assert.equal(
    (await comeBack(browser, 'bureau', injected)).code,
    'access.sso-failed',
    'a code made for another verifier',
  )
})

test('ticket: exchanged under our signature, once; without our state it is refused', async () => {
  const browser = site.browser()
  const back = async (ticket: string) => {
    const url = await begin(browser, 'province')
    const returned = new URL(url.searchParams.get('redirectUrl') as string)
    returned.searchParams.set('ticket', ticket)
    return comeBack(browser, 'province', returned.search)
  }
  assert.equal((await back('T-1')).body.account, 'li')
  assert.equal((await back('T-1')).code, 'access.sso-failed', 'the portal takes a ticket once')
  assert.equal((await back('T-9')).code, 'access.sso-failed')
  await begin(browser, 'province')
  assert.equal((await comeBack(browser, 'province', '?ticket=T-2')).code, 'access.sso-failed')
  assert.ok(portal.tickets.has('T-2'), 'not even asked')
})

test('a disabled account is not found; failed passwords do not close this way', async () => {
  for (let turn = 0; turn < 6; turn++)
    await site.browser().ask('POST', '/api/session', { account: 'li', password: `guess ${turn}` })
  assert.equal((await told({})).body.account, 'li')
  await site.database.db.pool.query("update access.account set state = 'disabled' where account = 'li'")
  assert.equal((await told({})).code, 'access.sso-no-account')
  await site.database.db.pool.query("update access.account set state = 'active' where account = 'li'")
})

test('a provider that is down says so and leaves the password way open', async () => {
  const said = await site.browser().ask('POST', '/api/sso/away')
  assert.match(said.body.text, /连不上统一认证，可以先用账号和密码登录/)
  assert.equal((await site.browser().ask('POST', '/api/sso/nowhere')).code, 'access.sso-unknown')
})

test('a setting without its secret, or with an address in clear beyond this machine, stops the start', () => {
  const setting = { ...shared, kind: 'oidc' as const, id: 'x', name: '某', scope: 'openid', subject: 'sub' }
  assert.throws(() => providerFrom({ ...setting, issuer: 'https://a.example' }, {}), /SSO_SECRET/)
  assert.throws(() => providerFrom({ ...setting, issuer: 'http://a.example' }, secrets), Fault)
})
