import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openBrowser, watchPage } from './browser-for-journeys.ts'
import { type RunningPlatform, startPlatform } from './platform-for-journeys.ts'

let platform: RunningPlatform
let browser: Browser
const troubles: string[][] = []
const at = (path: string) => `${platform.address}${path}`
const line = '/parameters?parameter=public-enrolment-share.target'

before(async () => {
  platform = await startPlatform()
  browser = await openBrowser()
})

after(async () => {
  await browser?.close()
  await platform?.stop()
})

/** A colleague with a browser of the own, signed in. */
async function colleague(account: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: 'zh-CN' })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  troubles.push(watchPage(page, platform.address))
  await page.goto(at('/sign-in'))
  const response = await page.request.post(at('/api/session'), { data: { account } })
  assert.ok(response.ok(), await response.text())
  return page
}

test('a planner tries another threshold and sees who flips, old and new, before anything is saved', async () => {
  const page = await colleague('city')
  await page.goto(at(line))
  await page.getByRole('button', { name: '试算一个新取值' }).click()
  await page.getByLabel(/^新值/).fill('0.01')
  await page.getByLabel('自哪一天起').fill('2024-08-25')
  await page.keyboard.press('Enter')
  assert.equal(await page.getByRole('button', { name: '看过影响，提交审定' }).count(), 0)
  await page.getByRole('button', { name: '试算影响' }).click()
  await page
    .getByText(/项会变/)
    .first()
    .waitFor()
  const rows = page.locator('.ant-drawer .ant-table-tbody tr.ant-table-row')
  await rows.first().waitFor()
  const told = (await rows.allInnerTexts()).join('\n')
  assert.match(told, /卫东区[\s\S]*距 60\.00%[\s\S]*已达 1\.00%/)
  const saved = await (await page.request.get(at('/api/parameters'))).json()
  assert.deepEqual(saved.waiting, [])

  await page.getByLabel('依据文件（名称、文号）').fill('平教体〔2024〕9号')
  await page.getByLabel('理由').fill('演示：降低目标线')
  await page.getByRole('button', { name: '看过影响，提交审定' }).click()
  await page.locator('.ant-drawer-close').click()
  await page.getByText('这是您提出的取值，须由市教体局另一位人员审定。').waitFor()
  assert.equal(await page.getByRole('button', { name: '审定通过' }).count(), 0)
})

test('another person sees the same list and decides; the target is judged by the new line from its day on', async () => {
  const page = await colleague('city-basic-education')
  await page.goto(at('/parameters'))
  await page.getByRole('heading', { name: '待审定的新取值' }).waitFor()
  assert.match(await page.locator('.card').first().innerText(), /已达 1\.00%/)
  await page.getByLabel('审定意见').fill('同意')
  await page.getByRole('button', { name: '审定通过' }).click()
  await page.getByRole('heading', { name: '待审定的新取值' }).waitFor({ state: 'detached' })
  await page.goto(at('/targets?at=T5@410400'))
  const own = page.locator('li', { hasText: '本市自定 · ' })
  await own.waitFor()
  assert.match(await own.innerText(), /1%[\s\S]*按此评判[\s\S]*自 2024-08-25 起/)
})

test('a past day is seen with a notice, nothing can be done there, and one act leads back', async () => {
  const page = await colleague('city')
  await page.goto(at('/targets?asOf=2024-08-20'))
  await page.getByText('正在回看 2024-08-20 的台账，只能看，不能办理。').waitFor()
  await page.getByRole('button', { name: '回到今天' }).click()
  await page.getByText(/正在回看/).waitFor({ state: 'detached' })
  assert.doesNotMatch(page.url(), /asOf/)
})

test('no page had trouble on the way', () => {
  assert.deepEqual(troubles.flat(), [])
})
