import assert from 'node:assert/strict'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { filing } from '../../src/features/filing/index.ts'
import { drawContent } from '../../src/features/reports/draft-paper.ts'
import { reports } from '../../src/features/reports/index.ts'
import { documentHash, writeDocument } from '../../src/platform/print/write-document.ts'
import { writeZip } from '../../src/platform/print/write-zip.ts'
import { openPackage } from '../../src/platform/sheets/open-package.ts'
import { periodsBegun } from '../../src/records/returns/return-period.ts'
import { paperOffice } from './paper-office.for-tests.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let county: { id: number; name: string }
let day: string

before(async () => {
  hamlet = await servedHamlet([...reports.routes, ...filing.routes])
  const { rows } = await hamlet.owner.query(
    "select county_id as id, name from registry.county where kind = 'county' order by county_id",
  )
  county = rows[0]
  day = hamlet.books.site.generatedUntil!
})
after(() => hamlet.close())

const { ask, refused, shown, step, drafted, issued } = paperOffice(() => hamlet)

async function sendBack(id: number, bytes: Buffer) {
  const payload = Buffer.concat([
    Buffer.from('--edge\r\ncontent-disposition: form-data; name="file"; filename="paper.docx"\r\n\r\n'),
    bytes,
    Buffer.from('\r\n--edge--\r\n'),
  ])
  return hamlet.ask('city', 'POST', `/api/papers/${id}/comparison`, payload, {
    'content-type': 'multipart/form-data; boundary=edge',
  })
}

async function edited(docx: Buffer, edit: (words: string) => string): Promise<Buffer> {
  const pack = await openPackage(docx)
  const parts: [string, string][] = []
  for (const path of pack.paths) {
    const content = await text((await pack.read(path))!)
    parts.push([path, path === 'word/document.xml' ? edit(content) : content])
  }
  return writeZip(parts)
}

