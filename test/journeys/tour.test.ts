import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { realOidcProvider, type TestProvider } from '../../src/platform/access/sso/sso-providers.for-tests.ts'
import { openBrowser, watchPage } from './browser-for-journeys.ts'
import { freePort, type RunningPlatform, startPlatform } from './platform-for-journeys.ts'

/** Pages as the people who use them see them, on a desk and on a phone. KUOYOU_PICTURES names a folder for pictures of each. */
const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const
const pictures = process.env.KUOYOU_PICTURES
const password = 'plum river lantern 7'

let address: string
let platform: RunningPlatform
let provider: TestProvider
let browser: Browser
const folder = mkdtempSync(join(tmpdir(), 'kuoyou-tour-'))

before(async () => {
  const port = await freePort()
  address = `http://localhost:${port}`
  provider = await realOidcProvider(`${address}/sso/city`)
  const setting = {
    kind: 'oidc',
    id: 'city',
    name: '市统一认证',
    issuer: provider.url,
    clientId: 'kuoyou',
    clientSecretFrom: 'SSO_CITY_SECRET',
    subject: 'sub',
    secondFactor: true,
  }
  writeFileSync(join(folder, 'sso.json'), JSON.stringify([setting]))
  Object.assign(process.env, {
    KUOYOU_SSO: join(folder, 'sso.json'),
    SSO_CITY_SECRET: 'secret-of-the-test-site',
  })
  platform = await startPlatform(['--port', String(port)])
  browser = await openBrowser()
  if (pictures) mkdirSync(pictures, { recursive: true })
})
after(async () => {
  await browser?.close()
  await platform?.stop()
  await provider?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Someone before a screen, with everything that goes wrong unseen. */
interface Eyes {
  readonly page: Page
  readonly size: keyof typeof sizes
  readonly troubles: string[]
}

async function eyes(size: keyof typeof sizes): Promise<Eyes> {
  const context = await browser.newContext({
    locale: 'zh-CN',
    viewport: sizes[size],
    ...(size === 'phone' && { isMobile: true, hasTouch: true }),
  })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  const troubles = watchPage(page, address)
  await page.exposeFunction('breach', (words: string) => troubles.push(words))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      ;(window as unknown as { breach(words: string): void }).breach(
        `${event.effectiveDirective} ${event.blockedURI}`,
      )
    })
  })
  return { page, size, troubles }
}

async function signedIn(who: string, size: keyof typeof sizes): Promise<Eyes> {
  const seen = await eyes(size)
  await seen.page.goto(`${address}/sign-in`)
  await seen.page.getByRole('button', { name: `以${who}身份进入` }).click()
  await seen.page.locator('.frame-side').waitFor()
  return seen
}

/** What a reader relies on: a heading, nothing that sticks out sideways, no fault unseen. */
async function standsWell({ page, size, troubles }: Eyes, name: string): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForLoadState('networkidle')
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
  if (pictures) await page.screenshot({ path: join(pictures, `${name}-${size}.png`), fullPage: true })
  const { wide, narrow, out } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    narrow: document.documentElement.clientWidth,
    out: [...document.querySelectorAll('main *')]
      .filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
      .filter((each) => !each.closest('.ant-table, .board-scroll, .ant-tabs-nav'))
      .map((each) => `${each.tagName}.${each.className} ${(each.textContent ?? '').slice(0, 30)}`)
      .slice(0, 3),
  }))
  assert.ok(wide <= narrow, `${name} at ${size}: ${wide} wide on a screen of ${narrow}: ${out.join('; ')}`)
  assert.deepEqual(troubles.splice(0), [], `${name} at ${size}`)
}

const rounds: readonly (readonly [who: string, name: string, path: string])[] = [
  ['系统管理员', 'webhooks', '/webhooks'],
  ['系统管理员', 'accounts', '/accounts'],
  ['安全管理员', 'grants', '/accounts'],
  ['审计管理员', 'audit', '/audit'],
  ['叶县教体局', 'jobs', '/jobs'],
  ['叶县教体局', 'tokens', '/tokens'],
  ['叶县教体局', 'security', '/security'],
  ['叶县教体局', 'pupils', '/people'],
  ['叶县教体局', 'roster', '/exchange?kind=pupils'],
]

