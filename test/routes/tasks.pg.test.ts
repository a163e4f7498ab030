import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { filing } from '../../src/features/filing/index.ts'
import { tasks } from '../../src/features/tasks/index.ts'
import { createAccount } from '../../src/platform/access/account.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let county: { id: number; name: string }
let other: { id: number }
let asOf: string

before(async () => {
  hamlet = await servedHamlet([...filing.routes, ...tasks.routes])
  const { rows } = await hamlet.owner.query<{ id: number; name: string }>(
    "select county_id as id, name from registry.county where kind = 'county' order by code",
  )
  county = rows[0]!
  other = rows[1]!
  asOf = hamlet.books.site.generatedUntil!
})
after(() => hamlet.close())

const account = () => `county-${county.id}`
const board = async (who = 'city', day = asOf) => {
  const { status, body } = await hamlet.ask(who, 'GET', `/api/tasks?asOf=${day}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const detail = async (section: string, who = 'city', place = county.id) =>
  hamlet.ask(who, 'GET', `/api/tasks/${section}?county=${place}&asOf=${asOf}`)
// biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came
const itemOf = (body: any, id: string) => body.items.find(({ itemId }: { itemId: string }) => itemId === id)

test('a stranger, a school, an inspector and a keeper are turned away; a malformed section is refused', async () => {
  assert.equal((await hamlet.ask(undefined, 'GET', '/api/tasks')).status, 401)
  for (const who of ['school', 'inspector', 'system-administrator'])
    assert.equal((await hamlet.ask(who, 'GET', '/api/tasks')).status, 403, who)
  assert.equal((await detail('M7')).status, 400)
  assert.equal((await detail('M99')).status, 404)
})

test('every measure, target and requirement stands against every county; a county sees itself alone', async () => {
  const whole = await board()
  const { plan } = hamlet.books
  assert.equal(whole.sections.length, plan.measures.length + plan.targets.length + plan.organisation.length)
  assert.equal(whole.sections.filter(({ kind }: { kind: string }) => kind === 'measure').length, 25)
  const { rows } = await hamlet.owner.query("select 1 from registry.county where kind = 'county'")
  assert.equal(whole.places.length, rows.length)
  for (const { cells, items } of whole.sections) {
    assert.equal(cells.length, rows.length)
    for (const { counts } of cells)
      assert.equal(counts.red + counts.yellow + counts.green + counts.unknown, items)
  }
  const own = await board(account())
  assert.deepEqual(
    own.places.map(({ countyId }: { countyId: number }) => countyId),
    [county.id],
  )
  assert.equal((await detail('M08', account(), other.id)).status, 404, 'another county is not there')
})

test('whoever acts for some schools of a county alone is told why the matrix is not for them', async () => {
  const { rows } = await hamlet.owner.query<{ id: number }>(
    'select institution_id::float8 as id from registry.institution where county_id = $1 limit 1',
    [county.id],
  )
  await createAccount(hamlet.owner, {
    account: 'part-officer',
    name: '分管几所学校的干部',
    role: 'county-bureau',
    counties: [county.id],
    institutions: [rows[0]!.id],
    demonstration: true,
  })
  const { status, body } = await hamlet.ask('part-officer', 'GET', '/api/tasks')
  assert.equal(status, 403)
  assert.match(body.text, /涉及全县的学校/)
})

test('nobody named is listed; a county names its owners in one sitting, the city approves, and the item says who', async () => {
  const before = await board()
  const { owners, sections } = before
  const mine = owners.find(({ countyId }: { countyId: number }) => countyId === county.id)
  const items = sections.reduce((sum: number, { items: of }: { items: number }) => sum + of, 0)
  assert.equal(mine.items, items)
  assert.equal(mine.without, items)

  const { forms } = hamlet.books.plan
  assert.ok(forms.has('item-owner'))
  const opened = await hamlet.ask(account(), 'POST', '/api/filings', {
    formId: 'item-owner',
    period: asOf.slice(0, 4),
    subjectId: county.id,
  })
  assert.equal(opened.status, 200, JSON.stringify(opened.body))
  const { filingId } = opened.body
  const { form } = (await hamlet.ask(account(), 'GET', `/api/filings/${filingId}`)).body
  const { codes } = form.lines.fields.find(({ id }: { id: string }) => id === 'item')
  const lines = ['M8.7', 'M7.4'].map((item) => ({
    item: codes.find(({ code }: { code: string }) => code === item.toLowerCase()).zh,
    lead: '县教体局',
    partners: '县财政局',
    measure: '城镇学校逐一结对签约',
    person: '张三（副局长）',
    due: '2027-06-30',
  }))
  const saved = await hamlet.ask(account(), 'PUT', `/api/filings/${filingId}/answers`, {
    cells: lines.flatMap((line, at) =>
      Object.entries(line).map(([field, written]) => ({ line: at + 1, field, written, saw: null })),
    ),
  })
  assert.deepEqual(saved.body.wrong, [], JSON.stringify(saved.body))
  const step = async (who: string, act: string, hand: string) => {
    const { revision } = (await hamlet.ask(who, 'GET', `/api/filings/${filingId}`)).body
    const done = await hamlet.ask(who, 'POST', `/api/filings/${filingId}/steps`, { act, hand, revision })
    assert.equal(done.status, 200, JSON.stringify(done.body))
  }
  await step(account(), 'submit', 'filler')
  assert.equal((await board()).owners[0].without, items, 'not before it is approved')
  await step('city', 'accept', 'city')
  await step('city', 'approve', 'city')

  const after = await board()
  const now = after.owners.find(({ countyId }: { countyId: number }) => countyId === county.id)
  assert.equal(now.without, items - 2)
  const { body } = await detail('M08')
  const item = itemOf(body, 'M8.7')
  assert.deepEqual(item.owner, {
    lead: '县教体局',
    partners: '县财政局',
    measure: '城镇学校逐一结对签约',
    person: '张三（副局长）',
    dueOn: '2027-06-30',
  })
  assert.deepEqual(item.missing, [])
  assert.ok(item.quote.includes('乡村学校'))
  assert.deepEqual(itemOf(body, 'M8.1')?.missing, ['牵头单位', '具体措施', '责任人', '完成时限'])
})

test('a rural school without a helper makes its county lag in M8.7 and is named with what mends it', async () => {
  const { body } = await detail('M08')
  const item = itemOf(body, 'M8.7')
  const [duty] = item.duties
  assert.ok(duty.uncovered > 0)
  assert.equal(item.light, 'red')
  assert.ok(item.reasons.some(({ says }: { says: string }) => says.includes(`${duty.uncovered} 个没有`)))
  assert.ok(duty.gaps.length > 0 && duty.gaps.every(({ why }: { why: string }) => why.length > 0))
  const cell = (await board()).sections
    .find(({ sectionId }: { sectionId: string }) => sectionId === 'M08')
    .cells.find(({ countyId }: { countyId: number }) => countyId === county.id)
  assert.equal(cell.light, 'red')
})

test('the workbook holds the matrix and every item of every county', async () => {
  const file = await hamlet.ask(account(), 'GET', `/api/tasks/export?asOf=${asOf}`)
  assert.equal(file.status, 200)
  const { default: ExcelJS } = await import('exceljs')
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(file.bytes as never)
  assert.deepEqual(
    workbook.worksheets.map(({ name }) => name),
    ['矩阵', '任务清单'],
  )
  const text = JSON.stringify(workbook.worksheets[1]!.getSheetValues())
  assert.ok(text.includes('城镇学校逐一结对签约'))
  assert.ok(text.includes('没有落实责任'))
})
