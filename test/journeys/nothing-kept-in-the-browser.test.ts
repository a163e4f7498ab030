import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openBrowser } from './browser-for-journeys.ts'
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

/** Everything a page's script, or the next person at this computer, could find kept in the browser. */
async function keptIn(page: Page, context: BrowserContext): Promise<string> {
  const kept = await page.evaluate(async () => {
    const databases = await Promise.all(
      (await indexedDB.databases()).map(
        ({ name }) =>
          new Promise<string>((done, failed) => {
            const opening = indexedDB.open(name as string)
            opening.onerror = () => failed(opening.error)
            opening.onsuccess = async () => {
              const stores = [...opening.result.objectStoreNames]
              const rows = stores.map(
                (store) =>
                  new Promise((found) => {
                    const all = opening.result.transaction(store).objectStore(store).getAll()
                    all.onsuccess = () => found(all.result)
                  }),
              )
              done(JSON.stringify([name, await Promise.all(rows)]))
            }
          }),
      ),
    )
    const caches = await Promise.all(
      (await window.caches.keys()).map(async (name) => {
        const cache = await window.caches.open(name)
        return Promise.all((await cache.matchAll()).map((answer) => answer.text()))
      }),
    )
    return JSON.stringify({
      local: { ...localStorage },
      session: { ...sessionStorage },
      cookies: document.cookie,
      history: history.state,
      databases,
      caches,
    })
  })
  const { origins } = await context.storageState()
  return `${kept}\n${JSON.stringify(origins)}\n${page.url()}`
}

test('after working with pupils’ data nothing of it is kept in the browser', async () => {
  const context = await browser.newContext({ locale: 'zh-CN' })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  const personal = new Set<string>()
  page.on('response', async (response) => {
    if (!response.url().includes('/api/people/') || !response.ok()) return
    const body = await response.text().catch(() => '')
    for (const [, field, value] of body.matchAll(/"(name|document|phone|address|plain)":"([^"]{2,})"/g))
      if (field !== 'name' || !/学|园/.test(value!)) personal.add(value!)
  })
  await page.goto(platform.address)
  await page
    .getByRole('button', { name: /以叶县教体局身份进入/ })
    .first()
    .click()
  await page.locator('nav, aside').first().waitFor()
  await page.goto(`${platform.address}/people`)
  await page.locator('table tbody tr a').first().click()
  await page.locator('h1').waitFor()
  await page.waitForLoadState('networkidle')
  const unmasked = await page.evaluate(async () => {
    const id = /people\/(\d+)/.exec(location.pathname)?.[1]
    const answer = await fetch(`/api/people/pupils/${id}/unmask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ field: 'document', purpose: 'correct-record' }),
    })
    return (await answer.json()).plain as string
  })
  assert.match(unmasked, /^\d{17}[\dX]$/)
  personal.add(unmasked)
  const kept = await keptIn(page, context)
  assert.ok(personal.size > 10, `${personal.size} personal values were seen`)
  assert.deepEqual(
    [...personal].filter((value) => kept.includes(value)),
    [],
  )
  // The very search finds what is kept.
  await page.evaluate((value) => localStorage.setItem('planted', value), unmasked)
  assert.ok((await keptIn(page, context)).includes(unmasked))
  await context.close()
})

/** A person's page open before somebody's eyes; and the names that stood there. */
async function lookingAtPupils(context: BrowserContext): Promise<{ page: Page; names: string[] }> {
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  await page.goto(platform.address)
  await page
    .getByRole('button', { name: /以叶县教体局身份进入/ })
    .first()
    .click()
  await page.locator('nav, aside').first().waitFor()
  await page.goto(`${platform.address}/people`)
  const links = page.locator('table tbody tr a')
  await links.first().waitFor()
  const names = (await links.allTextContents()).filter((name) => name.trim().length > 1)
  assert.ok(names.length > 5)
  return { page, names }
}

const shownOf = (names: readonly string[], text: string | null) =>
  names.filter((name) => text?.includes(name.trim()))

test('after signing out nothing stands on the page, and going back shows none of it', async () => {
  const context = await browser.newContext({ locale: 'zh-CN' })
  const { page, names } = await lookingAtPupils(context)
  assert.notDeepEqual(shownOf(names, await page.textContent('body')), [])
  await page
    .getByRole('button', { name: /退\s*出/ })
    .first()
    .click()
  await page.waitForURL('**/sign-in')
  await page
    .getByRole('button', { name: /以叶县教体局身份进入/ })
    .first()
    .waitFor()
  assert.deepEqual(shownOf(names, await page.textContent('body')), [])
  await page.goBack().catch(() => {})
  await page.waitForLoadState('networkidle')
  assert.deepEqual(shownOf(names, await page.textContent('body')), [])
  assert.deepEqual(shownOf(names, await keptIn(page, context)), [])
  await context.close()
})

test('signing out clears the page also when the platform cannot be reached', async () => {
  const context = await browser.newContext({ locale: 'zh-CN' })
  const { page, names } = await lookingAtPupils(context)
  await context.setOffline(true)
  await page
    .getByRole('button', { name: /退\s*出/ })
    .first()
    .click()
  await page.waitForFunction((name) => !document.body?.textContent?.includes(name), names[0]!.trim())
  assert.deepEqual(shownOf(names, await page.textContent('body').catch(() => '')), [])
  await context.close()
})
