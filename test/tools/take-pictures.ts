import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { root } from '../../src/app/data-folder.ts'
import { openBrowser } from '../journeys/browser-for-journeys.ts'
import { startPlatform } from '../journeys/platform-for-journeys.ts'

// Takes the pictures the README shows, of the demonstration city as it comes:
//   node bootstrap/kuoyou.mjs --script test/tools/take-pictures.ts [address of a running platform]

const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]

const given = process.argv.slice(2).find((word) => word.startsWith('http'))
const platform = given ? undefined : await startPlatform([], 'none')
const browser = await openBrowser()
try {
  for (const size of sizes) await takeSeats(browser, given ?? platform?.address ?? '', size)
} finally {
  await browser.close()
  await platform?.stop()
}

async function takeSeats(browser: Browser, address: string, viewport: (typeof sizes)[number]): Promise<void> {
  const context = await browser.newContext({ viewport, locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto(address)
  await page.getByRole('button', { name: '以市教体局规划财务科身份进入' }).click()
  await page.locator('h1', { hasText: '工作台' }).waitFor()
  await page.goto(`${address}/seats`)
  await page.locator('.unit-card canvas').waitFor()
  await page.waitForLoadState('networkidle')
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
  const folder = join(root, 'docs/pictures')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `seats-${viewport.width}.png`)
  await page.screenshot({ path })
  process.stdout.write(`${path}\n`)
  await context.close()
}
