import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { house } from '../../src/app/house.ts'
import { appendAlone } from '../../src/platform/audit/append-entry.ts'
import { auditRoutes } from '../../src/platform/audit/audit-routes.ts'
import { sealAll } from '../../src/platform/audit/seal-entries.ts'
import { jobRoutes } from '../../src/platform/jobs/job-routes.ts'
import { readSheet } from '../../src/platform/sheets/read-sheet.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let world: ServedHamlet
before(async () => {
  world = await servedHamlet([...jobRoutes, ...house.flatMap(({ routes }) => routes), ...auditRoutes])
})
after(async () => {
  await world.close()
})

const paths = ['/api/audit', '/api/audit/state', '/api/audit/verification', '/api/audit/export']

test('nobody but who keeps the audit may read, verify or export it', async () => {
  for (const path of paths) {
    assert.equal((await world.ask(undefined, 'GET', path)).status, 401, path)
    for (const account of ['city', 'county-410422', 'school'])
      assert.equal((await world.ask(account, 'GET', path)).status, 403, `${account} ${path}`)
  }
})

test('a denial is in the audit, told in Chinese, with who, what, where from and how it ended', async () => {
  const { body } = await world.ask('audit-administrator', 'GET', '/api/audit?account=city&outcome=denied')
  assert.equal(body.rows.length, paths.length)
  const { act, actName, roleName, outcome, network } = body.rows.at(-1)
  assert.deepEqual(
    { act, actName, roleName, outcome, network },
    {
      act: 'GET /api/audit',
      actName: '查看审计',
      roleName: '市教体局规划财务科',
      outcome: 'denied',
      network: '127.0.0.1',
    },
  )
})

test('who tries one number after the other is in the audit, also where reads leave no trace', async () => {
  const path = '/api/exchange/imports/00000000-0000-4000-8000-000000000000'
  assert.equal((await world.ask('county-410422', 'GET', path)).status, 404)
  const { body } = await world.ask(
    'audit-administrator',
    'GET',
    `/api/audit?account=county-410422&act=${encodeURIComponent('GET /api/exchange/imports/{importId}')}`,
  )
  assert.deepEqual(
    body.rows.map(({ outcome }: never) => outcome),
    ['denied'],
  )
})

test('reading the audit is itself an entry, with what was looked for', async () => {
  await world.ask('audit-administrator', 'GET', '/api/audit?objectKind=institution&objectId=42')
  const { body } = await world.ask(
    'audit-administrator',
    'GET',
    '/api/audit?account=audit-administrator&act=GET%20/api/audit',
  )
  assert.deepEqual(body.rows[0].facts, { filter: { objectKind: 'institution', objectId: '42' } })
})

test('what was looked for is not kept where it looks personal', async () => {
  assert.equal((await world.ask('audit-administrator', 'GET', '/api/audit?account=13800138000')).status, 200)
  const { body } = await world.ask(
    'audit-administrator',
    'GET',
    '/api/audit?account=audit-administrator&limit=1',
  )
  assert.deepEqual(body.rows[0].facts, { filter: { account: '（略）' } })
})

test('malformed filters are told, not guessed', async () => {
  for (const query of ['from=yesterday', 'outcome=fine', 'limit=0', 'before=x', 'county=-1'])
    assert.equal((await world.ask('audit-administrator', 'GET', `/api/audit?${query}`)).status, 400, query)
})

