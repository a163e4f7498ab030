import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { openBrowser, watchPage } from './browser-for-journeys.ts'
import { startPlatform } from './platform-for-journeys.ts'

/** 众人办事 — people of a demonstration at work on one platform, each on a screen of their own. */
export interface PeopleAtWork {
  /** What went wrong on any of their pages. */
  readonly troubles: readonly string[][]
  enter(as: string, width: number): Promise<Page>
  /** Another page beside one that is open. */
  watch(page: Page): void
  at(path: string): string
  close(): Promise<void>
}

/** 开始办事 — starts the platform and a browser beside it. */
export async function peopleAtWork(): Promise<PeopleAtWork> {
  const platform = await startPlatform()
  const browser = await openBrowser()
  const troubles: string[][] = []
  const watch = (page: Page) => void troubles.push(watchPage(page, platform.address))
  return {
    troubles,
    watch,
    at: (path) => `${platform.address}${path}`,
    enter: async (as, width) => {
      const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'zh-CN' })
      const page = await context.newPage()
      page.setDefaultTimeout(60_000)
      watch(page)
      await page.goto(platform.address)
      await page.getByRole('button', { name: new RegExp(`^以${as}.*身份进入$`) }).click()
      await page.locator('h1', { hasText: '工作台' }).waitFor()
      return page
    },
    close: async () => {
      await browser.close()
      await platform.stop()
    },
  }
}

/** A small photograph. */
export const photo = () =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: '#3a6' } })
    .jpeg()
    .toBuffer()
