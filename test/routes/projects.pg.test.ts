import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { projects } from '../../src/features/projects/index.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let county: number
let other: number

before(async () => {
  hamlet = await servedHamlet(projects.routes)
  const { rows } = await hamlet.owner.query<{ id: number }>(
    "select county_id as id from registry.county where kind = 'county' order by code",
  )
  county = rows[0]!.id
  other = rows[1]!.id
  const version = hamlet.books.plan.forms.get('project-register')!.version
  await enter(county, version, '一中扩建', { seats: 900, 'in-plan': 'yes', 'plan-doc': '县年度计划' }, [
    [2025, 10_000, 10_000],
    [2026, 30_000, 12_000],
  ])
  await enter(county, version, '实验幼儿园', { seats: 360, 'in-plan': 'no', stage: 'preschool' }, [])
  await enter(other, version, '二小新建', { seats: 1350, 'in-plan': 'yes', 'plan-doc': '区规划' }, [
    [2026, 50_000, 50_000],
  ])
})
after(() => hamlet.close())

/** An entry as the last approval writes it. */
async function enter(
  countyId: number,
  version: number,
  name: string,
  answers: Record<string, unknown>,
  money: readonly (readonly [year: number, due: number, paid: number])[],
) {
  const { rows } = await hamlet.owner.query(
    `insert into returns.filing (county_id, form_id, version, period, subject_kind, subject_id, phase, opened_by)
     values ($1, 'project-register', $2, $3, 'county', $1::integer, 'approved', '测试') returning filing_id as id`,
    [countyId, version, name],
  )
  const whole = {
    name,
    kind: 'extension',
    stage: 'senior',
    'registered-on': '2024-09-01',
    'start-by': '2025-03-01',
    'started-on': '2025-02-20',
    'finish-by': '2026-06-30',
    'open-by': '2026-09-01',
    ...answers,
  }
  const lines = [[0, whole] as const].concat(
    money.map(([year, due, paid], at) => [at + 1, { year, due, paid }] as never),
  )
  for (const [line, of] of lines)
    await hamlet.owner.query(
      `insert into returns.entry (county_id, filing_id, form_id, version, period, subject_kind, subject_id, line, answers, valid)
       values ($1, $2, 'project-register', $3, $4, 'county', $1::integer, $5, $6, daterange('2024-09-01', null))`,
      [countyId, rows[0].id, version, name, line, of],
    )
}

const board = async (account: string, asOf: string) => {
  const { status, body } = await hamlet.ask(account, 'GET', `/api/projects?asOf=${asOf}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const named = (shown: { projects: { name: string }[] }) => shown.projects.map(({ name }) => name)

test('a stranger, a school and a keeper are turned away; a day that is none is refused', async () => {
  assert.equal((await hamlet.ask(undefined, 'GET', '/api/projects')).status, 401)
  for (const who of ['school', 'inspector', 'audit-administrator'])
    assert.equal((await hamlet.ask(who, 'GET', '/api/projects')).status, 403, who)
  assert.equal((await hamlet.ask('finance', 'GET', '/api/projects?asOf=2026')).status, 400)
})

test('those who plan and pay see every county, a county its own alone', async () => {
  for (const who of ['finance', 'development-reform', 'city'])
    assert.equal((await board(who, '2026-05-01')).projects.length, 3, who)
  assert.deepEqual(named(await board(`county-${county}`, '2026-05-01')).sort(), ['一中扩建', '实验幼儿园'])
})

test('what is in no plan, late or short of money is said; money nobody filed is missing', async () => {
  const shown = await board('finance', '2026-07-01')
  const of = (name: string) => shown.projects.find((project: { name: string }) => project.name === name)
  assert.equal(of('一中扩建').words, '竣工迟')
  assert.deepEqual(
    [of('一中扩建').dueFen, of('一中扩建').paidFen, of('一中扩建').shortFen],
    [40_000, 22_000, 18_000],
  )
  assert.equal(of('实验幼儿园').planned, false)
  assert.equal(of('实验幼儿园').dueFen, null)
  assert.equal(of('实验幼儿园').stage, '学前')
  const own = shown.counties.find(({ countyId }: { countyId: number }) => countyId === county)
  assert.deepEqual(
    [own.projects, own.unplanned, own.late, own.seats, own.dueFen, own.unfiled],
    [2, 1, 2, 1260, 40_000, 1],
  )
  assert.deepEqual(shown.years, [{ year: 2026, projects: 3, seats: 2610, openedSeats: 0 }])
})

test('as of an earlier day nothing is late, and before it was registered it is not there', async () => {
  assert.ok(
    (await board('city', '2026-05-01')).projects.every(({ late }: { late: unknown[] }) => late.length === 0),
  )
  assert.equal((await board('city', '2024-08-01')).projects.length, 0)
})

test('the workbook holds the totals and the register, money in 元', async () => {
  const file = await hamlet.ask('finance', 'GET', '/api/projects/export?asOf=2026-07-01')
  assert.equal(file.status, 200)
  const { default: ExcelJS } = await import('exceljs')
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(file.bytes as never)
  const text = JSON.stringify(workbook.worksheets.map((sheet) => sheet.getSheetValues()))
  assert.ok(text.includes('一中扩建') && text.includes('180'))
})
