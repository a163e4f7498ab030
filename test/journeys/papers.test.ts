import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { readDocument } from '../../src/platform/print/read-document.ts'
import { downloaded, openBrowser, watchPage } from './browser-for-journeys.ts'
import { type RunningPlatform, startPlatform } from './platform-for-journeys.ts'

let platform: RunningPlatform
let browser: Browser
let page: Page
const troubles: string[][] = []
const at = (path: string) => `${platform.address}${path}`

/** Signed in in a browser of their own. */
async function signedIn(account: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: 'zh-CN' })
  const answer = await context.request.post(at('/api/session'), { data: { account } })
  assert.equal(answer.status(), 200, account)
  const opened = await context.newPage()
  opened.setDefaultTimeout(30_000)
  troubles.push(watchPage(opened, platform.address))
  return opened
}

before(async () => {
  platform = await startPlatform()
  browser = await openBrowser()
  page = await signedIn('city')
})

after(async () => {
  await browser?.close()
  await platform?.stop()
})

test('a county that never filed is reminded by one click, sees it on coming in, still files nothing and is named in the monthly report', async () => {
  const { site } = await (await page.request.get(at('/api/session'))).json()
  const period = String(site.generatedUntil).slice(0, 4)
  await page.goto(at(`/filing/forms/teacher-training?period=${period}&only=not-submitted`))
  await page.getByRole('cell', { name: '卫东区', exact: true }).last().waitFor()
  await page.getByRole('button', { name: /^一键催报 \d+ 个未报单位$/ }).click()
  await page.getByText(/已催报 \d+ 个单位/).waitFor()

  const county = await signedIn('county-410403')
  await county.goto(at('/'))
  const todo = county.locator('li', { hasText: '催报 · 教师培训与教研年度表' })
  assert.match(await todo.innerText(), /来源：\S+ \d{4}-\d{2}-\d{2} 催报/)
  await todo.getByRole('link', { name: '处理' }).click()
  await county.locator('h1', { hasText: '教师培训与教研年度表' }).waitFor()
  await county.getByText(/已催/).first().waitFor()

  await page.goto(at('/papers?template=monthly-report'))
  await page.getByRole('button', { name: /^拟\s*稿$/ }).click()
  await page.locator('h1', { hasText: '工作进展情况的报告' }).waitFor()
  const annex = page.locator('.paper section')
  await annex.getByText('尚未报送的报表').waitFor()
  const named = await annex.innerText()
  assert.match(named, /卫东区\s+教师培训与教研年度表/, 'has handed in nothing')
  assert.doesNotMatch(named, /叶县\s+教师培训与教研年度表/, 'has handed it in')
})

test('pages before signing in say that everything is generated', async () => {
  const stranger = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
  for (const path of ['/sign-in', '/notices', '/complain']) {
    await stranger.goto(at(path))
    assert.match(await stranger.locator('.synthetic').first().innerText(), /^合成数据/, path)
  }
})

test('each figure of the report opens its source, and stands as a field in the Word document', async () => {
  await page
    .locator('.paper .figure', { hasText: /^\d+\.\d+%$/ })
    .first()
    .click()
  const drawer = page.locator('.ant-drawer', { hasText: '这个数从哪里来' })
  await drawer.getByText('所指之日').waitFor()
  await page.keyboard.press('Escape')
  const { bytes } = await downloaded(page, () => page.getByRole('link', { name: '下载 Word 文档' }).click())
  const found = await readDocument(bytes)
  assert.ok(found.ok && found.value.fields.size > 10)
  assert.deepEqual(troubles.flat(), [])
})
