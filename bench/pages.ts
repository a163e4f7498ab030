import { type Browser, chromium, type Page } from 'playwright-core'
import { type RunningPlatform, startPlatform } from '../test/journeys/platform-for-journeys.ts'
import { provideBrowser } from '../test/tools/browser.ts'

/** What a planner waits for, on the whole demonstration city: starting, first paint, moving from page to page, all targets. */
export async function benchPages(): Promise<void> {
  const before = performance.now()
  const platform = await startPlatform(['--size', 'city'], 'none')
  print('首次启动（建库、生成、测算、到可用）', [performance.now() - before])
  const browser = await chromium.launch({
    executablePath: await provideBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  try {
    await measure(platform, browser)
  } finally {
    await browser.close()
    await platform.stop()
  }
}

async function measure(platform: RunningPlatform, browser: Browser): Promise<void> {
  const first: number[] = []
  for (let round = 0; round < 5; round += 1) first.push(await firstPaint(platform.address, browser))
  print('学位供需首次出现（新浏览器，含登录后首页；目标 ≤2 秒）', first)
  const page = await signedIn(platform.address, browser)
  await page.goto(`${platform.address}/seats`)
  await page.locator('table.board').first().waitFor()
  print('换页（目标 p95 ≤400 毫秒）', await routeChanges(page))
  const targets: number[] = []
  for (let round = 0; round < 5; round += 1) {
    const start = performance.now()
    const answer = await page.request.get(`${platform.address}/api/targets`)
    if (!answer.ok()) throw new Error(await answer.text())
    targets.push(performance.now() - start)
  }
  print('全部目标的全部数字（目标 ≤3 秒）', targets)
}

async function signedIn(address: string, browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } })
  await context.request.post(`${address}/api/session`, { data: { account: 'city' } })
  return context.newPage()
}

async function firstPaint(address: string, browser: Browser): Promise<number> {
  const page = await signedIn(address, browser)
  const start = performance.now()
  await page.goto(`${address}/seats`)
  await page.locator('table.board tbody td').first().waitFor()
  const took = performance.now() - start
  await page.context().close()
  return took
}

/** Each page once to fetch its code, then ten rounds over the menu, each until the new title stands. */
async function routeChanges(page: Page): Promise<number[]> {
  const stops = [
    ['目标任务', '目标任务'],
    ['机构与一校一档', '机构'],
    ['导入导出', '导入'],
    ['学位供需', '学位供需'],
  ] as const
  const took: number[] = []
  for (let round = 0; round <= 10; round += 1) {
    for (const [entry, title] of stops) {
      const start = performance.now()
      await page.getByRole('link', { name: entry }).click()
      await page.locator('h1', { hasText: title }).waitFor()
      if (round > 0) took.push(performance.now() - start)
    }
  }
  return took
}

function print(what: string, times: readonly number[]): void {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN)
  process.stdout.write(
    `${what}：中位 ${at(0.5)} 毫秒，p95 ${at(0.95)} 毫秒，最长 ${at(1)} 毫秒，${sorted.length} 次\n`,
  )
}
