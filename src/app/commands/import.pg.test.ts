import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import exceljs from 'exceljs'
import { databaseForTests, type TestDatabase } from '../../../test/house/database-for-tests.ts'
import { loadDivisions } from '../../records/divisions/load-divisions.ts'
import { root } from '../data-folder.ts'

let database: TestDatabase
let emptySite: TestDatabase
const folder = mkdtempSync(join(tmpdir(), 'kuoyou-commands-'))
const at = (name: string) => join(folder, name)

before(async () => {
  database = await databaseForTests('hamlet')
  emptySite = await databaseForTests()
  await loadDivisions(emptySite.db, join(root, 'data'), { planLayer: 'pingdingshan' })
})
after(async () => {
  await emptySite.close()
  await database.close()
  rmSync(folder, { recursive: true })
})

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs the command as an analyst would, on the database of this test. */
function kuoyou(...args: string[]): Promise<Ended> {
  return kuoyouOn(database, args)
}

function kuoyouOn(site: TestDatabase, args: readonly string[]): Promise<Ended> {
  const { host, user, password, port, database: name } = site.connection
  const secret = `${encodeURIComponent(String(user))}:${encodeURIComponent(String(password ?? ''))}`
  const url = `postgres://${secret}@localhost:${port ?? 5432}/${name}?host=${encodeURIComponent(String(host))}`
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(root, 'src/app/cli.ts'), ...args],
      { env: { ...process.env, DATABASE_URL: url } },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
  })
}

async function acts(): Promise<number> {
  return (await database.db.pool.query('select count(*) as count from registry.act')).rows[0].count
}

test('exported and imported again: nothing changes, exit code 0', async () => {
  const told = JSON.parse(
    (await kuoyou('export', 'births', '--out', at('b.csv'), '--format', 'csv', '--json')).out,
  )
  assert.ok(told.rows > 0)
  assert.ok(readFileSync(at('b.csv'), 'utf8').includes(told.sha256))
  const before = await acts()
  const done = await kuoyou('import', 'births', at('b.csv'), '--doc', '测〔1〕号', '--json')
  assert.equal(done.code, 0, done.err)
  const { counts, receipt } = JSON.parse(done.out)
  assert.deepEqual([counts.same, receipt.acts, await acts()], [told.rows, [], before])
})

test('a whole register exported here goes into an empty site in one pass, teaching points under their schools', async () => {
  const told = JSON.parse((await kuoyou('export', 'institutions', '--out', at('i.xlsx'), '--json')).out)
  const args = [
    'import',
    'institutions',
    at('i.xlsx'),
    '--doc',
    '测〔5〕号',
    '--reason',
    '迁入原台账',
    '--json',
  ]
  const { counts, receipt, refusal } = JSON.parse((await kuoyouOn(emptySite, args)).out)
  assert.equal(refusal, undefined)
  assert.deepEqual([counts.rejected, receipt?.rowsNew], [0, told.rows])
  const { rows } = await emptySite.db.pool.query(
    `select count(*)::int as points, count(main.institution_id)::int as placed from registry.institution as point
       left join registry.institution as main
         on main.county_id = point.county_id and main.institution_id = point.parent_institution_id
      where point.parent_institution_id is not null`,
  )
  assert.ok(rows[0].points > 0)
  assert.equal(rows[0].placed, rows[0].points)
})

