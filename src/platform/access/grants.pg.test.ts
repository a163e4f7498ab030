import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Browser, type ServedAccess, servedAccess } from './served-access.for-tests.ts'
import { openSession, visitorOf } from './session.ts'

let site: ServedAccess
let system: Browser
let security: Browser
let audit: Browser
before(async () => {
  site = await servedAccess()
  await site.account({ account: 'sys', name: '系统', role: 'system-administrator' })
  await site.account({ account: 'sec', name: '安全', role: 'security-administrator' })
  await site.account({ account: 'aud', name: '审计', role: 'audit-administrator' })
  system = await as('sys')
  security = await as('sec')
  audit = await as('aud')
})
after(() => site.close())

const pool = () => site.database.db.pool
const as = async (account: string): Promise<Browser> => {
  const browser = site.browser()
  browser.cookies.set('kuoyou_session', await openSession(pool(), account))
  return browser
}
const visitor = async (account: string) => visitorOf(pool(), await openSession(pool(), account))
const day = (days: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(Date.now() + days * 86_400_000)
const officer = (account: string, counties: number[], more: object = {}) => ({
  account,
  role: 'county-officer',
  counties,
  institutions: [],
  document: '叶教〔2026〕1号',
  reason: '岗位需要',
  ...more,
})
const newAccount = async (account: string) => {
  const said = await system.ask('POST', '/api/accounts', { account, name: `${account}某` })
  assert.equal(said.status, 200, JSON.stringify(said.body))
  return said.body.token as string
}

test('an account has no rights until the security administrator grants them', async () => {
  const token = await newAccount('lina')
  const password = 'plum river lantern 7'
  const stranger = site.browser()
  assert.deepEqual((await stranger.ask('POST', '/api/password-link', { token })).body, {
    account: 'lina',
    name: 'lina某',
  })
  assert.equal(
    (await stranger.ask('PUT', '/api/password-link', { token, password: 'short' })).code,
    'access.password-short',
  )
  assert.equal((await stranger.ask('PUT', '/api/password-link', { token, password })).status, 200)
  assert.equal(
    (await stranger.ask('PUT', '/api/password-link', { token, password })).code,
    'access.link-spent',
  )
  assert.deepEqual([(await visitor('lina'))?.role, (await visitor('lina'))?.counties], ['', []])
  const said = await security.ask(
    'POST',
    '/api/grants',
    officer('lina', [1, 2], { stages: ['primary'], until: day(30) }),
  )
  assert.equal(said.status, 200, JSON.stringify(said.body))
  const now = await visitor('lina')
  assert.deepEqual([now?.role, now?.counties], ['county-officer', [1, 2]])
  assert.deepEqual(now?.grants, [
    {
      grantId: said.body.grantId,
      role: 'county-officer',
      counties: [1, 2],
      stages: ['primary'],
      until: day(30),
    },
  ])
})

test('who may do what: each of the three only their own', async () => {
  await newAccount('zhou')
  const tries = [
    ['POST', '/api/accounts', { account: 'abc', name: '某' }, 'sys'],
    ['PUT', '/api/accounts/zhou/state', { state: 'active' }, 'sys'],
    ['POST', '/api/accounts/zhou/password-link', undefined, 'sys'],
    ['POST', '/api/grants', officer('zhou', [1]), 'sec'],
    ['POST', '/api/accounts/zhou/unlock', undefined, 'sec'],
    ['DELETE', '/api/accounts/zhou/factors', undefined, 'sec'],
    ['DELETE', '/api/accounts/zhou/sessions', undefined, 'sec'],
    [
      'PUT',
      '/api/access/rule',
      { passwordProfile: 'asvs', secondFactor: 'required', dormantDays: 90 },
      'sec',
    ],
  ] as const
  const zhou = await as('lina')
  for (const [method, url, body, who] of tries) {
    for (const [name, browser] of Object.entries({ sys: system, sec: security, aud: audit, zhou }))
      assert.equal(
        (await browser.ask(method, url, body)).status,
        name === who ? 200 : 403,
        `${name} ${method} ${url}`,
      )
    assert.equal((await site.browser().ask(method, url, body)).status, 401)
  }
  for (const browser of [system, security, audit])
    assert.equal((await browser.ask('GET', '/api/accounts')).status, 200)
  assert.equal((await zhou.ask('GET', '/api/accounts')).status, 403)
})

test('the three seats are three accounts, and none of them does the work', async () => {
  await newAccount('wuhao')
  const seat = (role: string, account = 'wuhao') =>
    security.ask('POST', '/api/grants', { ...officer(account, []), role })
  assert.equal((await seat('audit-administrator')).status, 200)
  assert.equal((await seat('system-administrator')).code, 'access.two-seats')
  assert.equal((await security.ask('POST', '/api/grants', officer('wuhao', [1]))).code, 'access.two-seats')
  assert.equal((await security.ask('POST', '/api/grants', officer('sys', [1]))).code, 'access.two-seats')
  assert.equal((await seat('audit-administrator', 'sec')).code, 'access.grant-to-self')
  await newAccount('wang')
  assert.equal((await security.ask('POST', '/api/grants', officer('wang', [1]))).status, 200)
  assert.equal((await seat('system-administrator', 'wang')).code, 'access.two-seats')
  // What the routes refuse the database refuses as well.
  await assert.rejects(
    pool().query(
      "insert into access.grant (account, role, granted_by) values ('wang', 'audit-administrator', 'x')",
    ),
    /grant_one_seat/,
  )
  await assert.rejects(
    pool().query(
      "insert into access.grant (account, role, granted_by) values ('wang', 'county-officer', 'wang')",
    ),
    /check/,
  )
  await assert.rejects(
    pool().query(
      "insert into access.grant (account, role, counties, granted_by) values ('sys', 'system-administrator', '{1}', 'x')",
    ),
    /check/,
  )
})

test('the system administrator cannot reach the other seats by their passwords', async () => {
  assert.equal(
    (await system.ask('POST', '/api/accounts/sec/password-link')).code,
    'access.administrator-password',
  )
  assert.equal(
    (await system.ask('POST', '/api/accounts/aud/password-link')).code,
    'access.administrator-password',
  )
  assert.equal(
    (await system.ask('PUT', '/api/accounts/sys/state', { state: 'disabled' })).code,
    'access.own-account',
  )
  const wanted = { seat: 'security-administrator', account: 'puppet', name: '某' }
  assert.equal((await system.ask('POST', '/api/administrators', wanted)).code, 'access.seat-filled')
})

test('scopes that do not exist or do not fit the role are refused', async () => {
  await newAccount('feng')
  const grant = async (more: object) =>
    (await security.ask('POST', '/api/grants', officer('feng', [1], more))).code
  assert.equal(await grant({ counties: [1, 99] }), 'access.unknown-scope')
  assert.equal(await grant({ counties: [] }), 'access.unknown-scope')
  assert.equal(await grant({ institutions: [5] }), 'access.unknown-scope')
  assert.equal(await grant({ stages: ['university'] }), 'access.unknown-scope')
  assert.equal(await grant({ role: 'king' }), 'access.unknown-role')
  assert.equal(await grant({ role: 'school-clerk' }), 'access.unknown-scope')
  assert.equal(await grant({ role: 'school-clerk', institutions: [500] }), 'access.unknown-scope')
  assert.equal(await grant({ account: 'nobody' }), 'access.unknown-account')
  assert.equal(await grant({ from: day(9), until: day(3) }), 'access.grant-days')
  assert.equal(await grant({ units: [500] }), 'access.unknown-scope')
  assert.equal(await grant({ role: 'school-clerk', institutions: [5], units: [7] }), 'access.unknown-scope')
  assert.equal(await grant({ role: 'school-clerk', institutions: [5] }), undefined)
  assert.deepEqual((await visitor('feng'))?.institutions, [5])
})

test('a grant for units names them, and reaches nothing until what belongs to them was looked up', async () => {
  await newAccount('units')
  const granted = officer('units', [1], { units: [7, 8] })
  assert.equal((await security.ask('POST', '/api/grants', granted)).status, 200)
  const held = await visitor('units')
  assert.deepEqual([held?.grants?.[0]?.units, held?.institutions], [[7, 8], []])
  const { body } = await security.ask('GET', '/api/accounts?text=units')
  assert.deepEqual(body.accounts[0].grants[0].units, [7, 8])
})

test('grants begin and end on their days, and end at once when ended', async () => {
  await newAccount('chen')
  await security.ask('POST', '/api/grants', officer('chen', [1], { from: day(1), until: day(9) }))
  assert.deepEqual((await visitor('chen'))?.counties, [])
  const { body } = await security.ask('POST', '/api/grants', officer('chen', [2], { until: day(0) }))
  assert.deepEqual((await visitor('chen'))?.counties, [2])
  await security.ask('DELETE', `/api/grants/${body.grantId}`)
  assert.deepEqual((await visitor('chen'))?.counties, [])
  assert.equal((await security.ask('DELETE', `/api/grants/${body.grantId}`)).status, 404)
  const listed = (await audit.ask('GET', '/api/accounts?text=chen')).body.accounts[0]
  assert.deepEqual(
    listed.grants.map(({ counties, endedBy, document }: Record<string, unknown>) => [
      counties,
      endedBy,
      document,
    ]),
    [
      [[2], 'sec', '叶教〔2026〕1号'],
      [[1], null, '叶教〔2026〕1号'],
    ],
  )
})

test('roles of one kind add up; another role’s counties do not leak into the first', async () => {
  await newAccount('wei')
  await security.ask('POST', '/api/grants', officer('wei', [1]))
  await security.ask('POST', '/api/grants', officer('wei', [2]))
  await security.ask('POST', '/api/grants', officer('wei', [3], { role: 'parent' }))
  await security.ask('POST', '/api/grants', officer('wei', [3], { role: 'school-clerk', institutions: [5] }))
  const wei = await visitor('wei')
  assert.deepEqual([wei?.role, wei?.counties, wei?.institutions], ['county-officer', [1, 2], undefined])
  assert.equal(wei?.grants?.length, 4)
})

test('a grant can be handed on in part and for a time, never beyond, never further, and ends with its origin', async () => {
  await newAccount('jiang')
  await newAccount('shen')
  const { body: own } = await security.ask(
    'POST',
    '/api/grants',
    officer('jiang', [1, 2], { stages: ['primary'], until: day(60) }),
  )
  const jiang = await as('jiang')
  const give = (more: object = {}) =>
    jiang.ask('POST', '/api/delegations', {
      grantId: own.grantId,
      account: 'shen',
      counties: [2],
      institutions: [],
      stages: ['primary'],
      until: day(7),
      reason: '出差',
      ...more,
    })
  assert.equal((await give({ counties: [3] })).code, 'access.delegation-exceeds')
  assert.equal((await give({ counties: [] })).code, 'access.delegation-exceeds')
  assert.equal((await give({ stages: ['junior'] })).code, 'access.delegation-exceeds')
  assert.equal((await give({ stages: undefined })).code, 'access.delegation-exceeds')
  assert.equal((await give({ until: day(61) })).code, 'access.delegation-exceeds')
  assert.equal((await give({ until: day(-1) })).code, 'access.grant-days')
  assert.equal((await give({ account: 'jiang' })).code, 'access.grant-to-self')
  assert.equal((await give({ account: 'sys' })).code, 'access.two-seats')
  assert.equal((await give({ grantId: own.grantId - 1 })).code, 'access.grant-not-yours')
  const { body: given } = await give()
  const shen = await as('shen')
  assert.deepEqual((await visitor('shen'))?.grants, [
    {
      grantId: given.grantId,
      role: 'county-officer',
      counties: [2],
      stages: ['primary'],
      until: day(7),
      delegatedBy: 'jiang',
    },
  ])
  const further = {
    grantId: given.grantId,
    account: 'lina',
    counties: [2],
    institutions: [],
    stages: ['primary'],
    until: day(3),
    reason: '再转',
  }
  assert.equal((await shen.ask('POST', '/api/delegations', further)).code, 'access.grant-not-yours')
  assert.equal((await shen.ask('DELETE', `/api/delegations/${given.grantId}`)).status, 404)
  // Disabled, the giver has nothing to give; enabled again, it holds again; ended at its origin, it is over.
  await system.ask('PUT', '/api/accounts/jiang/state', { state: 'disabled' })
  assert.deepEqual((await visitor('shen'))?.counties, [])
  await system.ask('PUT', '/api/accounts/jiang/state', { state: 'active' })
  assert.deepEqual((await visitor('shen'))?.counties, [2])
  await security.ask('DELETE', `/api/grants/${own.grantId}`)
  assert.deepEqual((await visitor('shen'))?.counties, [])
})

test('written past the rules, a handed-on grant still reaches no further than its origin', async () => {
  await newAccount('han')
  await newAccount('yang')
  const { body: own } = await security.ask(
    'POST',
    '/api/grants',
    officer('han', [1], { stages: ['primary'] }),
  )
  const write = (role: string, stages: string) =>
    pool().query(
      `insert into access.grant (account, role, counties, stages, valid, granted_by, delegated_from)
       values ('yang', $1, '{1,2,3}', $2, daterange(null, '2999-01-01'), 'han', $3)`,
      [role, stages, own.grantId],
    )
  await assert.rejects(write('school-clerk', '{primary}'), /foreign key/)
  await write('county-officer', '{primary,junior}')
  assert.deepEqual((await visitor('yang'))?.counties, [])
  await write('county-officer', '{primary}')
  assert.deepEqual((await visitor('yang'))?.counties, [1])
})

test('first start: one link, one system administrator, who fills the two other seats once', async () => {
  const empty = await servedAccess()
  try {
    const { firstAdministratorToken } = await import('./first-start-routes.ts')
    const { db } = empty.database
    const old = await firstAdministratorToken(db)
    const token = await firstAdministratorToken(db)
    const first = empty.browser()
    const create = (with_: string | undefined) =>
      first.ask('POST', '/api/first-administrator', {
        token: with_,
        account: 'wang',
        name: '王管理',
        password: 'correct horse battery',
      })
    assert.equal((await create(old)).code, 'access.first-link-spent', 'a newer link replaces it')
    assert.equal((await create(token)).body.stage, 'enrol')
    assert.equal((await create(token)).code, 'access.first-link-spent')
    assert.equal(await firstAdministratorToken(db), undefined)
    const wang = empty.browser()
    wang.cookies.set('kuoyou_session', await openSession(db.pool, 'wang'))
    assert.deepEqual((await wang.ask('GET', '/api/session')).body.vacantSeats, ['安全管理员', '审计管理员'])
    const fill = (seat: string, account: string) =>
      wang.ask('POST', '/api/administrators', { seat, account, name: '某' })
    assert.ok((await fill('security-administrator', 'zhao')).body.token)
    assert.equal((await fill('security-administrator', 'qian')).code, 'access.seat-filled')
    assert.ok((await fill('audit-administrator', 'sun')).body.token)
    assert.deepEqual((await wang.ask('GET', '/api/session')).body.vacantSeats, [])
  } finally {
    await empty.close()
  }
})

test('an answer with a secret is not kept, however often it is asked for under one key', async () => {
  const key = { 'idempotency-key': 'the-same-key' }
  const first = await system.ask('POST', '/api/accounts/lina/password-link', undefined, key)
  const second = await system.ask('POST', '/api/accounts/lina/password-link', undefined, key)
  assert.notEqual(first.body.token, second.body.token)
  const { rows } = await pool().query('select count(*)::int as count from http.answered where body like $1', [
    `%${first.body.token}%`,
  ])
  assert.equal(rows[0].count, 0)
})

test('the role that serves requests may write what it needs and cannot alter a grant', async () => {
  const client = await pool().connect()
  try {
    await client.query('begin; set local role kuoyou_platform')
    await client.query('select 1 from access.account')
    await assert.rejects(client.query("update access.grant set role = 'x'"), /permission denied/)
    await client.query('rollback; begin; set local role kuoyou_app')
    await assert.rejects(client.query('select 1 from access.account'), /permission denied/)
  } finally {
    await client.query('rollback')
    client.release()
  }
})
