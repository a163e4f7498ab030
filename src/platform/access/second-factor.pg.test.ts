import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, mock, test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { type Browser, type ServedAccess, servedAccess } from './served-access.for-tests.ts'
import { softKey } from './soft-key.for-tests.ts'

const password = 'plum river lantern 7'
let site: ServedAccess
before(async () => {
  site = await servedAccess()
  for (const account of ['li', 'zhou', 'wu', 'zheng', 'feng', 'chen', 'wei'])
    await site.account({ account, name: '某某', password, role: 'county-officer', counties: [1] })
  await site.account({ account: 'mother', name: '家长', password, role: 'parent', counties: [1] })
})
after(() => site.close())
// The clock stands still during a test: a code made in one period is looked at in the same, however slow the machine.
beforeEach(() => mock.timers.enable({ apis: ['Date'], now: Date.now() }))
afterEach(() => mock.timers.reset())

const query = (text: string, values: unknown[] = []) => site.database.db.pool.query(text, values)
const firstStep = (browser: Browser, account: string) =>
  browser.ask('POST', '/api/session', { account, password })
const codeOf = (secret: string, periods = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + periods * 30_000 })
const whoIs = async (browser: Browser) => (await browser.ask('GET', '/api/session')).body.visitor?.account

/** Signs in, enrols an authenticator as the rule demands, and gives its secret and the recovery codes. */
async function enrolled(account: string): Promise<{ browser: Browser; secret: string; codes: string[] }> {
  const browser = site.browser()
  assert.equal((await firstStep(browser, account)).body.stage, 'enrol')
  const start = (await browser.ask('POST', '/api/security/totp')).body
  // The code of the period before is taken as well: the next one stays unused for what follows.
  const done = await browser.ask('PUT', `/api/security/totp/${start.factorId}`, {
    code: codeOf(start.secret, -1),
  })
  assert.deepEqual([done.status, done.body.stage], [200, 'full'])
  return { browser, secret: start.secret, codes: done.body.codes }
}

test('staff without a factor may only enrol one; the session changes its secret at each step', async () => {
  const browser = site.browser()
  assert.equal((await firstStep(browser, 'li')).body.stage, 'enrol')
  const owing = browser.cookies.get('kuoyou_session')
  assert.equal(await whoIs(browser), undefined)
  assert.equal((await browser.ask('GET', '/api/security')).status, 401)
  const start = (await browser.ask('POST', '/api/security/totp')).body
  assert.match(start.uri, /^otpauth:\/\/totp\//)
  assert.match(start.qr, /<svg/)
  const { rows } = await query('select secret from access.factor where account = $1', ['li'])
  assert.match(rows[0].secret.toString(), /^[0-9a-f-]{36}\n/, 'sealed for this factor')
  const wrong = await browser.ask('PUT', `/api/security/totp/${start.factorId}`, { code: '000000' })
  assert.equal(wrong.code, 'access.wrong-code')
  const done = await browser.ask('PUT', `/api/security/totp/${start.factorId}`, {
    code: codeOf(start.secret),
  })
  assert.equal(done.body.codes.length, 10)
  assert.equal(await whoIs(browser), 'li')
  assert.notEqual(browser.cookies.get('kuoyou_session'), owing)
  browser.cookies.set('kuoyou_session', owing as string)
  assert.equal(await whoIs(browser), undefined)
})

test('parents are not asked for one', async () => {
  assert.equal((await firstStep(site.browser(), 'mother')).body.stage, 'full')
})

test('password, then code; each code once; the next device of the owner is known only afterwards', async () => {
  const { secret } = await enrolled('zhou')
  const browser = site.browser()
  assert.equal((await firstStep(browser, 'zhou')).body.stage, 'factor')
  assert.equal(browser.cookies.has('kuoyou_device'), false)
  assert.equal(
    (await browser.ask('POST', '/api/security/totp')).code,
    'access.sign-in-over',
    'no second app by password alone',
  )
  const code = codeOf(secret)
  assert.equal((await browser.ask('POST', '/api/session/code', { code })).body.stage, 'full')
  assert.equal(browser.cookies.has('kuoyou_device'), true)
  assert.equal(await whoIs(browser), 'zhou')
  const replay = site.browser()
  await firstStep(replay, 'zhou')
  assert.equal((await replay.ask('POST', '/api/session/code', { code })).code, 'access.wrong-code')
})

test('of four who send one right code at once, one enters', async () => {
  const { secret } = await enrolled('feng')
  const browsers = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const browser = site.browser()
      await firstStep(browser, 'feng')
      return browser
    }),
  )
  const code = codeOf(secret)
  const said = await Promise.all(browsers.map((each) => each.ask('POST', '/api/session/code', { code })))
  assert.equal(said.filter(({ status }) => status === 200).length, 1)
})

