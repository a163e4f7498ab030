import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser, watchPage } from './browser-for-journeys.ts'
import { type RunningPlatform, startPlatform } from './platform-for-journeys.ts'

let platform: RunningPlatform
let browser: Browser

before(async () => {
  platform = await startPlatform()
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await platform?.stop()
})

/** Accounts of the demonstration, and a card each must find first on the page it lands on. */
const people = {
  'city-basic-education': '滞后的任务',
  city: '等我办的问题',
  'city-supervision': '等我办的问题',
  'county-410422': '逾期未报',
  principal: '待填报',
  school: '待填报',
  inspector: '等我办的问题',
  finance: '等我办的问题',
  'development-reform': '要管的项目',
  'system-administrator': '在用账号',
  'security-administrator': '没有授权的账号',
  'audit-administrator': '待封存的审计记录',
} as const

for (const width of [1440, 390]) {
  for (const [name, first] of Object.entries(people)) {
    test(`${name} lands on a home page of its own, ${width} pixels wide, and goes on from a card`, async () => {
      const context = await browser.newContext({ viewport: { width, height: 844 }, locale: 'zh-CN' })
      const page = await context.newPage()
      page.setDefaultTimeout(30_000)
      const troubles = watchPage(page, platform.address)
      await page.goto(`${platform.address}/sign-in`)
      const signedIn = await page.evaluate(
        (account) =>
          fetch('/api/session', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ account }),
          }).then(({ status }) => status),
        name,
      )
      assert.equal(signedIn, 200)
      await page.goto(platform.address)
      await page.waitForURL(/\/home/)
      const cards = page.locator('.home-cards > .card')
      await cards.first().waitFor()
      await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
      const count = await cards.count()
      assert.ok(count >= 1 && count <= 6, `${count} cards`)
      assert.equal(await cards.first().locator('h2').innerText(), first)
      for (const card of await cards.all()) {
        assert.match(await card.locator('.home-count').innerText(), /^([\d,]+\D+|缺数据)$/)
        assert.ok((await card.locator('p.quiet').innerText()).length > 0)
      }
      assert.match(await page.locator('.page-answer').innerText(), /待办/)
      assert.ok(
        await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
        'nothing sticks out sideways',
      )
      await cards.last().locator('a').click()
      await page.waitForURL((url) => !url.pathname.endsWith('/home'))
      await page.locator('h1').waitFor()
      assert.deepEqual(troubles, [])
      await context.close()
    })
  }
}
