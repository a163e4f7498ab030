import { readFileSync } from 'node:fs'
import { type Browser, chromium, type Download, type Page } from 'playwright-core'
import { provideBrowser } from '../tools/browser.ts'

/** A headless browser that asks nobody but the page's own server. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.KUOYOU_BROWSER ?? (await provideBrowser()),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  })
}

/** What went wrong on a page that its visitor may not have seen: console errors, faults, requests to strangers. */
export function watchPage(page: Page, address: string): string[] {
  const troubles: string[] = []
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()))
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on(
    'response',
    (response) => response.status() >= 500 && troubles.push(`${response.status()} ${response.url()}`),
  )
  page.on('request', (request) => {
    if (!request.url().startsWith(address) && !/^(data|blob):/.test(request.url()))
      troubles.push(`asked ${request.url()}`)
  })
  return troubles
}

/** The bytes of what a click downloads. */
export async function downloaded(
  page: Page,
  click: () => Promise<void>,
): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download') as Promise<Download>, click()])
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
}
