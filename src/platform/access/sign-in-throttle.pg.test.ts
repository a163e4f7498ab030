import assert from 'node:assert/strict'
import { createHook } from 'node:async_hooks'
import { after, before, test } from 'node:test'
import { statementsOf } from '../../../test/house/statements-of.ts'
import { setAccountState } from './account.ts'
import { type Browser, type ServedAccess, servedAccess } from './served-access.for-tests.ts'
import { askLeaveForCode, growingWait } from './sign-in-throttle.ts'

const password = 'plum river lantern 7'
let site: ServedAccess
before(async () => {
  site = await servedAccess()
  await site.database.db.pool.query("update access.sign_in_rule set second_factor = 'offered'")
  for (const account of ['victim', 'guard', 'gone'])
    await site.account({ account, name: '某某', password, role: 'county-officer', counties: [1] })
  await site.account({
    account: 'sec',
    name: '安全',
    password,
    role: 'security-administrator',
  })
  await setAccountState(site.database.db.pool, 'gone', 'disabled')
})
after(() => site.close())

const tryAs = (browser: Browser, account: string, guess: string) =>
  browser.ask('POST', '/api/session', { account, password: guess })
const forget = () => site.database.db.pool.query('delete from access.sign_in_failure')

test('one account, a thousand passwords: five are looked at, and the owner still enters from a known device', async () => {
  const home = site.browser('192.0.2.10')
  assert.equal((await tryAs(home, 'victim', password)).status, 200)
  await home.ask('DELETE', '/api/session')
  // The attacker even sits in the owner's own network.
  const attacker = site.browser('192.0.2.66')
  const codes: Record<string, number> = {}
  for (let guess = 0; guess < 1_000; guess += 50) {
    const said = await Promise.all(
      Array.from({ length: 50 }, (_, at) => tryAs(attacker, 'victim', `guess number ${guess + at}`)),
    )
    for (const { code } of said) codes[code ?? 'in'] = (codes[code ?? 'in'] ?? 0) + 1
  }
  assert.deepEqual(codes, { 'access.wrong-password': 5, 'access.too-many-tries': 995 })
  const late = await tryAs(attacker, 'victim', password)
  assert.equal(late.code, 'access.too-many-tries', 'right, too late')
  assert.equal(late.status, 429)
  assert.match(late.body.text, /请 15 分钟后再试/)
  const wait = Number(late.retryAfter)
  assert.ok(wait > 14 * 60 && wait <= 15 * 60, `Retry-After ${late.retryAfter}`)
  assert.equal((await tryAs(home, 'victim', password)).status, 200)
  // From a third network the owner enters as well: only the attacker's pair is blocked.
  assert.equal((await tryAs(site.browser('198.51.100.20'), 'victim', password)).status, 200)
  await forget()
})

test('a thousand accounts, one password, one /24: thirty are looked at; an office there keeps its known devices', async () => {
  const office = site.browser('203.0.113.200')
  assert.equal((await tryAs(office, 'guard', password)).status, 200)
  await office.ask('DELETE', '/api/session')
  let looked = 0
  for (let turn = 0; turn < 1_000; turn += 50) {
    const said = await Promise.all(
      Array.from({ length: 50 }, (_, at) =>
        tryAs(site.browser(`203.0.113.${(turn + at) % 250}`), `account-${turn + at}`, password),
      ),
    )
    looked += said.filter(({ code }) => code === 'access.wrong-password').length
  }
  assert.equal(looked, 30)
  assert.equal((await tryAs(office, 'guard', password)).status, 200)
  assert.equal(
    (await tryAs(site.browser('198.51.100.30'), 'guard', password)).status,
    200,
    'elsewhere is elsewhere',
  )
  await forget()
})

test('many networks against one account are stopped too, and leave known devices alone', async () => {
  const home = site.browser('192.0.2.10')
  await tryAs(home, 'victim', password)
  let looked = 0
  for (let turn = 0; turn < 4; turn++) {
    const said = await Promise.all(
      Array.from({ length: 60 }, (_, network) =>
        tryAs(site.browser(`10.${network}.7.7`), 'victim', 'no such one'),
      ),
    )
    looked += said.filter(({ code }) => code === 'access.wrong-password').length
  }
  assert.equal(looked, 100)
  assert.equal((await tryAs(home, 'victim', password)).status, 200)
  await forget()
})

test('a known device is not a free pass: it waits after its own five, and others do not', async () => {
  const home = site.browser('192.0.2.10')
  await tryAs(home, 'victim', password)
  for (let turn = 0; turn < 5; turn++)
    assert.equal((await tryAs(home, 'victim', 'mistyped')).code, 'access.wrong-password')
  assert.equal((await tryAs(home, 'victim', password)).code, 'access.too-many-tries')
  assert.equal((await tryAs(site.browser('198.51.100.40'), 'victim', password)).status, 200)
  await forget()
})