test('guessing codes: five tries in all, whichever sign-in and network they come from; then the sign-in is over', async () => {
  await enrolled('wu')
  let looked = 0
  for (let turn = 0; turn < 6; turn++) {
    const browser = site.browser(`10.9.${turn}.1`)
    await firstStep(browser, 'wu')
    for (let guess = 0; guess < 3; guess++)
      looked +=
        (await browser.ask('POST', '/api/session/code', { code: `00${turn}${guess}11` })).code ===
        'access.wrong-code'
          ? 1
          : 0
  }
  assert.equal(looked, 5)
  // Two codes fit at any time, so five looks guess right with 5 × 2 / 10⁶.
  assert.ok((looked * 2) / 1e6 <= 1e-5)
  const browser = site.browser()
  await firstStep(browser, 'wu')
  for (let guess = 0; guess < 6; guess++)
    await browser.ask('POST', '/api/session/code', { code: 'ABCD-EFGH' })
  assert.equal(
    (await browser.ask('POST', '/api/session/code', { code: 'ABCD-EFGH' })).code,
    'access.sign-in-over',
  )
})

test('a code of the period ahead does not fit: only two codes do', async () => {
  const { secret } = await enrolled('chen')
  const browser = site.browser()
  await firstStep(browser, 'chen')
  assert.equal(
    (await browser.ask('POST', '/api/session/code', { code: codeOf(secret, 2) })).code,
    'access.wrong-code',
  )
  assert.equal(
    (await browser.ask('POST', '/api/session/code', { code: codeOf(secret, -3) })).code,
    'access.wrong-code',
  )
})

test('a recovery code enters once; new ones replace all; only hashes are kept', async () => {
  const { browser: own, codes } = await enrolled('zheng')
  const [code] = codes as [string]
  const enter = async (text: string) => {
    const browser = site.browser()
    await firstStep(browser, 'zheng')
    return browser.ask('POST', '/api/session/code', { code: text })
  }
  assert.equal((await enter(code.toLowerCase().replaceAll('-', ' '))).status, 200)
  assert.equal((await enter(code)).code, 'access.wrong-code')
  const fresh = (await own.ask('POST', '/api/security/recovery-codes')).body.codes
  assert.equal((await enter(codes[1] as string)).code, 'access.wrong-code')
  assert.equal((await enter(fresh[0])).status, 200)
  const { rows } = await query('select r::text as row from access.recovery_code r')
  assert.ok(rows.every(({ row }) => !fresh.some((each: string) => row.includes(each.replaceAll('-', '')))))
})

test('changing factors asks for a sign-in of the last ten minutes; the last one stays where one is required', async () => {
  const { browser } = await enrolled('wei')
  const [factor] = (await browser.ask('GET', '/api/security')).body.factors
  assert.equal(
    (await browser.ask('DELETE', `/api/security/factors/${factor.factorId}`)).code,
    'access.last-factor',
  )
  await query("update access.session set opened_at = now() - interval '11 minutes' where account = 'wei'")
  for (const [method, url] of [
    ['DELETE', `/api/security/factors/${factor.factorId}`],
    ['POST', '/api/security/totp'],
    ['POST', '/api/security/recovery-codes'],
    ['POST', '/api/security/passkey-question'],
  ] as const)
    assert.equal((await browser.ask(method, url)).code, 'access.sign-in-again', url)
})

