import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import exceljs from 'exceljs'
import type { Browser } from 'playwright-core'
import { exportWorkbook } from '../../src/features/people/export-workbook.ts'
import { openBrowser } from './browser-for-journeys.ts'
import {
  type Box,
  cut,
  drawTable,
  type Grey,
  likeness,
  photograph,
  soften,
  straighten,
} from './photographed-list.ts'

const signs = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const trace = 'K7MQ2XW9ZB'
const by = { account: 'county-410422', name: '叶县教体局', at: '2026/9/1 08:00:00', synthetic: true }
let browser: Browser
let list: exceljs.Workbook

before(async () => {
  browser = await openBrowser()
  const pupils = Array.from({ length: 150 }, (_, i) => ({
    name: `王${'子梓浩宇轩涵欣怡佳明'[i % 10]}${'文杰雨晨思远'[i % 6]}`,
    sex: i % 2 ? ('male' as const) : ('female' as const),
    documentKind: 'resident' as const,
    document: `410***********${1000 + i}`,
    institution: '叶县任店镇前营小学',
    grade: '三年级',
    classNo: 1 + (i % 4),
  }))
  const asked = { plain: false, trace, county: '叶县', institution: null, asOf: '2026-09-01' }
  const request = { ...asked, reason: '核对学籍', decidedName: '市教体局基础教育科' }
  list = await opened((await exportWorkbook(request, { masked: pupils }, by)).content)
})
after(() => browser?.close())

async function opened(bytes: Uint8Array): Promise<exceljs.Workbook> {
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.load(bytes as unknown as exceljs.Buffer)
  return workbook
}

const rowsOf = (workbook: exceljs.Workbook) =>
  workbook.worksheets[0]!.getSheetValues().flatMap((row) =>
    row ? [(row as unknown[]).slice(1).map((cell) => String(cell ?? ''))] : [],
  )

test('opened and saved by another program, copied cell by cell, or cut to one row, the file still says whose it is', async () => {
  const saved = await opened((await list.xlsx.writeBuffer()) as unknown as Uint8Array)
  for (const place of [saved.keywords, saved.description, saved.worksheets[0]!.headerFooter.oddHeader])
    assert.match(place ?? '', new RegExp(`${by.account}.*${trace}`))

  const copy = new exceljs.Workbook()
  copy.addWorksheet('随便').addRows(rowsOf(list))
  const copied = rowsOf(await opened((await copy.xlsx.writeBuffer()) as unknown as Uint8Array))
  assert.ok(copied.slice(0, 4).flat().join().includes(by.account))
  const people = copied.slice(5)
  assert.equal(people.length, 150)
  for (const row of people) assert.equal(row.at(-1), trace)
})

test('photographed from a screen, small, tilted, blurred and badly saved, each sign of the mark is told from all others', async () => {
  const shown = rowsOf(list).slice(4, 36)
  const { picture, boxes } = await drawTable(browser, shown)
  const photo = await straighten(await photograph(picture))
  const others = [...trace].flatMap((sign, at) =>
    [...signs]
      .filter((other) => other !== sign)
      .map((other) => trace.slice(0, at) + other + trace.slice(at + 1)),
  )
  assert.equal(others.length, 300)
  const likenesses = new Map<string, number>()
  const marks = [trace, ...others]
  for (let from = 0; from < marks.length; from += 31) {
    const these = marks.slice(from, from + 31)
    const page = shown.slice(1, 1 + these.length).map((row, i) => [...row.slice(0, -1), these[i]!])
    const clear = await drawTable(browser, [shown[0]!, ...page])
    const softened = await soften(clear.picture)
    for (const [i, mark] of these.entries())
      likenesses.set(mark, seenAs(photo, boxes.slice(1), cut(softened, clear.boxes[i + 1]!)))
  }
  const own = likenesses.get(trace)!
  const next = Math.max(...others.map((other) => likenesses.get(other)!))
  assert.ok(own > next, `the own mark ${own.toFixed(3)}, the likest other ${next.toFixed(3)}`)
})

/** How like a mark what stands in the rows of the photograph is, all rows together; each may lie a pixel aside. */
function seenAs(photo: Grey, boxes: readonly Box[], mark: readonly number[]): number {
  const steps = [-1, 0, 1]
  const best = boxes.map((box) =>
    Math.max(
      ...steps.flatMap((right) =>
        steps.map((down) => {
          const part = cut(photo, box, [right, down])
          const size = Math.min(part.length, mark.length)
          return likeness(part.slice(0, size), mark.slice(0, size))
        }),
      ),
    ),
  )
  return best.reduce((sum, value) => sum + value, 0) / best.length
}