test('a device cookie one makes up, or of another account, is a stranger', async () => {
  const other = site.browser('192.0.2.30')
  await tryAs(other, 'guard', password)
  await forget()
  for (let turn = 0; turn < 5; turn++) await tryAs(other, 'victim', 'guess')
  assert.equal((await tryAs(other, 'victim', password)).code, 'access.too-many-tries')
  const { rows } = await site.database.db.pool.query(
    "select count(*)::int as count from access.sign_in_failure where account = 'victim' and device is null",
  )
  assert.equal(rows[0].count, 5)
  await forget()
})

test('an account that is not there is refused in the same words and with the same wait', async () => {
  const said = []
  for (const account of ['victim', 'no-such-account']) {
    const browser = site.browser('192.0.2.120')
    for (let turn = 0; turn < 5; turn++) await tryAs(browser, account, 'guess')
    const { status, body, code, retryAfter } = await tryAs(browser, account, 'guess')
    said.push({ status, code, text: body.text, wait: Math.round(Number(retryAfter) / 10) })
    await forget()
  }
  assert.deepEqual(said[0], said[1])
  assert.equal(said[0]?.status, 429)
})

test('after the wait one may try again; success forgets; the security administrator can lift it', async () => {
  const browser = site.browser('192.0.2.90')
  for (let turn = 0; turn < 5; turn++) await tryAs(browser, 'victim', 'guess')
  assert.equal((await tryAs(browser, 'victim', password)).code, 'access.too-many-tries')
  await site.database.db.pool.query("update access.sign_in_failure set at = at - interval '16 minutes'")
  assert.equal((await tryAs(browser, 'victim', password)).status, 200)
  const left = await site.database.db.pool.query('select 1 from access.sign_in_failure')
  assert.equal(left.rowCount, 0)
  const stranger = site.browser('192.0.2.91')
  for (let turn = 0; turn < 5; turn++) await tryAs(stranger, 'victim', 'guess')
  const security = site.browser('198.51.100.50')
  await tryAs(security, 'sec', password)
  assert.equal((await security.ask('POST', '/api/accounts/victim/unlock')).status, 200)
  assert.equal((await tryAs(stranger, 'victim', password)).status, 200)
  await forget()
})

test('the wait grows with the failures and has an end', () => {
  assert.deepEqual(
    [4, 5, 9, 10, 15, 20, 25, 500].map((failures) => growingWait(failures, 0) / 60),
    [0, 15, 15, 30, 60, 120, 240, 480],
  )
  assert.equal(growingWait(5, 14 * 60), 60)
  assert.equal(growingWait(5, 16 * 60), 0)
})

/** How often a password was looked at: one computation each, in a thread of the process. */
async function hashingsOf(work: () => Promise<unknown>): Promise<number> {
  let hashings = 0
  const hook = createHook({
    init: (_, type) => {
      if (type === 'ARGON2REQUEST') hashings += 1
    },
  }).enable()
  await work().finally(() => hook.disable())
  return hashings
}

test('unknown account, wrong password and disabled account: the same words for the same work', async () => {
  // The unknown one first: nothing may have to be made ready for it.
  const kinds = { unknown: 'nobody-here', wrong: 'guard', disabled: 'gone' }
  const seen = []
  for (const [kind, account] of Object.entries(kinds)) {
    let said: Awaited<ReturnType<typeof tryAs>> | undefined
    let hashings = 0
    const statements = await statementsOf(async () => {
      hashings = await hashingsOf(async () => {
        said = await tryAs(
          site.browser('100.64.1.1'),
          account,
          kind === 'disabled' ? password : 'not the one',
        )
      })
    })
    seen.push({ hashings, statements, status: said?.status, body: said?.body, cookies: said?.setCookie })
    await forget()
  }
  assert.equal(seen[0]?.hashings, 1)
  assert.ok(seen[0].statements.length > 3, `${seen[0].statements.length} statements`)
  assert.deepEqual(seen[1], seen[0])
  assert.deepEqual(seen[2], seen[0])
})

test('tries are counted in the database: of two nodes behind a proxy neither forgets what the other saw', async () => {
  const second = await site.secondNode()
  try {
    const nodes = [site.browser('192.0.2.77'), second.browser('192.0.2.77')]
    const codes: Record<string, number> = {}
    for (let turn = 0; turn < 12; turn++) {
      const { code = 'in' } = await tryAs(nodes[turn % 2]!, 'victim', `guess ${turn}`)
      codes[code] = (codes[code] ?? 0) + 1
    }
    assert.deepEqual(codes, { 'access.wrong-password': 5, 'access.too-many-tries': 7 })
    const together = await Promise.all(
      Array.from({ length: 40 }, (_, turn) =>
        tryAs((turn % 2 ? second : site).browser('192.0.2.78'), 'guard', `guess ${turn}`),
      ),
    )
    assert.equal(together.filter(({ code }) => code === 'access.wrong-password').length, 5)
    const owing = await Promise.all(
      Array.from({ length: 20 }, (_, turn) =>
        askLeaveForCode((turn % 2 ? second : site).database.service.pool, 'guard', '192.0.2.79'),
      ),
    )
    assert.equal(owing.filter((wait) => wait === 0).length, 5, 'codes of the second factor as well')
  } finally {
    await second.close()
    await forget()
  }
})