test('a wrong row: exit code 1, the sentence with its cell, a workbook with the reason, nothing written', async () => {
  const csv = readFileSync(at('b.csv'), 'utf8').split('\r\n')
  const broken = csv.map((line, index) => (index === 5 ? line.replace(/,(\d+),(\d+),/, ',$1,-$2,') : line))
  writeFileSync(at('broken.csv'), broken.join('\r\n'))
  const before = await acts()
  const done = await kuoyou(
    'import',
    'births',
    at('broken.csv'),
    '--doc',
    '测〔1〕号',
    '--errors',
    at('e.xlsx'),
  )
  assert.equal(done.code, 1)
  assert.match(done.out, /错误 {2}D6 “-\d+”是负数/)
  assert.match(done.err, /没有写入：1 行有错误/)
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.readFile(at('e.xlsx'))
  assert.match(String(workbook.worksheets[0]!.getRow(6).values), /D6 “-\d+”是负数/)
  assert.equal(await acts(), before)
  const dry = await kuoyou('import', 'births', at('broken.csv'), '--dry-run')
  assert.equal(dry.code, 1)
})

test('a new figure is written under the document, a second time it is the same', async () => {
  writeFileSync(at('new.csv'), '单位代码,年份,出生人数,发布日期,数据来源\n410422,2022,600,2024-08-05,测试\n')
  const first = JSON.parse(
    (await kuoyou('import', 'births', at('new.csv'), '--doc', '测〔2〕号', '--reason', '口径不同', '--json'))
      .out,
  )
  assert.deepEqual([first.counts.fresh, first.receipt.rowsNew], [1, 1])
  const { rows } = await database.db.pool.query(
    "select 1 from registry.act where doc_number = '测〔2〕号' and kind = 'import'",
  )
  assert.equal(rows.length, 1)
  const second = JSON.parse(
    (await kuoyou('import', 'births', at('new.csv'), '--doc', '测〔3〕号', '--json')).out,
  )
  assert.equal(second.counts.same, 1)
  const beyond = await kuoyou('import', 'births', at('new.csv'), '--doc', '测〔4〕号', '--county', '410403')
  assert.match(beyond.out, /A2 “410422”.*不在您的管辖范围内/)
})

for (const [name, args, words] of [
  ['no kind', ['import'], /没有写数据种类.*births（/],
  ['a kind that is none', ['import', 'staff', 'x.csv'], /没有“staff”这种数据/],
  ['no such option', ['import', 'births', 'x.csv', '--force'], /--force/],
  ['export without a file', ['export', 'births'], /--out/],
  ['a format that is none', ['export', 'births', '--out', 'x', '--format', 'pdf'], /--format/],
  ['a day that is none', ['export', 'births', '--out', at('x'), '--as-of', 'yesterday'], /--as-of/],
  ['a beginning of two kinds', ['import', 'enrolment', 'x.csv'], /enrolment-by-grade 或 enrolment-by-class/],
  ['a month that is none', ['import', 'births', at('b.csv'), '--decided-on', '2024-13-45'], /--decided-on/],
] as const)
  test(`${name}: exit code 2 and one clear sentence`, async () => {
    const ended = await kuoyou(...args)
    assert.equal(ended.code, 2)
    assert.match(ended.err, words)
    assert.equal(ended.err.trim().split('\n').length, 1)
  })

for (const [name, args, words] of [
  ['no such file', ['import', 'births', '/nowhere.csv', '--doc', '1'], /没有 \/nowhere.csv 这个文件/],
  ['no such county', ['export', 'births', '--out', at('x'), '--county', '999999'], /没有代码为“999999”的县/],
  ['no such folder', ['export', 'births', '--out', at('none/x.xlsx')], /没有 .*none 这个文件夹/],
  ['a folder for a file', ['export', 'births', '--out', folder], /它是文件夹/],
  ['no document', ['import', 'births', at('new.csv')], /没有填文号/],
] as const)
  test(`${name}: exit code 1 and one clear sentence`, async () => {
    const ended = await kuoyou(...args)
    assert.equal(ended.code, 1)
    assert.match(ended.err, words)
    assert.doesNotMatch(ended.err, /平台出错|at .*\.ts:/)
  })

test('both commands explain themselves', async () => {
  for (const command of ['import', 'export']) {
    const ended = await kuoyou(command, '--help')
    assert.equal(ended.code, 0)
    assert.match(ended.out, /用法：kuoyou/)
  }
})
