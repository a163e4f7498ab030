import assert from 'node:assert/strict'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import fc from 'fast-check'
import { openPackage } from '../sheets/open-package.ts'
import { compareDocument } from './compare-document.ts'
import { boundFields, type OfficialDocument } from './official-document.ts'
import { readDocument } from './read-document.ts'
import { boundFigure, smallPaper } from './small-paper.for-tests.ts'
import { writeDocument } from './write-document.ts'
import { writeZip } from './write-zip.ts'

async function read(bytes: Buffer) {
  const found = await readDocument(bytes)
  assert.ok(found.ok)
  return found.value
}

/** The document as an office sends it back after `edit` of its text. */
async function edited(docx: Buffer, edit: (text: string) => string): Promise<Buffer> {
  const pack = await openPackage(docx)
  const parts: [string, string][] = []
  for (const path of pack.paths) {
    const content = await text((await pack.read(path))!)
    parts.push([path, path === 'word/document.xml' ? edit(content) : content])
  }
  return writeZip(parts)
}

async function compared(paper: OfficialDocument, edit: (text: string) => string) {
  const docx = writeDocument(paper, 'trial')
  return compareDocument(boundFields(paper), await read(docx), await read(await edited(docx, edit)))
}

test('the same document gives the same bytes, and comes back as what went out', async () => {
  const docx = writeDocument(smallPaper(), 'trial')
  assert.ok(docx.equals(writeDocument(structuredClone(smallPaper()), 'trial')))
  const back = await read(docx)
  assert.equal(back.paperId, 'trial')
  assert.deepEqual(back.fields.get('rate'), ['93.2%', '93.2%'])
  assert.deepEqual(await compared(smallPaper(), (text) => text), { changed: [], removed: [], added: [] })
})

test('whichever figure is changed by hand, it alone is named', async () => {
  const word = fc.stringMatching(/^[\d.,%〔〕待补县<&"]{1,8}$/)
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(word, { minLength: 2, maxLength: 12 }), fc.nat(), async (texts, at) => {
      const fields = texts.map((text, index) => boundFigure(`f.${index}`, text))
      const paper = smallPaper({ body: fields.map((field) => ({ kind: 'paragraph', text: ['甲', field] })) })
      const chosen = fields[at % fields.length]!
      const tag = `<w:tag w:val="${chosen.id}"/>`
      const { changed, added, removed } = await compared(paper, (text) => {
        const from = text.indexOf('<w:t ', text.indexOf(tag))
        return `${text.slice(0, from)}<w:t>别</w:t>${text.slice(from)}`
      })
      assert.deepEqual(
        changed.map(({ field, became }) => [field.id, became]),
        [[chosen.id, `别${chosen.text}`]],
      )
      assert.deepEqual([added, removed], [[], []])
    }),
    { numRuns: 40 },
  )
})

test('a field taken out with its figure retyped is named as gone, and new wording is listed', async () => {
  const { changed, removed, added } = await compared(smallPaper(), (text) =>
    text.replace(/<w:sdt>((?!<w:sdt>).)*?<w:tag w:val="count\.a".*?<\/w:sdt>/, '<w:r><w:t>1,999</w:t></w:r>'),
  )
  assert.deepEqual(
    changed.map(({ field, became }) => [field.id, became]),
    [['count.a', null]],
  )
  assert.deepEqual([removed, added], [['{count.a}'], ['1,999']])
})

test('what is no document is refused in words', async () => {
  for (const bytes of [Buffer.from('x'), writeZip([['word/other.xml', '<a/>']])]) {
    const found = await readDocument(bytes)
    assert.equal(found.ok ? '' : found.refusal.code, 'document.unreadable')
  }
})
