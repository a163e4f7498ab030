import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { filing } from '../../src/features/filing/index.ts'
import { createAccount } from '../../src/platform/access/account.ts'
import { countOwed } from '../../src/records/returns/count-owed.ts'
import { lookedAt } from '../../src/records/returns/looked-at.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let county: number
let garden: number
let filingId: number
let period: string

const form = 'kindergarten-conditions'

/** What happened to the filing, on which day. */
const days = {
  written: '09-05',
  submitted: '09-10',
  accepted: '09-12',
  returned: '09-14',
  mended: '09-20',
  again: '09-21',
} as const
const on = (what: keyof typeof days) => `${period}-${days[what]}`

before(async () => {
  hamlet = await servedHamlet([...filing.routes])
  // The year's forms begin on the generated city's last day: here its books go on to the winter.
  const site: { generatedUntil?: string } = hamlet.books.site
  period = site.generatedUntil!.slice(0, 4)
  site.generatedUntil = `${period}-12-31`
  const { rows } = await hamlet.owner.query(
    `select county_id as county, institution_id::float8 as id from registry.institution as i
      where kind = 'kindergarten' and upper_inf(valid) and known_to = 'infinity' and lower(valid) < $1
        and not exists (select from registry.membership as m where m.institution_id = i.institution_id and m.tree = 'township-centre')
        and not exists (select from returns.filing as f where f.subject_id = i.institution_id and form_id = $2 and period = $3)
      order by county_id, institution_id limit 1`,
    [`${period}-09-01`, form, period],
  )
  ;({ county, id: garden } = rows[0])
  await createAccount(hamlet.owner, {
    ...{ account: 'garden', name: '园数据员', role: 'school-clerk', demonstration: true },
    ...{ counties: [county], institutions: [garden] },
  })
  await fileAndReturn()
  await dateBack()
})
after(() => hamlet.close())

async function done(account: string, method: 'POST' | 'PUT', path: string, body: object) {
  const answer = await hamlet.ask(account, method, path, body)
  assert.equal(answer.status, 200, `${path} ${JSON.stringify(answer.body)}`)
  return answer.body
}

const write = (cells: Record<string, string>, saw: Record<string, unknown> = {}) =>
  done('garden', 'PUT', `/api/filings/${filingId}/answers`, {
    cells: Object.entries(cells).map(([field, written]) => ({
      ...{ line: 0, field, written, saw: saw[field] ?? null },
    })),
  })

async function step(account: string, act: string, hand: string, more: object = {}) {
  const { body } = await hamlet.ask(account, 'GET', `/api/filings/${filingId}`)
  await done(account, 'POST', `/api/filings/${filingId}/steps`, {
    ...{ act, hand, revision: body.revision },
    ...more,
  })
}

/** Filled in, handed in, taken in hand, asked about, returned, mended, handed in again. */
async function fileAndReturn() {
  ;({ filingId } = await done('garden', 'POST', '/api/filings', {
    ...{ formId: form, period, subjectId: garden },
  }))
  await write({ 'built-on': '2015', 'floor-area': '2400', 'outdoor-area': '900' })
  await write({ 'toys-meet': '达到', 'has-hazard': '否' })
  const desk = `county-${county}`
  await step('garden', 'submit', 'filler')
  await step(desk, 'accept', 'county')
  const { markId } = await done(desk, 'POST', `/api/filings/${filingId}/marks`, {
    ...{ line: 0, field: 'outdoor-area', why: '与航拍图不符' },
  })
  await step(desk, 'return', 'county', { reason: '一处待核' })
  await write({ 'outdoor-area': '950' }, { 'outdoor-area': 900 })
  await done('garden', 'POST', `/api/filings/${filingId}/marks/${markId}/resolution`, { says: '已改' })
  await step('garden', 'submit', 'filler')
}

