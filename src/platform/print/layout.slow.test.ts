import assert from 'node:assert/strict'
import { test } from 'node:test'
import { provideOffice } from '../../../test/tools/office.ts'
import { linesOf, type PlacedWord, placedWords } from '../../../test/tools/placed-words.ts'
import { convertToPdf } from './convert-to-pdf.ts'
import { millimetres, page } from './page-measures.ts'
import { boundFigure, smallPaper } from './small-paper.for-tests.ts'
import { writeDocument } from './write-document.ts'

const office = provideOffice()
const skip = office || process.env.CI ? false : '没有 LibreOffice，也装不上：版面没有核对。'

test('LibreOffice sets the first full page in 22 lines of 28 characters', { skip }, async () => {
  assert.ok(office, '持续集成必须有 LibreOffice')
  const pages = await layOut(writeDocument(smallPaper(), 'trial'), office)
  const full = linesOf(pages[1]!)
  const lines = full.map(({ text }) => text)
  assert.equal(lines.length, page.lines)
  // The last line of a paragraph may end before the edge.
  const whole = lines.filter((line) => line.length === page.characters)
  assert.ok(whole.length > 15, lines.join('\n'))
  assert.ok(lines.every((line) => line.length <= page.characters))
  const pitch = (full.at(-1)!.top - full[0]!.top) / (page.lines - 1)
  assert.ok(Math.abs(pitch - page.linePitchTwips / 20) < 0.1, `lines stand ${pitch} pt apart`)
})

test('wherever a line ends, no figure goes on in the next one', { skip }, async () => {
  assert.ok(office, '持续集成必须有 LibreOffice')
  const words = '各单位要对照台账逐条逐项抓好落实并在规定时间内如实报送'
  const figures = ['87.5%', '1,203', '2024']
  const body = figures.flatMap((figure) =>
    Array.from({ length: 9 }, (_, at) => ({
      kind: 'paragraph' as const,
      text: [words.slice(0, 18 + at), boundFigure(`${figure} ${at}`, figure), '，比上月提高，见附件。'],
    })),
  )
  const lines = (await layOut(writeDocument(smallPaper({ body, annexes: [] }), 'trial'), office))
    .flatMap(linesOf)
    .map(({ text }) => text)
  for (const figure of figures)
    assert.equal(lines.filter((line) => line.includes(figure)).length, 9, `${figure}\n${lines.join('\n')}`)
})

test('letterhead, page numbers and imprint stand where the standard has them', { skip }, async () => {
  assert.ok(office, '持续集成必须有 LibreOffice')
  const pages = await layOut(writeDocument(smallPaper(), 'trial'), office)
  const [first, second] = pages as [PlacedWord[], PlacedWord[]]
  const letterhead = first.find(({ text }) => text.includes('某某市某某局文件'))!
  assert.ok(letterhead.top > (page.topTwips + millimetres(30)) / 20, 'letterhead 35 mm below the upper edge')
  const right = (page.widthTwips - page.rightTwips) / 20
  const oddNumber = first.findLast(({ text }) => text.includes('—'))
  assert.ok(Math.abs(right - 14 - oddNumber!.right) < 3, 'odd pages have their number on the right')
  const evenNumber = second.find(({ text }) => text.includes('—'))
  assert.ok(Math.abs(page.leftTwips / 20 + 14 - evenNumber!.left) < 3, 'even pages on the left')
  const copies = pages.at(-1)!.find(({ text }) => text.startsWith('抄送'))!
  const lowerEdge = (page.heightTwips - page.bottomTwips) / 20
  assert.ok(copies.top > lowerEdge - 60 && copies.top < lowerEdge, 'the imprint ends on the lower edge')
})

test('the same document laid out again is the same to the byte', { skip }, async () => {
  assert.ok(office, '持续集成必须有 LibreOffice')
  const [one, other] = [
    await convertToPdf(writeDocument(smallPaper(), 'trial'), office),
    await convertToPdf(writeDocument(smallPaper(), 'trial'), office),
  ]
  assert.ok(one.ok && other.ok && one.value.equals(other.value))
})

async function layOut(docx: Buffer, program: string): Promise<PlacedWord[][]> {
  const made = await convertToPdf(docx, program)
  assert.ok(made.ok)
  return placedWords(made.value)
}
