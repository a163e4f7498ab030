import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { compareFilings } from '../../src/features/filing/compare-filings.ts'
import { type ServedHamlet, servedHamlet } from '../routes/served-hamlet.ts'

let hamlet: ServedHamlet
let county: number
let schools: number[]
const year = 2024
const day = '2024-09-01'

before(async () => {
  hamlet = await servedHamlet([])
  const { rows } = await hamlet.owner.query<{ county: number; id: number }>(
    `select county_id as county, institution_id::float8 as id from registry.institution
      where kind in ('primary-school', 'junior-school') and valid @> $1::date and known_to = 'infinity' order by 1, 2`,
    [day],
  )
  county = rows[0]!.county
  schools = rows.filter((row) => row.county === county).map(({ id }) => id)
})
after(() => hamlet.close())

type Lines = readonly Readonly<Record<string, unknown>>[]

/** A filing as it stands in hand, its lines after the answers asked once. */
async function inHand(formId: string, period: string, subject: number, lines: Lines): Promise<number> {
  const kind = hamlet.books.plan.forms.get(formId)!.subject.each
  const { version } = hamlet.books.plan.forms.get(formId)!
  const { rows } = await hamlet.owner.query<{ id: number }>(
    `insert into returns.filing (county_id, form_id, version, period, subject_kind, subject_id, institution_id, opened_by)
     values ($1, $2, $3, $4, $5, $6::bigint, case when $5 = 'institution' then $6::bigint end, '测试')
     returning filing_id::float8 as id`,
    [county, formId, version, period, kind, subject],
  )
  for (const [line, answers] of lines.entries())
    for (const [field, value] of Object.entries(answers))
      await hamlet.owner.query(
        `insert into returns.answer (county_id, filing_id, line, field, value, origin, written_by)
         values ($1, $2, $3, $4, $5, 'hand', '测试')`,
        [county, rows[0]!.id, line, field, JSON.stringify(value)],
      )
  return rows[0]!.id
}

/** The same as the books have it after its approval. */
async function entered(
  formId: string,
  period: string,
  lines: Lines,
  valid: string | null = null,
): Promise<void> {
  const filing = await inHand(formId, period, county, [])
  for (const [line, answers] of lines.entries())
    await hamlet.owner.query(
      `insert into returns.entry (county_id, filing_id, form_id, version, period, subject_kind, subject_id, line, answers, valid)
       select county_id, filing_id, form_id, version, period, subject_kind, subject_id, $2, $3, $4::daterange
         from returns.filing where filing_id = $1`,
      [filing, line, answers, valid],
    )
}

async function found(formId: string, checkId: string) {
  const form = hamlet.books.plan.forms.get(formId)!
  const compared = await compareFilings(hamlet.books, form, day, [county])
  return compared.filter(({ remark }) => remark.check === checkId)
}

test('a school that expands without a plan of its own is named on its line; one that has a plan in force is not', async () => {
  const [planned, unplanned] = schools as [number, number]
  await entered('expansion-plan', '1', [{ school: planned }], '[2024-08-22,)')
  await inHand('expansion-steps', String(year), county, [
    { schools: 2 },
    { school: planned },
    { school: unplanned },
  ])
  const all = await found('expansion-steps', 'expansion-steps.without-plan')
  assert.deepEqual(
    all.map(({ remark }) => [remark.line, ...remark.fields]),
    [[2, 'school']],
  )
  assert.match(all[0]!.remark.says, /^第 2 行/)
})

test('an item whose own day has passed and that is not done is pointed to; one that is done, or due later, is not', async () => {
  const owners = [
    { item: 'm1.1', due: '2023-12-31' },
    { item: 'm1.2', due: '2023-12-31' },
    { item: 'm1.3', due: '2099-12-31' },
  ]
  await entered('item-owner', String(year - 1), [{}, ...owners])
  const progress = [
    { item: 'm1.1', status: 'under-way' },
    { item: 'm1.2', status: 'done' },
    { item: 'm1.3', status: 'not-started' },
  ]
  await inHand('item-progress', `${year}-1`, county, [{}, ...progress])
  const all = await found('item-progress', 'item-progress.past-due')
  assert.deepEqual(
    all.map(({ remark }) => [remark.line, remark.found]),
    [[1, 'M1.1 定于 2023-12-31 前完成']],
  )
})

test('a project in use whose school has no more seats than before is doubted, each entry by itself; one still being built is not', async () => {
  const [school] = schools as [number]
  const project = { school, seats: 270, 'registered-on': '2024-08-22' }
  const built = await inHand('project-register', '1', county, [
    { ...project, name: '甲', 'opened-on': '2024-08-30' },
  ])
  await inHand('project-register', '2', county, [{ ...project, name: '乙' }])
  await inHand('project-register', '3', county, [
    { ...project, name: '丙', seats: 0, 'opened-on': '2024-08-30' },
  ])
  const all = await found('project-register', 'project-register.capacity')
  assert.deepEqual(
    all.map(({ filingId }) => filingId),
    [built],
  )
  await hamlet.owner.query(
    `update registry.premises set approved_capacity = approved_capacity + 270, valid = daterange('2024-08-30', upper(valid))
      where institution_id = $1`,
    [school],
  )
  await hamlet.owner.query(
    `insert into registry.premises (county_id, institution_id, campus_name, stage, rooms, approved_capacity, valid, act_id)
     select county_id, institution_id, campus_name, stage, rooms, approved_capacity - 270, daterange('2020-01-01', '2024-08-30'), act_id
       from registry.premises where institution_id = $1 and known_to = 'infinity'`,
    [school],
  )
  assert.deepEqual(await found('project-register', 'project-register.capacity'), [])
})

test('two entries of one project are both told of the other; a dropped one and other names are not', async () => {
  const first = await inHand('project-register', '4', county, [{ name: '第一小学 扩建' }])
  const second = await inHand('project-register', '5', county, [{ name: '第一小学扩建' }])
  await inHand('project-register', '6', county, [{ name: '第一小学扩建', 'dropped-on': '2024-09-01' }])
  await inHand('project-register', '7', county, [{ name: '第二小学扩建' }])
  const all = await found('project-register', 'project-register.same-project')
  assert.deepEqual(
    all.map(({ filingId, remark }) => [filingId, remark.found]),
    [
      [first, '与第 5 条同名'],
      [second, '与第 4 条同名'],
    ],
  )
})

test('one school whose share of short-sighted pupils lies far from all others of its county is doubted, the others are not', async () => {
  for (let at = 0; at < 10; at += 1)
    await inHand('pupil-health', String(year), 900_001 + at, [{ screened: 100, myopic: 30 + at }])
  await inHand('pupil-health', String(year), schools[0]!, [{ screened: 100, myopic: 90 }])
  const all = await found('pupil-health', 'pupil-health.myopia-outlier')
  assert.deepEqual(
    all.map(({ subjectId, remark }) => [subjectId, remark.found]),
    [[schools[0], '本校 90.0%，本县中位数 35.0%']],
  )
})
