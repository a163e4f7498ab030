import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { findingsOnce } from '../../src/app/findings-once.ts'
import { loadDemoFilings } from '../../src/demo/demo-filings.ts'
import { drawContent } from '../../src/features/reports/draft-paper.ts'
import { convertToPdf } from '../../src/platform/print/convert-to-pdf.ts'
import { page } from '../../src/platform/print/page-measures.ts'
import { writeDocument } from '../../src/platform/print/write-document.ts'
import { listFindings } from '../../src/records/findings/list-findings.ts'
import { provideOffice } from '../tools/office.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

const office = provideOffice()
const skip = office || process.env.CI ? false : '没有 LibreOffice，也装不上：版面没有核对。'

let hamlet: ServedHamlet

before(async () => {
  if (skip) return
  hamlet = await servedHamlet([])
  const { db, plan, site } = hamlet.books
  await loadDemoFilings(db, plan, hamlet.city.seed, site.generatedUntil!)
  await findingsOnce(hamlet.books, () => {})
})
after(() => hamlet?.close())

test('every kind of paper keeps to the page: nothing beside the text area, 28 characters a line, the brief on one page', {
  skip,
}, async () => {
  assert.ok(office, '持续集成必须有 LibreOffice')
  const { books } = hamlet
  const counties = (await hamlet.owner.query('select county_id as id from registry.county')).rows.map(
    ({ id }) => id as number,
  )
  const asOf = books.site.generatedUntil!
  const county = counties.find((id) => id !== books.site.cityId)!
  const [finding] = await books.db.transaction({ counties, asOf }, (tx) =>
    listFindings(tx, { phases: ['signed'] }, { limit: 1 }),
  )
  const about = { city: books.site.cityId, county, finding: finding!.findingId }
  assert.ok(books.plan.templates.size >= 6)
  for (const template of books.plan.templates.values()) {
    const drawn = await drawContent(books, {
      template,
      aboutId: about[template.about],
      scope: { counties, asOf },
    })
    const made = await convertToPdf(writeDocument(drawn!.content.document, template.id), office)
    assert.ok(made.ok)
    const pages = wordsOf(made.value, template.id)
    const edge = (page.widthTwips - page.rightTwips) / 20
    for (const { xMin, xMax, text } of pages.flat()) {
      // a stop may hang over the edge by its own width
      const right = edge + (/[，。、；：）〕》]$/.test(text) ? page.characterTwips / 20 : 0)
      assert.ok(xMin > page.leftTwips / 20 - 3 && xMax < right + 3, `${template.id}: ${text} stands outside`)
    }
    if (template.id === 'county-one-page') assert.equal(pages.length, 1, 'a page is one page')
    console.log(`${template.zh}: ${pages.length} 页`)
  }
})

interface Word {
  readonly xMin: number
  readonly xMax: number
  readonly text: string
}

function wordsOf(pdf: Buffer, name: string): Word[][] {
  const file = join(hamlet.data, `${name}.pdf`)
  writeFileSync(file, pdf)
  const told = execFileSync('pdftotext', ['-bbox', file, '-'], { encoding: 'utf8' })
  const word = /<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">([^<]*)</g
  return told
    .split('<page ')
    .slice(1)
    .map((of) =>
      [...of.matchAll(word)].map(([, xMin, xMax, text]) => ({
        xMin: Number(xMin),
        xMax: Number(xMax),
        text: text!,
      })),
    )
}
