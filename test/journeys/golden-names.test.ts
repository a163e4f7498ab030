import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import exceljs from 'exceljs'
import type { Browser, Page } from 'playwright-core'
import { readCsv } from '../../src/platform/sheets/read-csv.ts'
import { writeCsv } from '../../src/platform/sheets/write-csv.ts'
import { checkDigit } from '../../src/records/people/identity/resident-id.ts'
import { installDebianPackages } from '../tools/debian-package.ts'
import { withoutPicture } from '../tools/fonts-here.ts'
import { goldenNames } from '../trust/golden-names.ts'
import { downloaded, openBrowser } from './browser-for-journeys.ts'
import { type RunningPlatform, startPlatform } from './platform-for-journeys.ts'

/** A class nobody else is in. */
const classNo = 99
let platform: RunningPlatform
let browser: Browser
let page: Page

before(async () => {
  platform = await startPlatform()
  browser = await openBrowser()
  page = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
  page.setDefaultTimeout(30_000)
  await page.goto(platform.address)
  await page.getByRole('button', { name: '以叶县教体局身份进入' }).click()
  await page.locator('nav, aside').first().waitFor()
})
after(async () => {
  await browser?.close()
  await platform?.stop()
})

interface Told {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came
  readonly body: any
}

/** Asked by the page itself, with its cookie. */
function ask(path: string, body?: object): Promise<Told> {
  return page.evaluate(
    async ([url, sent]) => {
      const answer = await fetch(url!, {
        ...(sent && { method: 'POST', body: sent, headers: { 'content-type': 'application/json' } }),
      })
      return { status: answer.status, body: await answer.json() }
    },
    [path, body && JSON.stringify(body)] as const,
  )
}

const ofClass = `/api/people/pupils?grade=P1&classNo=${classNo}`
const kept = goldenNames.map((name) => name.kept)

test('two hundred names are entered; what is set right is said, all else stays as typed', async () => {
  const { asOf, schools } = (await ask('/api/people/pupils')).body
  for (const [i, { typed, kept: name }] of goldenNames.entries()) {
    const first = `99042220170${1 + (i % 9)}01${String(i).padStart(3, '0')}`
    const document = `${first}${checkDigit(first)}`
    const pupil = { institutionId: schools[0].institutionId, grade: 'P1', classNo, from: asOf, name: typed }
    const { status, body } = await ask('/api/people/pupils', { ...pupil, documentKind: 'resident', document })
    assert.equal(status, 200, `${typed} ${JSON.stringify(body)}`)
    assert.equal(
      body.corrections.some((words: string) => words.includes('间隔号')),
      typed !== name,
      typed,
    )
  }
})

test('each stands in the list as it was kept, and is found by its name', async () => {
  const shown: string[] = []
  for (const number of [1, 2]) {
    await openList(number)
    shown.push(...(await page.locator('tbody tr a').allTextContents()))
  }
  assert.deepEqual(shown.toSorted(), kept.toSorted())
  const county = (await ask(ofClass)).body.rows[0].countyId
  for (const { typed, kept: name } of goldenNames.filter((_, i) => i % 5 === 0))
    for (const text of [typed, name]) {
      const { rows } = (await ask('/api/people/pupils/search', { county, text })).body
      assert.ok(
        rows.length > 0 && rows.every((row: { name: string }) => row.name === name),
        `${text} of ${name}`,
      )
    }
})

test('the workbook holds the same names; a CSV of either encoding comes back with them', async () => {
  const { schools, rows } = (await ask(ofClass)).body
  const own = { county: rows[0].countyId, institution: schools[0].institutionId, grade: 'P1', classNo }
  const asked = await ask('/api/people/exports', { ...own, plain: false, reason: '核对姓名用字' })
  assert.equal(asked.body.state, 'asked')
  const other = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
  await other.goto(platform.address)
  await other.getByRole('button', { name: /以市教体局基础教育科身份进入/ }).click()
  await other.locator('nav, aside').first().waitFor()
  const decided = await other.evaluate(
    (path) =>
      fetch(path, {
        method: 'POST',
        body: '{"grant":true}',
        headers: { 'content-type': 'application/json' },
      }).then(({ status }) => status),
    `/api/people/exports/${asked.body.requestId}/decision`,
  )
  assert.equal(decided, 200)
  await openList(1)
  const file = await downloaded(page, () => page.getByRole('link', { name: /下载/ }).first().click())
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.load(file.bytes as never)
  const names = (workbook.worksheets[0]!.getColumn(1).values as string[]).filter((value) =>
    kept.includes(value),
  )
  assert.deepEqual(names.toSorted(), kept.toSorted())
  const table = {
    name: '名单',
    columns: [{ header: '姓名', kind: 'text' as const }],
    rows: kept.map((name) => [name]),
  }
  for (const encoding of ['UTF-8', 'GB18030'] as const) {
    const { raw } = readCsv(writeCsv(table, encoding))
    assert.deepEqual(
      raw.rows.slice(1).map(({ cells }) => cells[0]?.text),
      kept,
      encoding,
    )
  }
})

test('printed, every name for whose characters this machine has a font can be read back from the paper', async (context) => {
  const reads = () => spawnSync('pdftotext', ['-v']).status === 0
  if (!reads() && !installDebianPackages('poppler-utils', 'fontconfig'))
    return context.skip('nothing here reads a PDF')
  const missing = withoutPicture(kept.join(''))
  const readable = kept.filter((name) => [...name].every((sign) => !missing.includes(sign)))
  context.diagnostic(
    `${readable.length} of ${kept.length} names can be printed with the fonts of this machine`,
  )
  assert.ok(readable.length > 50)
  let printed = ''
  for (const number of [1, 2]) {
    await openList(number)
    const pdf = join(platform.folder, `page-${number}.pdf`)
    writeFileSync(pdf, await page.pdf({ format: 'A4' }))
    printed += execFileSync('pdftotext', ['-raw', pdf, '-'], { encoding: 'utf8' }).replaceAll(/\s/g, '')
  }
  assert.deepEqual(
    readable.filter((name) => !printed.includes(name)),
    [],
  )
})

async function openList(number: number): Promise<void> {
  await page.goto(`${platform.address}/people?grade=P1&class=${classNo}&page=${number}`)
  await page.locator('tbody tr a').nth(99).waitFor()
}
