import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { readDocument } from '../../src/platform/print/read-document.ts'
import { downloaded, openBrowser, watchPage } from './browser-for-journeys.ts'
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

test('the monthly report is drawn from the books: who has not handed in is named, each figure opens its source', async () => {
  await page.request.post(at('/api/session'), { data: { account: 'city' } })
  await page.goto(at('/papers'))
  await page.getByLabel('公文种类').click()
  await page.locator('.ant-select-item-option', { hasText: '月报' }).click()
  await page.getByRole('button', { name: /^拟\s*稿$/ }).click()
  await page.locator('h1', { hasText: '工作进展情况的报告' }).waitFor()
  const annex = page.locator('.paper section')
  await annex.getByText('尚未报送的报表').waitFor()
  const named = await annex.innerText()
  assert.match(named, /卫东区\s+教师培训与教研年度表/, 'has handed in nothing')
  assert.doesNotMatch(named, /叶县\s+教师培训与教研年度表/, 'has handed it in')
  await page
    .locator('.paper .figure', { hasText: /^\d+\.\d+%$/ })
    .first()
    .click()
  const drawer = page.locator('.ant-drawer', { hasText: '这个数从哪里来' })
  await drawer.getByText('所指之日').waitFor()
  await page.keyboard.press('Escape')
  const { bytes } = await downloaded(page, () => page.getByRole('link', { name: '下载Word 文档' }).click())
  const found = await readDocument(bytes)
  assert.ok(found.ok && found.value.fields.size > 10)
  assert.deepEqual(troubles, [])
})