for (const size of ['desk', 'phone'] as const) {
  test(`the pages of trust on a ${size}`, async () => {
    let at: { who: string; seen: Eyes } | undefined
    for (const [who, name, path] of rounds) {
      if (at?.who !== who) {
        await at?.seen.page.context().close()
        at = { who, seen: await signedIn(who, size) }
      }
      await at.seen.page.goto(`${address}${path}`)
      await standsWell(at.seen, name)
    }
    await at?.seen.page.context().close()
  })

  test(`consents of a child on a ${size}: a photograph goes up, opens for a purpose, is removed with a reason`, async () => {
    const seen = await signedIn('叶县教体局', size)
    const { page } = seen
    await page.goto(`${address}/people`)
    await page.locator('a[href*="/people/"]').first().click()
    await page.getByRole('tab', { name: '监护人同意' }).click()
    const paper = page.locator('.card', { has: page.getByRole('heading', { name: '签字件' }) })
    await paper
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: '同意书.png', mimeType: 'image/png', buffer: await smallPicture() })
    await paper.getByText('同意书.png').waitFor()
    assert.equal(await paper.getByRole('link', { name: '同意书.png' }).count(), 0)
    await paper.getByLabel('查看事由').click()
    await page.locator('.ant-select-item-option:visible', { hasText: '监护人要求查阅' }).click()
    assert.match(
      (await paper.getByRole('link', { name: '同意书.png' }).getAttribute('href')) ?? '',
      /purpose=guardian-request/,
    )
    await standsWell(seen, 'consents')
    await paper.getByRole('button', { name: '移除 同意书.png' }).click()
    await paper.getByLabel('移除的理由').fill('拍糊了，重拍')
    await paper.getByRole('button', { name: '移除', exact: true }).click()
    await paper.getByText('拍糊了，重拍').waitFor()
    await standsWell(seen, 'consents-removed')
    await page.context().close()
  })

  test(`receivers of notices on a ${size}: an inside address is refused in words, a good one is registered`, async () => {
    const seen = await signedIn('系统管理员', size)
    const { page } = seen
    await page.goto(`${address}/webhooks`)
    const register = async (url: string) => {
      await page.getByLabel('名称').fill(`平台 ${size}`)
      await page.getByLabel('网址').fill(url)
      await page.getByLabel('导入已确认入账').check()
      await page.getByRole('button', { name: '登记', exact: true }).click()
    }
    await register('https://127.0.0.1/hook')
    await page.getByText('指向本机、内网或特殊地址').waitFor()
    seen.troubles.splice(0)
    await page.getByLabel('导入已确认入账').uncheck()
    await register('https://example.com/hook')
    assert.match(await page.getByLabel('签名密钥').inputValue(), /^whsec_/)
    await standsWell(seen, 'webhooks-registered')
    await page.context().close()
  })
}

function smallPicture(): Promise<Buffer> {
  return sharp({ create: { width: 60, height: 40, channels: 3, background: '#d9a441' } })
    .png()
    .toBuffer()
}

test('the door at both widths: demonstration roles, account and password, single sign-on', async () => {
  for (const size of ['desk', 'phone'] as const) {
    const seen = await eyes(size)
    await seen.page.goto(`${address}/sign-in`)
    await seen.page.getByRole('button', { name: '市统一认证登录' }).waitFor()
    await standsWell(seen, 'sign-in')
    await seen.page.context().close()
  }
})

test('a colleague with an authenticator: account, one-time link, the second factor at both widths', async () => {
  const keeper = await signedIn('系统管理员', 'desk')
  await keeper.page.goto(`${address}/accounts`)
  await keeper.page.getByRole('button', { name: '建立账号' }).click()
  const drawer = keeper.page.locator('.ant-drawer')
  await drawer.getByLabel('姓名或岗位').fill('叶县教体局 王丽')
  await drawer.getByLabel('账号', { exact: true }).fill('wang.li')
  await drawer.locator('button[type=submit]').click()
  const link = await drawer.getByLabel('一次性链接').inputValue()
  await standsWell(keeper, 'new-account')
  const seen = await eyes('phone')
  const { page } = seen
  await page.goto(link)
  await standsWell(seen, 'set-password')
  await page.getByLabel('新密码').fill(password)
  await page.getByLabel('再输一次').fill(password)
  await page.getByRole('button', { name: /保\s*存/ }).click()
  await page.getByText('密码已设置').waitFor()
  await page.goto(`${address}/sign-in`)
  await page.getByLabel('账号').fill('wang.li')
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: /^登\s*录$/ }).click()
  await page.getByText('本站要求工作人员使用第二因素').waitFor()
  await standsWell(seen, 'enrol-factor')
  await page
    .getByRole('button', { name: /登\s*记/ })
    .first()
    .click()
  const secret = ((await page.locator('code').first().textContent()) ?? '').replaceAll(/\s/g, '')
  await standsWell(seen, 'enrol-totp')
  await page.setViewportSize(sizes.desk)
  await standsWell({ ...seen, size: 'desk' }, 'enrol-totp')
  await page.setViewportSize(sizes.phone)
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate()
  await page.getByLabel('验证器显示的六位数').fill(code)
  await page.keyboard.press('Enter')
  await page.getByText('恢复码，只显示这一次').waitFor()
  await standsWell(seen, 'recovery-codes')
})

test('single sign-on with a real provider: there, back, and in', async () => {
  const keeper = await signedIn('系统管理员', 'desk')
  const made = await keeper.page.evaluate(async () => {
    const answer = await fetch('/api/accounts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: 'li.na', name: '叶县教体局 李娜', externalId: 'staff-7' }),
    })
    return answer.status
  })
  assert.equal(made, 200)
  const { page } = await eyes('desk')
  await page.goto(`${address}/sign-in`)
  await page.getByRole('button', { name: '市统一认证登录' }).click()
  await page.waitForURL((url) => url.href.startsWith(provider.url))
  await page.locator('input[name=login]').fill('staff-7')
  await page.locator('input[name=password]').fill('x')
  await page.locator('[type=submit]').click()
  await page.locator('input[name=prompt][value=consent]').waitFor({ state: 'attached' })
  await page.locator('[type=submit]').click()
  await page.waitForURL(/\/security/).catch(async (late) => {
    throw new Error(`${page.url()}: ${await page.locator('body').innerText()}`, { cause: late })
  })
  await page.locator('.frame-who', { hasText: '李娜' }).waitFor()
})
