import type { Browser, Page } from 'playwright-core'
import { buildWeb } from '../../src/app/build-web.ts'
import { servedPages } from '../../src/app/served-pages.ts'
import { allRoutes } from '../../src/app/server.ts'
import { entriesFor } from '../../src/app/web/navigation.ts'
import { openSession } from '../../src/platform/access/session.ts'
import { auditTracing } from '../../src/platform/audit/audit-tracing.ts'
import { buildServer } from '../../src/platform/http/serve.ts'
import { authorisationWorld, type TrialAccount } from '../trust/authorisation-world.ts'
import { type InjectionFigures, injectEverywhere, mark } from '../trust/inject-everywhere.ts'

/** S5 — what was put in, where it was looked for, and what ran or broke. */
export interface InjectionTrial extends InjectionFigures {
  readonly screens: number
  readonly clicks: number
  /** Screens on which something that was put in could be read, as the plain text it is. */
  readonly showing: number
}

/** These end the session, undo something or leave the page. */
const untouched = /退出|登出|停用|撤销|撤回|删除|关闭|打印|下载|导出|重新测算|终止|授权|发放|确认/
/** How much is tried: each n-th request, whose screens, and how many things are clicked on each. */
interface Extent {
  readonly every: number
  readonly readers: readonly string[]
  readonly clicks: number
}

export const quick: Extent = { every: 6, readers: ['own-bureau', 'security', 'audit'], clicks: 6 }
export const thorough: Extent = {
  every: 1,
  readers: [
    'own-bureau',
    'city-basic-education',
    'city-planning-finance',
    'own-clerk',
    'system',
    'security',
    'audit',
  ],
  clicks: 30,
}

/** 注入试验 — injects everywhere, then opens every screen of every kind of visitor and looks whether anything ran. */
export async function trustInjection(browser: Browser, extent: Extent): Promise<InjectionTrial> {
  const world = await authorisationWorld()
  const wrong: string[] = []
  const site = servedPages(await buildWeb())
  const server = await buildServer({
    routes: allRoutes,
    context: world.books,
    version: 'test',
    asOf: world.books.site.generatedUntil,
    tracing: auditTracing(world.books.db.pool),
    page: site.open,
    onFault: (_, error) => wrong.push(`fault: ${String((error as Error).stack ?? error).slice(0, 600)}`),
  })
  try {
    await site.serveFiles(server)
    const figures = await injectEverywhere(server, world, extent.every)
    const address = await server.listen({ host: '127.0.0.1', port: 0 })
    const seen = { screens: 0, clicks: 0, showing: 0, most: extent.clicks }
    for (const account of world.accounts.filter(({ name }) => extent.readers.includes(name)))
      await tour(browser, address, account, await openSession(world.books.db.pool, account.name), seen, wrong)
    const { most: _, ...toured } = seen
    return { ...figures, ...toured, wrong: [...figures.wrong, ...wrong] }
  } finally {
    await server.close()
    await world.close()
  }
}

interface Seen {
  screens: number
  clicks: number
  showing: number
  /** Clicks on one screen. */
  readonly most: number
}

async function tour(
  browser: Browser,
  address: string,
  { name, role }: TrialAccount,
  token: string,
  seen: Seen,
  wrong: string[],
): Promise<void> {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 1000 } })
  await context.addCookies([{ name: 'kuoyou_session', value: token, url: address }])
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await watch(page, (words) => wrong.push(`${name} ${page.url().slice(address.length)}: ${words}`))
  const paths = entriesFor([{ role }]).map(({ path }) => path)
  for (let at = 0; at < paths.length; at++) {
    await open(page, address + paths[at])
    await look(page, seen)
    if (at < entriesFor([{ role }]).length) paths.push(...(await deeper(page, paths)))
    seen.clicks += await clickAround(page, seen.most)
    await look(page, seen)
  }
  await context.close()
}

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.locator('h1').first().waitFor()
  await page.waitForLoadState('networkidle')
}

/** Anything that ran, was refused by the page's policy, or asked the user something. */
async function watch(page: Page, tell: (words: string) => void): Promise<void> {
  page.on('dialog', (dialog) => {
    tell(`dialog ${dialog.message()}`)
    dialog.dismiss()
  })
  page.on('pageerror', (error) => tell(error.message))
  page.on('response', (answer) => answer.status() >= 500 && tell(`${answer.status()} ${answer.url()}`))
  await page.exposeFunction('struckHere', tell)
  await page.addInitScript((element) => {
    const told = (words: string) =>
      (window as unknown as { struckHere(words: string): void }).struckHere(words)
    document.addEventListener('securitypolicyviolation', (event) =>
      told(`policy ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`),
    )
    setInterval(() => {
      if (document.querySelector(element)) told('an element was planted')
      if ((window as unknown as { struck?: number }).struck) told('a script ran')
    }, 100)
  }, mark)
}

async function look(page: Page, seen: Seen): Promise<void> {
  await page.waitForTimeout(150)
  seen.screens += 1
  if ((await page.locator('body').innerText()).match(/onerror|<script>|drop table|kuoyou-struck/))
    seen.showing += 1
}

/** Of the details a list leads to, some: those with something planted first. */
async function deeper(page: Page, known: readonly string[]): Promise<string[]> {
  const links = await page
    .locator('main a[href^="/"]')
    .evaluateAll((found) =>
      found.map((link) => [link.getAttribute('href')!, /[<'"]/.test(link.textContent ?? '')] as const),
    )
  const fresh = [...new Map(links)].filter(([href]) => !known.includes(href) && !href.startsWith('/api/'))
  return fresh
    .toSorted(([, one], [, other]) => Number(other) - Number(one))
    .slice(0, 3)
    .map(([href]) => href)
}

/** Opens tabs, drawers, forms and menus one after the other, and closes them again. */
async function clickAround(page: Page, most: number): Promise<number> {
  const all = page.locator('main [role=tab], main button, main .ant-select, main summary')
  let clicks = 0
  for (let at = 0; at < Math.min(await all.count(), most); at++) {
    const one = all.nth(at)
    const words = await one.innerText({ timeout: 1_000 }).catch(() => '退出')
    if (untouched.test(words) || !(await one.isEnabled().catch(() => false))) continue
    if (
      !(await one.click({ timeout: 700 }).then(
        () => true,
        () => false,
      ))
    )
      continue
    clicks += 1
    await page.waitForTimeout(120)
    await page.keyboard.press('Escape')
  }
  return clicks
}