test('pages follow each other without a gap or a repeat; each filter narrows', async () => {
  const { pool } = world.books.db
  for (let each = 0; each < 25; each += 1)
    await appendAlone(pool, {
      trace: `p${each}`,
      account: 'pager',
      role: 'county-bureau',
      act: 'POST /api/institutions',
      outcome: each % 2 ? 'done' : 'refused',
      countyIds: [410_400 + (each % 5)],
      object: { kind: 'institution', id: each },
      subjects: each === 7 ? ['blind-7'] : [],
    })
  const seen: number[] = []
  for (let before: number | null = 9_999_999; before !== null; ) {
    const { body } = await world.ask(
      'audit-administrator',
      'GET',
      `/api/audit?account=pager&limit=4&before=${before}`,
    )
    seen.push(...body.rows.map(({ seq }: { seq: number }) => seq))
    before = body.next
  }
  assert.equal(seen.length, 25)
  assert.deepEqual(
    seen,
    [...new Set(seen)].sort((one, other) => other - one),
  )
  const count = async (query: string) =>
    (await world.ask('audit-administrator', 'GET', `/api/audit?account=pager&${query}`)).body.rows.length
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
  assert.deepEqual(
    await Promise.all(
      [
        'outcome=done',
        'county=410402',
        'subject=blind-7',
        'objectKind=institution&objectId=3',
        `from=${today}`,
        'to=2020-01-01',
        'act=x',
      ].map(count),
    ),
    [12, 5, 1, 1, 25, 0, 0],
  )
})

test('an export holds every row, says how many and their check value, and is an entry with both', async () => {
  const { status, bytes } = await world.ask('audit-administrator', 'GET', '/api/audit/export?account=pager')
  assert.equal(status, 200)
  const sheet = await readSheet(bytes, { fileName: 'audit.xlsx', headers: ['序号', '账号', '事项'] })
  const text = JSON.stringify(sheet)
  const { body } = await world.ask(
    'audit-administrator',
    'GET',
    '/api/audit?act=GET%20/api/audit/export&account=audit-administrator',
  )
  const { rows, sha256 } = body.rows[0].facts
  assert.equal(rows, 25)
  assert.ok(text.includes('共 25 行'))
  assert.ok(text.includes(sha256))
})

test('verification by the page tells the state of the chain', async () => {
  await sealAll(world.books.db.pool)
  const { body } = await world.ask('audit-administrator', 'GET', '/api/audit/verification')
  assert.deepEqual([body.sound, body.findings], [true, []])
  const state = (await world.ask('audit-administrator', 'GET', '/api/audit/state')).body
  assert.ok(state.entries > 25 && state.lastSeal.batch >= 1)
  assert.equal(state.lastAnchor, null)
  assert.ok(state.acts.some(({ name }: { name: string }) => name === '查看审计'))
})

test('what is typed into a request never reaches the audit: no address, no body, no unknown account', async () => {
  const secrets = ['41040220150101123X', '13800138000', 'a-typed-password']
  await world.ask('city', 'GET', `/api/search?text=${secrets[0]}`)
  await world.ask('school', 'GET', `/api/audit?subject=${secrets[1]}`)
  await world.ask(undefined, 'POST', '/api/session', { account: secrets[1], password: secrets[2] })
  await world.ask('county-410422', 'POST', '/api/institutions', { name: secrets[0], phone: secrets[1] })
  const { rows } = await world.owner.query('select e::text as entry from audit.entry e')
  const holding = rows.filter(({ entry }) => secrets.some((secret) => entry.includes(secret)))
  // The one look for an account by its number was left out of its entry as well, see above.
  assert.deepEqual(holding, [])
  assert.ok(rows.some(({ entry }) => entry.includes('POST /api/institutions')))
})

test('a sign-in says whose it is', async () => {
  await world.ask(undefined, 'POST', '/api/session', { account: 'city' })
  const { body } = await world.ask(
    'audit-administrator',
    'GET',
    '/api/audit?objectKind=account&objectId=city&outcome=done',
  )
  assert.equal(body.rows[0].act, 'POST /api/session')
})

test('without an entry there is no answer: what cannot be recorded is not read', async () => {
  await world.owner.query('alter table audit.entry add constraint closed check (false) not valid')
  await assert.rejects(world.ask('audit-administrator', 'GET', '/api/audit'), /closed/)
  await world.owner.query('alter table audit.entry drop constraint closed')
})
