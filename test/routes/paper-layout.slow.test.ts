import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { findingsOnce } from '../../src/app/findings-once.ts'
import { loadDemoFilings } from '../../src/demo/demo-filings.ts'
import { drawContent } from '../../src/features/reports/draft-paper.ts'
import type { PaperTemplate } from '../../src/plan/index.ts'
import { convertToPdf } from '../../src/platform/print/convert-to-pdf.ts'
import { page } from '../../src/platform/print/page-measures.ts'
import { widthOf } from '../../src/platform/print/width-of.ts'
import { writeDocument } from '../../src/platform/print/write-document.ts'
import { listFindings } from '../../src/records/findings/list-findings.ts'
import { provideOffice } from '../tools/office.ts'
import { area, linesOf, type PlacedLine, type PlacedWord, placedWords } from '../tools/placed-words.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

const office = provideOffice()
const skip = office || process.env.CI ? false : '没有 LibreOffice，也装不上：版面没有核对。'

let hamlet: ServedHamlet
let papers: { template: PaperTemplate; asOf: string; pages: PlacedWord[][] }[]

before(async () => {
  if (skip) return
  assert.ok(office, '持续集成必须有 LibreOffice')
  hamlet = await servedHamlet([])
  const { db, plan, site } = hamlet.books
  await loadDemoFilings(db, plan, hamlet.city.seed, site.generatedUntil!)
  await findingsOnce(hamlet.books, () => {})
  papers = []
  for (const asOf of [site.generatedUntil!, wholeYearLater(site.generatedUntil!)])
    for (const template of plan.templates.values())
      papers.push({ template, asOf, pages: placedWords(await laidOut(template, asOf, office)) })
  assert.ok(papers.length >= 12)
})
after(() => hamlet?.close())

/** By then most forms are overdue: the papers of that day are long. */
const wholeYearLater = (day: string) => `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`

async function laidOut(template: PaperTemplate, asOf: string, program: string): Promise<Buffer> {
  const made = await convertToPdf(writeDocument((await drawn(template, asOf)).document, template.id), program)
  assert.ok(made.ok)
  return made.value
}

async function drawn(template: PaperTemplate, asOf: string) {
  const { books } = hamlet
  const counties = (await hamlet.owner.query('select county_id as id from registry.county')).rows.map(
    ({ id }) => id as number,
  )
  const [finding] = await books.db.transaction({ counties, asOf }, (tx) =>
    listFindings(tx, { phases: ['signed'] }, { limit: 1 }),
  )
  const county = counties.find((id) => id !== books.site.cityId)!
  const about = { city: books.site.cityId, county, finding: finding!.findingId }
  const aboutId = about[template.about]
  return (await drawContent(books, { template, aboutId, scope: { counties, asOf } }))!.content
}

/** A stop may hang over the edge by its own width. */
const hangs = /[，。、；：）〕》”]$/
const characterPt = page.characterTwips / 20
const pitchPt = page.linePitchTwips / 20

/** Text of 三号; tables are set smaller and titles larger, both off the grid, as the standard leaves them. */
const isBody = ({ advance }: PlacedLine) => advance > 14 && advance < 18
const bodyLines = (words: readonly PlacedWord[]) => linesOf(words).filter(isBody)

/** Neighbours on a page, both of the body and of one face. */
function neighbours(lines: readonly PlacedLine[]): [PlacedLine, PlacedLine][] {
  return lines.slice(1).flatMap((line, at): [PlacedLine, PlacedLine][] => {
    const above = lines[at]!
    const near = line.top - above.top < 1.5 * pitchPt
    const sameFace = Math.abs(line.bottom - line.top - (above.bottom - above.top)) < 0.1
    return near && sameFace ? [[above, line]] : []
  })
}

test('nothing stands beside the text area', { skip }, () => {
  for (const { template, asOf, pages } of papers) {
    for (const { left, right, text } of pages.flat()) {
      const edge = area.right + (hangs.test(text) ? characterPt : 0)
      assert.ok(left > area.left - 3 && right < edge + 3, `${template.id}: ${text} stands outside`)
    }
    console.log(`${template.zh} ${asOf}: ${pages.length} 页`)
  }
})