test('a passkey is enrolled, is a second factor, and enters alone; replays, other addresses and other accounts do not', async () => {
  await site.account({ account: 'xu', name: '徐某', password, role: 'county-officer', counties: [1] })
  const origin = 'http://localhost'
  const key = softKey('localhost')
  const browser = site.browser()
  await firstStep(browser, 'xu')
  const asked = (await browser.ask('POST', '/api/security/passkey-question')).body.options
  const made = { name: '办公电脑', response: key.make(asked.challenge, origin) }
  assert.equal((await browser.ask('POST', '/api/security/passkeys', made)).body.stage, 'full')
  assert.equal(
    (await browser.ask('POST', '/api/security/passkeys', made)).code,
    'access.wrong-passkey',
    'replayed',
  )

  const second = site.browser()
  assert.equal((await firstStep(second, 'xu')).body.stage, 'factor')
  const { options } = (await second.ask('POST', '/api/session/passkey-question')).body
  assert.equal(options.allowCredentials.length, 1)
  const sign = (challenge: string, at = origin) => ({ response: key.sign(challenge, at) })
  assert.equal(
    (await second.ask('POST', '/api/session/passkey', sign(options.challenge, 'http://evil.example'))).code,
    'access.wrong-passkey',
  )
  const again = (await second.ask('POST', '/api/session/passkey-question')).body.options
  const answer = sign(again.challenge)
  assert.equal((await second.ask('POST', '/api/session/passkey', answer)).body.stage, 'full')

  const alone = site.browser()
  assert.equal(
    (await alone.ask('POST', '/api/session/passkey', answer)).code,
    'access.wrong-passkey',
    'replayed',
  )
  const open = (await alone.ask('POST', '/api/session/passkey-question')).body.options
  assert.deepEqual(open.allowCredentials, [])
  assert.deepEqual((await alone.ask('POST', '/api/session/passkey', sign(open.challenge))).body, {
    account: 'xu',
    stage: 'full',
  })

  const foreign = site.browser()
  await firstStep(foreign, 'wei')
  const theirs = (await foreign.ask('POST', '/api/session/passkey-question')).body.options
  assert.equal(
    (await foreign.ask('POST', '/api/session/passkey', sign(theirs.challenge))).code,
    'access.wrong-passkey',
  )
  const unverified = (await alone.ask('POST', '/api/session/passkey-question')).body.options
  const lazy = { response: key.sign(unverified.challenge, origin, { verified: false }) }
  assert.equal(
    (await site.browser().ask('POST', '/api/session/passkey', lazy)).code,
    'access.wrong-passkey',
    'nobody touched it',
  )
})

test('an address that is a number has no passkeys, and is told why', async () => {
  const said = await site
    .browser()
    .ask('POST', '/api/session/passkey-question', undefined, { host: '127.0.0.1:8040' })
  assert.equal(said.code, 'access.passkey-address')
})

test('djbh: after ninety days the password is changed before anything else; asvs does not ask', async () => {
  await site.account({ account: 'old', name: '某某', password, role: 'parent', counties: [1] })
  await query(
    "update access.account set password_changed_at = now() - interval '91 days' where account = 'old'",
  )
  assert.equal((await firstStep(site.browser(), 'old')).body.stage, 'full')
  await query("update access.sign_in_rule set password_profile = 'djbh'")
  const browser = site.browser()
  assert.equal((await firstStep(browser, 'old')).body.stage, 'password')
  assert.equal(await whoIs(browser), undefined)
  const change = (next: string) => browser.ask('POST', '/api/session/password', { password: next })
  assert.equal((await change(password)).code, 'access.password-same')
  assert.equal((await change('plum river lanterns')).code, 'access.password-plain')
  assert.equal((await change('Plum river lantern 8')).body.stage, 'full')
  assert.equal(await whoIs(browser), 'old')
  await query("update access.sign_in_rule set password_profile = 'asvs'")
})

test('lost: two administrators together let the owner enrol anew; neither alone', async () => {
  await site.account({ account: 'sys', name: '系统', password, role: 'system-administrator' })
  await site.account({ account: 'sec', name: '安全', password, role: 'security-administrator' })
  const { browser: system } = await enrolled('sys')
  const { browser: security } = await enrolled('sec')
  assert.equal((await system.ask('DELETE', '/api/accounts/zhou/factors')).status, 403)
  assert.equal((await security.ask('POST', '/api/accounts/zhou/password-link')).status, 403)
  assert.equal((await security.ask('DELETE', '/api/accounts/sec/factors')).code, 'access.grant-to-self')
  assert.equal((await security.ask('DELETE', '/api/accounts/zhou/factors')).status, 200)
  assert.equal((await firstStep(site.browser(), 'zhou')).body.stage, 'enrol')
})
