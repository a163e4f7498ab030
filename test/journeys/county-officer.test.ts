import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { downloaded, openBrowser, watchPage } from './browser-for-journeys.ts'
import { enrolmentWorkbook, type FiledRow, markedRows, rowsOfExport, wordsOf } from './enrolment-workbook.ts'
import { type RunningPlatform, startPlatform } from './platform-for-journeys.ts'

let platform: RunningPlatform
let browser: Browser
let page: Page
let troubles: string[]
const at = (path: string) => `${platform.address}${path}`

before(async () => {
  platform = await startPlatform()
  browser = await openBrowser()
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: 'zh-CN' })
  page = await context.newPage()
  page.setDefaultTimeout(30_000)
  troubles = watchPage(page, platform.address)
})

after(async () => {
  await browser?.close()
  await platform?.stop()
})

/** Filed for the last school year: the first grade of every primary school grows by half. */
let filed: FiledRow[]
let grown: FiledRow[]
let totalBefore: string

/** The board's cell of the county's own total for the first year ahead. */
const total = () => page.locator('table.board tbody tr').last().locator('td button').first()

test('a county officer signs in and sees the own county only', async () => {
  await page.goto(at('/'))
  await page.getByRole('button', { name: '以叶县教体局身份进入' }).click()
  await page.locator('h1', { hasText: '工作台' }).waitFor()
  await page.goto(at('/seats'))
  await page.locator('h1', { hasText: '学位供需' }).waitFor()
  await total().waitFor()
  totalBefore = (await total().innerText()).trim()
  assert.match(await page.locator('.page-answer').innerText(), /^叶县小学：/)
  assert.match(await page.locator('.synthetic').innerText(), /^合成数据/)
  const other = await page.request.get(at('/api/seats/board?unit=410403'))
  assert.equal(other.status(), 404)
})

test('three wrong rows come back in the own file, and nothing is entered', async () => {
  const csv = await (
    await page.request.get(at('/api/exchange/exports/enrolment-by-grade?schoolYear=2024&format=csv'))
  ).text()
  filed = rowsOfExport(csv).filter(({ grade }) => grade === '一年级')
  assert.ok(filed.length >= 3, csv.slice(0, 500))
  grown = filed.map((row) => {
    const [boys, girls] = [Math.round(row.boys * 1.5), Math.round(row.girls * 1.5)]
    return { ...row, boys, girls, pupils: boys + girls }
  })
  const wrong = grown.map((row, index) => {
    if (index === 0) return { ...row, pupils: -5 }
    if (index === 1) return { ...row, pupils: '约四十' }
    return index === 2 ? { ...row, code: '9999999999' } : row
  })
  await upload('在校生.xlsx', await enrolmentWorkbook(2024, wrong))
  await page.getByRole('heading', { name: '逐行结果' }).waitFor()
  const back = await downloaded(page, () => page.getByRole('link', { name: /下载错误回填表/ }).click())
  const marked = await markedRows(back.bytes)
  for (const row of [2, 3, 4])
    assert.ok((marked.get(row) ?? '').length > 4, `row ${row} is not marked with its reason`)
  const still = await (
    await page.request.get(at('/api/exchange/exports/enrolment-by-grade?schoolYear=2024&format=csv'))
  ).text()
  assert.deepEqual(rowsOfExport(still), rowsOfExport(csv))
})

test('mended, the file is entered as a correction with a receipt', async () => {
  await page.getByRole('button', { name: '导入另一个文件' }).click()
  await upload('在校生-改.xlsx', await enrolmentWorkbook(2024, grown))
  await page.getByRole('heading', { name: '确认导入' }).waitFor()
  await page.getByLabel('文号').fill('叶教体〔2024〕12号')
  await page.getByText(/同意更正/).click()
  const reason = page.getByLabel(/存疑属实的原因/)
  if (await reason.count()) await reason.fill('秋季转入核实属实')
  await page.getByRole('button', { name: '确认导入' }).click()
  await page.getByRole('heading', { name: /^回执/ }).waitFor()
  assert.match(await page.locator('main').innerText(), /更正\s*[1-9]\d* 处/)
})

test('the board says the books have changed, and changes when computed anew', async () => {
  await page.getByRole('link', { name: '学位供需' }).click()
  await page.getByText(/台账已更新/).waitFor()
  assert.equal((await total().innerText()).trim(), totalBefore)
  await page.getByRole('button', { name: /重新测算/ }).click()
  await page.getByText(/台账已更新/).waitFor({ state: 'detached', timeout: 120_000 })
  await page.waitForFunction(
    (before) =>
      [...document.querySelectorAll('table.board tbody tr:last-child td button')][0]?.textContent?.trim() !==
      before,
    totalBefore,
  )
})

test('a figure opens what lies under it', async () => {
  await page.locator('button.figure').first().click()
  const drawer = page.getByRole('dialog')
  await drawer.getByText('怎么算').waitFor()
  const words = await drawer.innerText()
  for (const part of ['依据', '参数', '数据行', '口径与版本', '截至 2024-09-01', '标准班额'])
    assert.ok(words.includes(part), `${part} is missing in: ${words}`)
  await page.keyboard.press('Escape')
})

test('the board goes out as a workbook that says it is generated', async () => {
  const { name, bytes } = await downloaded(page, () => page.getByRole('link', { name: '导出 xlsx' }).click())
  assert.match(name, /合成数据.*\.xlsx$/)
  const words = await wordsOf(bytes)
  for (const part of ['合成数据', '叶县', '规划数据版本'])
    assert.ok(words.includes(part), `${part} is missing`)
})

test('nothing went wrong unseen, and no stranger was asked', () => {
  assert.deepEqual(troubles, [])
})

async function upload(name: string, bytes: Buffer): Promise<void> {
  await page.goto(at('/exchange'))
  await page.locator('input[type=file]').setInputFiles({
    name,
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: bytes,
  })
}
