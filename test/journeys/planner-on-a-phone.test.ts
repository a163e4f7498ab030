import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openBrowser, watchPage } from './browser-for-journeys.ts'
import { type RunningPlatform, startPlatform } from './platform-for-journeys.ts'

let platform: RunningPlatform
let browser: Browser
let page: Page
let troubles: string[]

before(async () => {
  platform = await startPlatform()
  browser = await openBrowser()
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })
  page = await context.newPage()
  page.setDefaultTimeout(30_000)
  troubles = watchPage(page, platform.address)
})

after(async () => {
  await browser?.close()
  await platform?.stop()
})

test('someone not signed in is led to the door, and from there to the page asked for', async () => {
  await page.goto(`${platform.address}/seats`)
  await page.getByRole('button', { name: '以市教体局规划财务科身份进入' }).click()
  await page.locator('h1', { hasText: '学位供需' }).waitFor()
})

const pages = [
  ['/home', '工作台'],
  ['/seats', '学位供需'],
  ['/seats?view=map', '学位供需'],
  ['/scenarios', '情景方案'],
  ['/targets', '目标任务'],
  ['/institutions', '机构与一校一档'],
  ['/exchange', '导入导出'],
  ['/jobs', '后台作业'],
  ['/security', '账号与安全'],
] as const

for (const [path, title] of pages) {
  test(`${path} fits a phone: nothing sticks out sideways, and it says 合成数据`, async () => {
    await page.goto(`${platform.address}${path}`)
    await page.locator('h1', { hasText: title }).waitFor()
    await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    assert.ok(width <= 390, `the page is ${width} px wide`)
    assert.equal(await page.locator('.synthetic').first().isVisible(), true)
  })
}

test('a school is found by its initials in two steps', async () => {
  await page.getByLabel('查找学校或单位').fill('dyxx')
  await page.locator('.ant-select-item-option', { hasText: '小学' }).first().click()
  await page.waitForURL(/\/institutions\/\d+/)
  await page.locator('h1', { hasText: '小学' }).waitFor()
})

test('nothing went wrong unseen, and no stranger was asked', () => {
  assert.deepEqual(troubles, [])
})