/** What was done in this minute is to have been done on the days above. */
async function dateBack() {
  const at = (day: string) => `${day}T10:00:00+08:00`
  const order = ['submitted', 'accepted', 'returned', 'again'] as const
  for (const [index, what] of order.entries())
    await hamlet.owner.query('update returns.step set done_at = $1 where filing_id = $2 and revision = $3', [
      ...[at(on(what)), filingId, index + 1],
    ])
  for (const [sql, what] of [
    ['update returns.filing set opened_at = $1 where filing_id = $2', 'written'],
    ['update returns.filing set first_submitted_at = $1 where filing_id = $2', 'submitted'],
    ['update returns.answer_change set changed_at = $1 where filing_id = $2', 'written'],
    ['update returns.answer_change set changed_at = $1 where filing_id = $2 and was is not null', 'mended'],
    ['update returns.mark set marked_at = $1 where filing_id = $2', 'accepted'],
    ['update returns.mark set resolved_at = $1 where filing_id = $2', 'mended'],
  ] as const)
    await hamlet.owner.query(sql, [at(on(what)), filingId])
}

const read = async (path: string, more: Record<string, string | number> = {}) => {
  const query = new URLSearchParams({ form, period, ...more } as Record<string, string>)
  const { status, body } = await hamlet.ask(`county-${county}`, 'GET', `${path}?${query}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

const listed = async (more: Record<string, string | number>) =>
  (await read('/api/filings', more)).rows.find(({ subjectId }: { subjectId: number }) => subjectId === garden)

const row = async (asOf: string) => {
  const { rows, form: shown } = await read('/api/filing-sheets', { asOf })
  const fields = shown.parts.flatMap(({ fields }: { fields: { id: string }[] }) => fields)
  const at = fields.findIndex(({ id }: { id: string }) => id === 'outdoor-area')
  const found = rows.find(({ subjectId }: { subjectId: number }) => subjectId === garden)
  return { stands: found.stands, area: found.values[at], marks: found.marks.length, writable: found.writable }
}

test('the list of a past day says where a filing stood then', async () => {
  const stood: Record<string, string> = {}
  for (const day of [`${period}-09-04`, ...Object.keys(days).map((what) => on(what as keyof typeof days))])
    stood[day] = (await listed({ asOf: day })).stands
  assert.deepEqual(stood, {
    [`${period}-09-04`]: '未开始填',
    [on('written')]: '填写中',
    [on('submitted')]: '已提交，待县级教育主管部门受理',
    [on('accepted')]: '县级教育主管部门审核中',
    [on('returned')]: '已退回，待修改',
    [on('mended')]: '已退回，待修改',
    [on('again')]: '已提交，待县级教育主管部门受理',
  })
  assert.equal((await listed({ asOf: on('written') })).firstSubmittedAt, null)
  assert.equal((await listed({ asOf: on('written'), only: 'not-submitted' }))?.subjectId, garden)
  assert.equal(await listed({ asOf: on('submitted'), only: 'not-submitted' }), undefined)
  assert.equal((await listed({ asOf: on('returned'), only: 'returned' }))?.subjectId, garden)
  assert.equal((await listed({})).stands, '已提交，待县级教育主管部门受理')
})

test('the counts of a past day are those of that day', async () => {
  const counted = async (asOf: string) => {
    const { forms } = await read('/api/forms', { asOf })
    const { periods } = forms.find(({ formId }: { formId: string }) => formId === form)
    return periods.find(({ id }: { id: string }) => id === period)
  }
  const [before, after, returned] = [
    ...[await counted(on('written')), await counted(on('submitted')), await counted(on('returned'))],
  ]
  assert.equal(after.submitted - before.submitted, 1)
  assert.equal(returned.returned - after.returned, 1)
  assert.equal(returned.due, before.due)
})

test('the sheet of a past day shows what stood there and what was asked, and is not written', async () => {
  assert.deepEqual(await row(on('accepted')), {
    ...{ stands: '县级教育主管部门审核中', area: 900, marks: 1, writable: false },
  })
  assert.deepEqual(await row(on('mended')), {
    stands: '已退回，待修改',
    area: 950,
    marks: 0,
    writable: false,
  })
  const { body } = await hamlet.ask(
    ...([
      'garden',
      'GET',
      `/api/filing-sheets?form=${form}&period=${period}&asOf=${on('returned')}`,
    ] as const),
  )
  assert.equal(body.rows[0].writable, false, 'though it lay with the one who fills it')
})

test('a filing of a past day is what it was: its cells, its steps, what was asked; before it was opened it is not there', async () => {
  const at = async (asOf: string) => {
    const { body } = await hamlet.ask('garden', 'GET', `/api/filings/${filingId}?asOf=${asOf}`)
    const cell = body.cells.find(({ field }: { field: string }) => field === 'outdoor-area')
    const marks = body.marks.map(({ resolution }: { resolution: string | null }) => resolution)
    return [cell.value, body.steps.length, body.stands, marks, body.mayWrite, body.mayDo]
  }
  assert.deepEqual(await at(on('written')), [900, 0, '填写中', [], false, []])
  assert.deepEqual(await at(on('returned')), [900, 3, '已退回，待修改', [null], false, []])
  assert.deepEqual(await at(on('mended')), [950, 3, '已退回，待修改', ['已改'], false, []])
  const before = await hamlet.ask('garden', 'GET', `/api/filings/${filingId}?asOf=${period}-09-04`)
  assert.equal(before.status, 404)
})

test('who may write is told so beside each unit', async () => {
  const told = async (account: string, more = '') => {
    const path = `/api/filings?form=${form}&period=${period}${more}`
    const { body } = await hamlet.ask(account, 'GET', path)
    return body.rows.map(({ subjectId, mayFill }: { subjectId: number; mayFill: boolean }) => [
      subjectId,
      mayFill,
    ])
  }
  const back = `&asOf=${on('returned')}`
  assert.deepEqual([await told('garden'), await told('garden', back)], [[[garden, false]], [[garden, false]]])
  await hamlet.owner.query(
    "update returns.filing set phase = 'returned', at_level = null where filing_id = $1",
    [filingId],
  )
  assert.deepEqual(await told('garden'), [[garden, true]])
  const others = await told(`county-${county}`)
  assert.ok(others.length > 0 && others.every(([, mayFill]: [number, boolean]) => !mayFill))
  await hamlet.owner.query(
    "update returns.filing set phase = 'submitted', at_level = 'county' where filing_id = $1",
    [filingId],
  )
})

test('the doubts and what may be done are those of the past day too', async () => {
  const asked = async (asOf: string) => (await read('/api/filing-doubts', { asOf })).length
  assert.deepEqual(
    [await asked(on('submitted')), await asked(on('accepted')), await asked(on('mended'))],
    [0, 1, 0],
  )
  const { mayRemind } = await read('/api/filings', { asOf: on('written') })
  assert.deepEqual([mayRemind, (await read('/api/filings')).mayRemind], [false, true])
})

test('what is owed of a past day, as the matrix of tasks and papers count it, is not handed in before its day', async () => {
  const { db, plan, site } = hamlet.books
  const handedIn = (day: string) =>
    db.transaction({ counties: [county], asOf: day }, async (tx) => {
      const [owed] = await countOwed(tx, [plan.forms.get(form)!], lookedAt(site, day, undefined))
      return owed!.handedIn
    })
  assert.equal((await handedIn(on('submitted'))) - (await handedIn(on('written'))), 1)
})

test('a day by which things were known is looked from as well', async () => {
  // Everything of the generated city was entered today: it is to have been known long before.
  await hamlet.owner.query("update registry.institution set known_from = '2000-01-01'")
  assert.equal((await listed({ knownOn: on('returned') })).stands, '已退回，待修改')
})
