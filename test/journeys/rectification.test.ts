import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { downloaded, openBrowser, watchPage } from './browser-for-journeys.ts'
import { type RunningPlatform, startPlatform } from './platform-for-journeys.ts'

let platform: RunningPlatform
let browser: Browser
let inspectorate: Page
let officer: Page
const troubles: string[][] = []

async function enter(as: string, width: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'zh-CN' })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  troubles.push(watchPage(page, platform.address))
  await page.goto(platform.address)
  await page.getByRole('button', { name: new RegExp(`^以${as}.*身份进入$`) }).click()
  await page.locator('h1', { hasText: '工作台' }).waitFor()
  return page
}

const at = (path: string) => `${platform.address}${path}`
const act = async (page: Page, name: string, words?: string) => {
  await page.getByRole('button', { name, exact: true }).click()
  if (words !== undefined) await page.locator('textarea').fill(words)
  await page.getByRole('button', { name: `确认${name}` }).click()
  await page
    .getByText('选一步办理')
    .or(page.getByText(/现在等|已销号。/))
    .first()
    .waitFor()
}

before(async () => {
  platform = await startPlatform()
  browser = await openBrowser()
  inspectorate = await enter('市政府教育督导室', 1440)
})

after(async () => {
  await browser?.close()
  await platform?.stop()
})

let path: string

test('by the rules of the plan findings are opened, each with the words it rests on', async () => {
  await inspectorate.goto(at('/findings'))
  await inspectorate.getByRole('button', { name: '按规则立项' }).click()
  await inspectorate.getByText(/未销号 [1-9]\d* 个/).waitFor()
  await inspectorate.getByLabel('查找问题').fill('数字校园')
  await inspectorate.keyboard.press('Enter')
  await inspectorate.waitForURL(/words=/)
  await inspectorate.locator('td', { hasText: '数字校园' }).first().waitFor()
  await inspectorate
    .getByRole('link', { name: /问改〔\d{4}〕\d+号/ })
    .first()
    .click()
  await inspectorate.locator('h1', { hasText: '问改' }).waitFor()
  path = new URL(inspectorate.url()).pathname
  assert.match(await inspectorate.locator('.quote q').innerText(), /\S{6,}/)
})

test('the inspectorate hands it over with a deadline that the calendar gives', async () => {
  await act(inspectorate, '交办')
  await inspectorate.getByText('已交办，待签收').first().waitFor()
  assert.match(await inspectorate.locator('.page-answer').innerText(), /还剩 15 个工作日/)
})

test('the county receives and answers on a phone, with a photograph; it is not offered to close its own', async () => {
  const county = (await inspectorate.locator('.page-answer').innerText()).slice(0, 2)
  officer = await enter(county === '卫东' ? '卫东区教体局' : '叶县教体局', 390)
  await officer.goto(at('/findings?state=mine'))
  await officer.locator(`a[href="${path}"]`).click()
  await act(officer, '签收')
  await officer.getByRole('button', { name: '报送整改情况' }).click()
  await officer.locator('textarea').fill('已完成认定并登记')
  await officer.getByRole('button', { name: '确认报送整改情况' }).click()
  await officer.getByText('没有佐证材料').waitFor()
  const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#3a6' } })
    .jpeg()
    .toBuffer()
  await officer
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: '整改后.jpg', mimeType: 'image/jpeg', buffer: picture })
  await officer.getByRole('link', { name: '整改后.jpg' }).waitFor()
  await officer.getByRole('button', { name: '确认报送整改情况' }).click()
  await officer.getByText('已报整改，待复核').first().waitFor()
  assert.equal(await officer.getByRole('button', { name: '销号' }).count(), 0)
  assert.equal(await officer.getByRole('button', { name: '复核通过' }).count(), 0)
  await officer.getByText(/不能复核、销号自己的问题/).waitFor()
  assert.ok((await officer.evaluate(() => document.documentElement.scrollWidth)) <= 390)
})

test('another unit rechecks and crosses off; the evidence keeps its fingerprint and the ledger counts it', async () => {
  await inspectorate.reload()
  await act(inspectorate, '复核通过', '现场查看属实')
  await act(inspectorate, '销号')
  await inspectorate.locator('.page-answer', { hasText: '已销号' }).waitFor()
  assert.ok((await inspectorate.getByText(/指纹 [0-9a-f]{12}/).count()) >= 1)
  await inspectorate.goto(at('/findings?state=closed'))
  await inspectorate.locator(`a[href="${path}"]`).waitFor()
  const book = await downloaded(inspectorate, () =>
    inspectorate.getByRole('link', { name: '导出台账' }).click(),
  )
  assert.match(book.name, /问题整改台账.*\.xlsx$/)
})

test('an inspector writes a visit on the spot: without a line nothing is lost, and it is entered once', async () => {
  const inspector = await enter('责任督学', 390)
  await inspector.goto(at('/visits'))
  await inspector.getByRole('link', { name: '去记' }).first().click()
  await inspector.getByLabel('看了什么、看到什么').fill('走访食堂，留样齐全')
  await inspector.context().setOffline(true)
  await inspector.getByRole('button', { name: '提交' }).click()
  await inspector.getByText('没有网络：草稿已存在本机').waitFor()
  const kept = await inspector.evaluate(() => JSON.stringify(localStorage))
  assert.match(kept, /走访食堂，留样齐全/)
  await inspector.context().setOffline(false)
  await inspector.locator('p', { hasText: '走访食堂，留样齐全' }).waitFor()
  await inspector.goto(at('/visits'))
  await inspector.getByText(/1 次/).first().waitFor()
})

test('nothing went wrong unseen, and no stranger was asked', () => {
  assert.deepEqual(
    troubles.flat().filter((text) => !/422|ERR_INTERNET_DISCONNECTED/.test(text)),
    [],
  )
})
