import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
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

/** A page whose every breach of the content policy is kept. */
async function watchedPage(troubles: string[]): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
  page.setDefaultTimeout(30_000)
  await page.exposeFunction('breach', (words: string) => troubles.push(words))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      ;(window as unknown as { breach(words: string): void }).breach(
        `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`,
      )
    })
  })
  return page
}

async function signIn(page: Page, who: RegExp): Promise<void> {
  await page.goto(platform.address)
  await page.getByRole('button', { name: who }).first().click()
  await page.locator('nav, aside').first().waitFor()
}

/** Opens the chart behind a figure of the board and points at it: chart libraries like to write tooltips with inline styles. */
async function showTooltip(page: Page): Promise<void> {
  await page.locator('table.board tbody tr').last().locator('td button').first().click()
  const chart = page.locator('figure canvas').first()
  await chart.scrollIntoViewIfNeeded()
  await chart.hover()
  await page.waitForTimeout(500)
}

test('every page works under the policy: nothing it needs is refused', async () => {
  for (const [who, pages] of [
    [
      /以叶县教体局身份进入/,
      [
        '/home',
        '/seats',
        '/scenarios',
        '/targets',
        '/institutions',
        '/exchange',
        '/jobs',
        '/security',
        '/tokens',
      ],
    ],
    [/系统管理员/, ['/accounts']],
    [/审计管理员/, ['/audit']],
  ] as const) {
    const troubles: string[] = []
    const page = await watchedPage(troubles)
    const seen = watchPage(page, platform.address)
    await signIn(page, who)
    for (const path of pages) {
      await page.goto(`${platform.address}${path}`)
      await page.locator('h1').waitFor()
      await page.waitForLoadState('networkidle')
      if (path === '/seats') await showTooltip(page)
      // A button of the component library has its colours only when its style elements were let in.
      assert.ok(await page.evaluate(() => [...document.querySelectorAll('style')].some(({ nonce }) => nonce)))
    }
    assert.deepEqual([...troubles, ...seen], [], String(who))
  }
})

test('a script or style written into the page by a stranger does not run', async () => {
  const troubles: string[] = []
  const page = await watchedPage(troubles)
  await signIn(page, /以叶县教体局身份进入/)
  await page.evaluate(() => {
    const div = document.createElement('div')
    div.innerHTML =
      '<img src="/api/health" onerror="window.ran = 1"><style>body { outline: 7px solid red }</style>'
    document.body.append(div)
    const script = document.createElement('script')
    script.textContent = 'window.ran = 1'
    document.body.append(script)
  })
  await page.waitForTimeout(500)
  assert.equal(await page.evaluate(() => (window as unknown as { ran?: number }).ran), undefined)
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).outlineWidth), '7px')
  for (const directive of ['script-src-attr', 'style-src-elem', 'script-src-elem'])
    assert.ok(
      troubles.some((each) => each.startsWith(directive)),
      `${directive}: ${troubles}`,
    )
})

test('a token is issued on its page, shown once, and lets a program in', async () => {
  const page = await watchedPage([])
  await signIn(page, /以叶县教体局身份进入/)
  await page.goto(`${platform.address}/tokens`)
  await page.getByLabel('名称').fill('市共享平台')
  await page.getByLabel('用于').fill('institution.read')
  await page.locator('.ant-select-item-option', { hasText: 'institution.read' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '发放' }).click()
  const secret = await page.getByLabel('令牌密文').inputValue()
  const ask = () =>
    fetch(`${platform.address}/api/institutions`, { headers: { authorization: `Bearer ${secret}` } })
  assert.equal((await ask()).status, 200)
  await page.getByRole('button', { name: '撤销' }).click()
  await page.locator('.ant-popconfirm').getByRole('button', { name: '撤销' }).click()
  await page.getByText(/已于 .* 撤销/).waitFor()
  assert.equal((await ask()).status, 401)
})