test('the brief of a county is one page, also where every duty of coverage is open', { skip }, async () => {
  const { plan } = hamlet.books
  const template = plan.templates.get('county-one-page')!
  const document = (await drawn(template, hamlet.books.site.generatedUntil!)).document
  const body = document.body.map((block) =>
    block.kind === 'table'
      ? {
          ...block,
          rows: [...plan.coverage.values()].map(({ zh }) => [[zh], ['603'], ['0'], ['372'], ['231']]),
        }
      : block,
  )
  assert.equal(
    body.some(({ kind }) => kind === 'table'),
    true,
  )
  const made = await convertToPdf(writeDocument({ ...document, body }, template.id), office!)
  assert.ok(made.ok)
  assert.equal(placedWords(made.value).length, 1)
})

test('every page says at its head that the figures are generated', { skip }, () => {
  for (const { template, pages } of papers)
    for (const words of pages)
      assert.ok(
        words.some(({ top, text }) => top < area.top && text.includes('合成数据')),
        template.id,
      )
})

test('every paper keeps the grid: lines 28.95 points apart, characters 15.75, never more than 28 in a line', {
  skip,
}, () => {
  for (const { template, pages } of papers) {
    const lines = pages.map(bodyLines)
    const pairs = lines.flatMap(neighbours)
    assert.ok(pairs.length > 0, template.id)
    for (const [above, line] of pairs)
      assert.ok(
        Math.abs(line.top - above.top - pitchPt) < 0.15,
        `${template.id}: ${line.top - above.top} pt between “${above.text}” and “${line.text}”`,
      )
    for (const { text } of lines.flat())
      assert.ok(widthOf(text.replace(hangs, '')) <= page.characters, `${template.id}: ${text}`)
    // a justified line is stretched to the edge: the grid shows where a line ends before it
    const loose = lines
      .flat()
      .filter(({ right, text }) => right < area.right - 20 && /^[一-鿿]{4,}$/.test(text))
    for (const { advance, text } of loose)
      assert.ok(
        Math.abs(advance - characterPt) < 0.06,
        `${template.id}: ${advance} pt a character in “${text}”`,
      )
    assert.ok(loose.length > 0, template.id)
  }
})

/** A number is not torn over two lines: with it goes the bracket before it. */
const numberWidth = (text: string) => widthOf(/^[〔（]?[!-~]+[〕）]?/.exec(text)?.[0] ?? '')

test('a line that goes on in the next one reaches the edge with 28 characters', { skip }, () => {
  const goesOn = papers.flatMap(({ pages }) =>
    pages.flatMap((words) => neighbours(bodyLines(words)).filter(([, below]) => below.left < area.left + 2)),
  )
  assert.ok(goesOn.length > 20, `${goesOn.length}`)
  for (const [{ right, text }, below] of goesOn) {
    assert.ok(right > area.right - 2, text)
    assert.ok(!(/[\d.,]$/.test(text) && /^[\d.,%]/.test(below.text)), `${text} | ${below.text}`)
  }
  const chinese = goesOn.filter(([{ text }]) => !/[!-~]/.test(text))
  const counted = chinese.map(
    ([{ text, left }]) => [...text].length + Math.round((left - area.left) / characterPt),
  )
  // 28; one less where the next sign may not begin a line, one more where a stop hangs over; less where a number follows
  assert.ok(
    counted.every((count, at) => count >= 27 - numberWidth(chinese[at]![1].text) && count <= 29),
    counted.join(' '),
  )
  assert.ok(counted.filter((count) => count === page.characters).length > counted.length / 2)
})

test('the first full page of running text has 22 lines', { skip }, () => {
  const full = papers.flatMap(({ template, pages }) => {
    // a page with a table or a title holds them instead of lines; one is full where its last sentence goes on in the next
    const running = pages.find((words, at) => {
      const [next] = linesOf(pages[at + 1] ?? [])
      return (
        linesOf(words).every(isBody) &&
        next !== undefined &&
        isBody(next) &&
        !next.text.startsWith('附件') &&
        next.left < area.left + 2
      )
    })
    return running ? [{ template, lines: bodyLines(running) }] : []
  })
  assert.ok(full.length > 0, 'no paper has a page of running text')
  for (const { template, lines } of full) {
    assert.equal(lines.length, page.lines, template.id)
    const height = (lines.at(-1)!.top - lines[0]!.top) / (page.lines - 1)
    assert.ok(Math.abs(height - pitchPt) < 0.1, template.id)
    console.log(`${template.zh}：首个整页 ${lines.length} 行`)
  }
})