test('every template of the plan can be drawn, names what is missing and marks generated data', async () => {
  const board = (await ask('city', 'GET', '/api/papers')).body
  assert.deepEqual(
    board.templates.map(({ template }: { template: string }) => template).sort(),
    ['county-one-page', 'monthly-report', 'public-notice', 'supervision-circular'],
    'a county’s ledger is the county’s, and there is no finding yet',
  )
  for (const { template, subjects } of board.templates) {
    const paper = await shown(await drafted(template, subjects[0].aboutId))
    assert.match(paper.document.marking, /合成数据/)
    const printed = JSON.stringify(paper.document)
    assert.equal(printed.includes('〔待补：'), paper.missing.length > 0, template)
    assert.doesNotMatch(printed, /\{[a-z]/, 'no place is left open')
  }
})

test('the county that never handed anything in is named in the monthly report', async () => {
  const { document } = await shown(await drafted('monthly-report', hamlet.books.site.cityId))
  const [annex] = document.annexes
  const words = (wording: (string | { text: string })[]) =>
    wording.map((part) => (typeof part === 'string' ? part : part.text)).join('')
  const named = annex.blocks[0].rows
    .map((row: (string | { text: string })[][]) => row.map(words))
    .filter(([place, form]: string[]) => place === county.name && form === '幼儿园办园条件年度表')
  assert.equal(named.length, 1)
  const [, , , , due, missing, late] = named[0]
  assert.ok(Number(due) > 0)
  assert.deepEqual([missing, late], [due, '未到期'])
})

test('a county that was reminded and still handed nothing in is named in the report, and in the circular once it is late', async () => {
  const { plan, site } = hamlet.books
  const form = plan.forms.get('item-progress')!
  const [period] = periodsBegun(form, day)
  const own = `county-${county.id}`
  const reminder = { formId: form.id, period: period!.id, subjectIds: [county.id] }
  const sent = await ask('city', 'POST', '/api/filing-reminders', reminder)
  assert.deepEqual(sent.body, { reminded: 1, already: 0 })
  const [seen] = (await ask(own, 'GET', '/api/filing-reminders')).body
  assert.deepEqual([seen.zh, seen.name, seen.yours], [form.zh, county.name, true])

  const counties = (await hamlet.owner.query('select county_id as id from registry.county')).rows
  const rows = async (template: string, asOf: string) => {
    const drawn = await drawContent(hamlet.books, {
      template: plan.templates.get(template)!,
      aboutId: site.cityId,
      scope: { counties: counties.map(({ id }) => id), asOf },
    })
    const { body, annexes } = drawn!.content.document
    return [...body, ...annexes.flatMap(({ blocks }) => blocks)]
      .flatMap((block) => (block.kind === 'table' ? block.rows : []))
      .map((row) =>
        row.map((cell) => cell.map((part) => (typeof part === 'string' ? part : part.text)).join('')),
      )
      .filter(([place, of]) => place === county.name && of === form.zh)
  }
  const [reported] = await rows('monthly-report', day)
  assert.deepEqual(reported?.slice(4), ['1', '1', '未到期'])
  assert.deepEqual(await rows('supervision-circular', period!.dueOn), [], 'not late on its last day')
  const after = new Date(Date.parse(period!.dueOn) + 86_400_000).toISOString().slice(0, 10)
  const [named] = await rows('supervision-circular', after)
  assert.deepEqual(named?.slice(4), ['1', '1', `${county.name}教育主管部门`])
})

test('a paper is drafted, kept from its own author, returned with a reason, approved by a second, numbered and issued', async () => {
  const id = await drafted('monthly-report', hamlet.books.site.cityId)
  await refused('paper.out-of-turn', step('city', id, 'issue'))
  await refused('paper.gaps-left', step('city', id, 'submit'))
  assert.equal((await step('city', id, 'submit', { withGaps: true })).status, 200)
  await refused('paper.own-draft', step('city', id, 'approve'))
  await refused('paper.no-reason', step('city-basic-education', id, 'return'))
  assert.equal((await step('city-basic-education', id, 'return', { reason: '标题再核一下' })).status, 200)
  assert.equal((await step('city', id, 'renew')).status, 200)
  assert.equal((await step('city', id, 'submit', { withGaps: true })).status, 200)
  assert.equal(
    (await ask('city-basic-education', 'POST', `/api/papers/${id}/steps`, { act: 'approve', revision: 1 }))
      .body.refusal?.code,
    'paper.moved-meanwhile',
  )
  assert.equal((await step('city-basic-education', id, 'approve')).status, 200)
  const done = await step('city', id, 'issue', { withGaps: true })
  assert.match(done.body.docNumber, /^平教体〔\d{4}〕1号$/)
  const paper = await shown(id)
  assert.deepEqual([paper.stands, paper.mayDo, paper.document.issuedOn], ['已印发', ['void'], day])
  assert.deepEqual(
    paper.steps.map(({ act }: { act: string }) => act),
    ['拟稿', '送审', '退回', '重新取数', '送审', '审批通过', '编号印发'],
  )
  const second = await shown(await issued('supervision-circular', hamlet.books.site.cityId))
  assert.match(second.docNumber, /〕2号$/, 'numbers of one mark follow each other')
  assert.equal(
    (await shown(await drafted('monthly-report', hamlet.books.site.cityId))).since.docNumber,
    paper.docNumber,
  )
  await assert.rejects(
    hamlet.owner.query('update papers.paper set approved_by = written_by[1] where paper_id = $1', [id]),
    /approved_by_a_second/,
  )
})

test('drawn again from the books of the same day and moment, a paper is the same to the byte', async () => {
  const { cityId } = hamlet.books.site
  const id = await drafted('monthly-report', cityId)
  const { hash, knownAt } = await shown(id)
  const counties = (await hamlet.owner.query('select county_id as id from registry.county')).rows.map(
    ({ id: each }) => each,
  )
  const again = await drawContent(hamlet.books, {
    template: hamlet.books.plan.templates.get('monthly-report')!,
    aboutId: cityId,
    scope: { counties, asOf: day, knownAt },
  })
  assert.equal(documentHash(again!.content.document), hash)
  const one = (await ask('city', 'GET', `/api/papers/${id}/file?format=docx`)).bytes
  assert.ok(one.equals(writeDocument(again!.content.document, String(id))))
  const workbook = await ask('city', 'GET', `/api/papers/${id}/file?format=xlsx`)
  assert.equal(workbook.status, 200)
  assert.equal(workbook.bytes.subarray(0, 2).toString(), 'PK')
})

test('a document that comes back with a figure changed by hand names it; anything else is refused in words', async () => {
  const id = await issued('public-notice', hamlet.books.site.cityId)
  const docx = (await ask('city', 'GET', `/api/papers/${id}/file?format=docx`)).bytes
  assert.deepEqual((await sendBack(id, docx)).body, {
    changed: [],
    removed: [],
    added: [],
    otherPaper: false,
  })
  const tag = `<w:tag w:val="indicator:public-enrolment-share@${county.id}"/>`
  const forged = await edited(docx, (words) => {
    assert.ok(words.includes(tag))
    const from = words.indexOf('<w:t ', words.indexOf(tag))
    return `${words.slice(0, from)}<w:t>9</w:t>${words.slice(from)}`
  })
  const { changed } = (await sendBack(id, forged)).body
  assert.equal(changed.length, 1)
  assert.match(changed[0].zh, new RegExp(`^${county.name} 公办园在园幼儿占比`))
  assert.equal(changed[0].became, `9${changed[0].was}`)
  const other = await drafted('monthly-report', hamlet.books.site.cityId)
  assert.equal((await sendBack(other, docx)).body.otherPaper, true)
  assert.equal((await sendBack(id, Buffer.from('no document'))).body.refusal?.code, 'file.not-accepted')
})

test('strangers, schools, other counties and wrong words are turned away', async () => {
  const { cityId } = hamlet.books.site
  const body = { template: 'monthly-report', aboutId: cityId }
  assert.equal((await ask(undefined, 'POST', '/api/papers', body)).status, 401)
  assert.equal((await ask('school', 'GET', '/api/papers')).status, 403)
  assert.equal((await ask('city', 'POST', '/api/papers', { template: '../x', aboutId: 1 })).status, 400)
  assert.equal((await ask('city', 'POST', '/api/papers', { template: 'nothing', aboutId: 1 })).status, 404)
  const own = `county-${county.id}`
  assert.equal((await ask(own, 'POST', '/api/papers', body)).status, 404, 'the city is not in its sight')
  const page = { template: 'county-one-page', aboutId: county.id }
  assert.equal((await ask(own, 'POST', '/api/papers', page)).body.refusal?.code, 'paper.not-yours')
  const ledger = await drafted('county-ledger', county.id, own)
  assert.equal((await ask(own, 'GET', `/api/papers/${ledger}`)).status, 200)
  assert.equal((await step('city', ledger, 'submit')).body.refusal?.code, 'paper.not-yours')
  const citys = await drafted('monthly-report', cityId)
  for (const path of ['', '/file?format=docx'])
    assert.equal((await ask(own, 'GET', `/api/papers/${citys}${path}`)).status, 404)
  assert.equal((await ask('city', 'GET', '/api/papers/999999')).status, 404)
})
