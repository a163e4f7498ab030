import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openBrowser, watchPage } from './browser-for-journeys.ts'
import { type RunningPlatform, startPlatform } from './platform-for-journeys.ts'

/** A passkey needs a host name; the platform listens on the same place under both. */
let address: string
let platform: RunningPlatform
let browser: Browser
let colleague: Page
const troubles: string[][] = []
const password = 'plum river lantern 7'

before(async () => {
  platform = await startPlatform()
  address = platform.address.replace('127.0.0.1', 'localhost')
  browser = await openBrowser()
  colleague = await pageIn(await browser.newContext({ locale: 'zh-CN' }))
  await giveSecurityKey(colleague)
})
after(async () => {
  await browser?.close()
  await platform?.stop()
})

async function pageIn(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  troubles.push(watchPage(page, address))
  return page
}

async function as(role: string): Promise<Page> {
  const page = await pageIn(await browser.newContext({ locale: 'zh-CN' }))
  await page.goto(`${address}/sign-in`)
  await page.getByRole('button', { name: `以${role}身份进入` }).click()
  await page.locator('h1', { hasText: '工作台' }).waitFor()
  await page.goto(`${address}/accounts`)
  await page.locator('h1', { hasText: '账号管理' }).waitFor()
  return page
}

/** The browser's own authenticator, which says yes to its user. */
async function giveSecurityKey(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  })
}

async function signIn(): Promise<void> {
  await colleague.goto(`${address}/sign-in`)
  await colleague.getByLabel('账号').fill('wang.li')
  await colleague.getByLabel('密码').fill(password)
  await colleague.getByRole('button', { name: /^登\s*录$/ }).click()
}

test('the system administrator makes the account and gets one link', async () => {
  const page = await as('系统管理员')
  await page.getByRole('button', { name: '建立账号' }).click()
  const drawer = page.locator('.ant-drawer')
  await drawer.getByLabel('姓名或岗位').fill('叶县教体局 王丽')
  await drawer.getByLabel('账号', { exact: true }).fill('wang.li')
  await drawer.locator('button[type=submit]').click()
  const link = await drawer.getByLabel('一次性链接').inputValue()
  await colleague.goto(link)
  await colleague.getByLabel('新密码').fill(password)
  await colleague.getByLabel('再输一次').fill(password)
  await colleague.getByRole('button', { name: /保\s*存/ }).click()
  await colleague.getByText('密码已设置').waitFor()
})

test('before a grant the account may look after itself and nothing else; a second factor comes first', async () => {
  await signIn()
  await colleague.getByText('本站要求工作人员使用第二因素').waitFor()
  await colleague
    .getByRole('button', { name: /登\s*记/ })
    .nth(1)
    .click()
  await colleague.getByText('恢复码，只显示这一次').waitFor()
  assert.equal(await colleague.locator('.codes code').count(), 10)
  await colleague.getByRole('button', { name: '已保存，继续' }).click()
  await colleague.locator('h1', { hasText: '账号与安全' }).waitFor()
  await colleague.getByText('还没有授权').waitFor()
  assert.deepEqual(await colleague.locator('.frame-sub').allTextContents(), ['账号与安全'])
})

test('the security administrator grants a role in one county; it holds at once', async () => {
  const page = await as('安全管理员')
  await page.getByRole('button', { name: '王丽' }).click()
  const drawer = page.locator('.ant-drawer')
  await choose(page, '角色', '县级教育主管部门')
  await choose(page, '县（市、区）', '叶县')
  await drawer.getByLabel('事由').fill('任基教股股长')
  await drawer.getByRole('button', { name: /授\s*权/ }).click()
  await drawer.getByText('任基教股股长').waitFor()
  await colleague.goto(`${address}/seats`)
  await colleague.locator('h1', { hasText: '学位供需' }).waitFor()
  await colleague.locator('.page-answer', { hasText: '叶县' }).waitFor()
})

async function choose(page: Page, label: string, option: string): Promise<void> {
  const field = page.locator('.ant-drawer').getByLabel(label, { exact: true })
  await field.click()
  await field.fill(option)
  // By key: a click on the list while it still shrinks to what is looked for may be lost.
  await page.locator('.ant-select-item-option-active:visible', { hasText: option }).waitFor()
  await field.press('Enter')
}

test('next time the key is the second step, and alone it is enough', async () => {
  const leave = async () => {
    await colleague.getByRole('button', { name: /退\s*出/ }).click()
    await colleague.waitForURL(/sign-in/)
  }
  await leave()
  await signIn()
  await colleague.getByText('还需要第二步').waitFor()
  await colleague.getByRole('button', { name: '用通行密钥' }).click()
  await colleague.waitForURL(/home/)
  await leave()
  await colleague.getByRole('button', { name: '用通行密钥登录' }).click()
  await colleague.waitForURL(/home/)
})

test('what is still being read when the session ends is given up, not refused', async () => {
  const ended = Promise.withResolvers<void>()
  const given: string[] = []
  colleague.on('requestfailed', (request) => given.push(new URL(request.url()).pathname))
  await colleague.route('**/api/home?source=*', async (route) => {
    await ended.promise
    await route.continue().catch(() => {})
  })
  await colleague.route('**/api/session', async (route) => {
    if (route.request().method() !== 'DELETE') return route.continue()
    const response = await route.fetch()
    ended.resolve()
    await new Promise((resolve) => setTimeout(resolve, 500))
    await route.fulfill({ response })
  })
  await Promise.all([colleague.waitForRequest('**/api/home?source=*'), colleague.goto(`${address}/home`)])
  await colleague.getByRole('button', { name: /退\s*出/ }).click()
  await colleague.waitForURL(/sign-in/)
  assert.ok(given.includes('/api/home'))
  assert.deepEqual(troubles.flat(), [])
  await colleague.unrouteAll({ behavior: 'ignoreErrors' })
  await colleague.getByRole('button', { name: '用通行密钥登录' }).click()
  await colleague.waitForURL(/home/)
})

test('part of it is handed on to somebody until a day, and seen by both', async () => {
  await colleague.goto(`${address}/security`)
  await colleague.getByRole('button', { name: /委\s*托/ }).click()
  const drawer = colleague.locator('.ant-drawer')
  await drawer.getByLabel('委托给（账号）').fill('school')
  await drawer.getByLabel('到哪天为止（含当天）').fill('2099-01-01')
  await colleague.keyboard.press('Enter')
  await drawer.getByLabel('事由').fill('出差期间代办')
  await drawer.getByRole('button', { name: /委\s*托/ }).click()
  await colleague.getByText('已委托给 school').waitFor()
  await colleague.getByText('至 2099-01-01').waitFor()
})

test('disabled, the account’s open page leads to the door', async () => {
  // Up to here nothing went wrong; from here what the open page asks is refused, and says so on the console.
  assert.deepEqual(troubles.flat(), [])
  const page = await as('系统管理员')
  await page.getByRole('button', { name: '王丽' }).click()
  await page
    .locator('.ant-drawer')
    .getByRole('button', { name: /停\s*用/ })
    .click()
  await page
    .locator('.ant-popconfirm')
    .getByRole('button', { name: /停\s*用/ })
    .click()
  await page.locator('.tag', { hasText: '已停用' }).first().waitFor()
  await colleague.goto(`${address}/seats`)
  await colleague.waitForURL(/sign-in/)
})

test('nothing went wrong unseen, and no stranger was asked', () => {
  const refused = /status of 401 \(Unauthorized\)/
  assert.deepEqual(
    troubles.flat().filter((trouble) => !refused.test(trouble)),
    [],
  )
})
