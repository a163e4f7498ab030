import assert from 'node:assert/strict'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { findingsOnce } from '../../src/app/findings-once.ts'
import { loadDemoFilings } from '../../src/demo/demo-filings.ts'
import { reports } from '../../src/features/reports/index.ts'
import { writeZip } from '../../src/platform/print/write-zip.ts'
import { openPackage } from '../../src/platform/sheets/open-package.ts'
import { listFindings } from '../../src/records/findings/list-findings.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

interface Field {
  readonly id: string
  readonly zh: string
  readonly text: string
  readonly source: string
  readonly definition: string
  readonly asOf: string
}
type Wording = (string | Field)[]
type Block = { text: Wording } | { rows: Wording[][] }
interface Drawn {
  readonly template: string
  /** Of the office whose paper it is. */
  readonly account: string
  readonly paperId: number
  readonly document: { addressee?: Wording; body: Block[]; annexes: { blocks: Block[] }[] }
}

let hamlet: ServedHamlet
const drawn: Drawn[] = []
let office: string

before(async () => {
  hamlet = await servedHamlet(reports.routes)
  const { db, plan, site } = hamlet.books
  await loadDemoFilings(db, plan, hamlet.city.seed, site.generatedUntil!)
  await findingsOnce(hamlet.books, () => {})
  const { rows } = await hamlet.owner.query<{ id: number }>('select county_id as id from registry.county')
  const counties = rows.map(({ id }) => id)
  const findings = await db.transaction({ counties, asOf: site.generatedUntil! }, (tx) =>
    listFindings(tx, { phases: ['signed'] }, { limit: 200 }),
  )
  // one that both the city and its county may order to be mended
  const finding = findings.find(({ ownerLevel }) => ownerLevel === 'institution')!
  const county = finding.countyId
  office = `county-${county}`
  const about = { city: site.cityId, county, finding: finding.findingId }
  for (const template of plan.templates.values()) {
    const account = template.issuedBy === 'city' ? 'city' : office
    const body = { template: template.id, aboutId: about[template.about] }
    const { paperId } = (await hamlet.ask(account, 'POST', '/api/papers', body)).body
    const { document } = (await hamlet.ask(account, 'GET', `/api/papers/${paperId}`)).body
    drawn.push({ template: template.id, account, paperId, document })
  }
})
after(() => hamlet.close())

const blocksOf = ({ document: { body, annexes } }: Drawn) => [
  ...body,
  ...annexes.flatMap(({ blocks }) => blocks),
]
const inText = (paper: Drawn): Wording => [
  ...(paper.document.addressee ?? []),
  ...blocksOf(paper).flatMap((block) => ('text' in block ? block.text : [])),
]
const inTables = (paper: Drawn): Wording =>
  blocksOf(paper).flatMap((block) => ('rows' in block ? block.rows.flat(2) : []))
const fieldsOf = (wording: Wording) => wording.filter((part): part is Field => typeof part !== 'string')

test('every figure of every kind of paper is a field with source, definition and day', () => {
  assert.equal(drawn.length, hamlet.books.plan.templates.size)
  for (const paper of drawn) {
    const fields = fieldsOf([...inText(paper), ...inTables(paper)])
    assert.ok(fields.length > 0, paper.template)
    for (const { zh, source, definition, asOf } of fields)
      assert.ok(zh && source && definition && /^\d{4}-\d{2}-\d{2}$/.test(asOf), `${paper.template} ${zh}`)
  }
})

test('what stands in a paper as plain words holds no figure but the days and periods it speaks of', () => {
  const duties = new Set([...hamlet.books.plan.coverage.values()].map(({ zh }) => zh))
  for (const paper of drawn) {
    const template = JSON.stringify(hamlet.books.plan.templates.get(paper.template))
    const plain = [...inText(paper), ...inTables(paper)].filter((part) => typeof part === 'string')
    const figures = plain.filter(
      (words) =>
        // an item’s number, and an entry’s in its book, are their names
        /\d/.test(words.replace(/\bM\d+|第 \d+ 条$/g, '')) &&
        !template.includes(words) &&
        !duties.has(words) &&
        !/^(\d{4}年\d{1,2}月(\d{1,2}日)?|\d{4}.\d{4} 学年(第.学期)?|\d{4} 年 \d{1,2} 月)$/.test(words),
    )
    assert.deepEqual(figures, [], paper.template)
  }
})

test('a figure changed by hand is named in each kind of paper, in its text and in its tables', async () => {
  let tables = 0
  for (const paper of drawn) {
    const { account } = paper
    const docx = (await hamlet.ask(account, 'GET', `/api/papers/${paper.paperId}/file?format=docx`)).bytes
    const untouched = (await sendBack(account, paper.paperId, docx)).body
    assert.deepEqual([untouched.changed, untouched.otherPaper], [[], false], paper.template)
    const targets = [fieldsOf(inText(paper))[0], fieldsOf(inTables(paper)).at(-1)]
    for (const [at, field] of targets.entries()) {
      if (!field) continue
      tables += at
      const { changed } = (await sendBack(account, paper.paperId, await forged(docx, field))).body
      assert.deepEqual(changed, [{ zh: field.zh, was: field.text, became: `9${field.text}` }], paper.template)
    }
  }
  assert.ok(tables >= 4, 'most kinds have a table')
})

/** The field's first place says something else. */
async function forged(docx: Buffer, { id }: Field): Promise<Buffer> {
  const pack = await openPackage(docx)
  const parts: [string, string][] = []
  for (const path of pack.paths) {
    const content = await text((await pack.read(path))!)
    parts.push([path, path === 'word/document.xml' ? withNine(content, `<w:tag w:val="${id}"/>`) : content])
  }
  return writeZip(parts)
}

function withNine(words: string, tag: string): string {
  assert.ok(words.includes(tag), tag)
  const from = words.indexOf('<w:t ', words.indexOf(tag))
  return `${words.slice(0, from)}<w:t>9</w:t>${words.slice(from)}`
}

function sendBack(account: string, id: number, bytes: Buffer) {
  const payload = Buffer.concat([
    Buffer.from('--edge\r\ncontent-disposition: form-data; name="file"; filename="paper.docx"\r\n\r\n'),
    bytes,
    Buffer.from('\r\n--edge--\r\n'),
  ])
  return hamlet.ask(account, 'POST', `/api/papers/${id}/comparison`, payload, {
    'content-type': 'multipart/form-data; boundary=edge',
  })
}
