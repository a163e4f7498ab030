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

const form = 'kindergarten-conditions'

/** Signed in in a browser of their own. */
async function signedIn(account: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: 'zh-CN' })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const answer = await context.request.post(`${platform.address}/api/session`, { data: { account } })
  assert.equal(answer.status(), 200, account)
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  return page
}

// biome-ignore lint/suspicious/noExplicitAny: a journey looks into whatever came
async function ask(page: Page, path: string): Promise<any> {
  return (await page.request.get(`${platform.address}${path}`)).json()
}

/** What an indicator says, as the page of a filing shows it to an office. */
async function figureShown(page: Page, id: number): Promise<string> {
  await page.goto(`${platform.address}/filing/${id}`)
  const row = page.locator('.rows li', { hasText: '玩教具达标幼儿园占比' })
  return (await row.locator('b').locator('..').innerText()).trim()
}

async function act(page: Page, id: number, name: string): Promise<void> {
  await page.goto(`${platform.address}/filing/${id}`)
  const answered = page.waitForResponse((response) => response.url().endsWith('/steps'))
  await page.getByRole('button', { name, exact: true }).click()
  assert.equal((await answered).status(), 200, name)
}

/** Somebody else writes in the cell of the outdoor area while the sheet stands open; the clerk takes theirs, then once keeps his own. */
async function settleInSheet(page: Page, id: number): Promise<void> {
  const colleague = await signedIn('kindergarten')
  let stands = 900
  for (const [theirs, mine, keeps] of [
    [910, 920, false],
    [930, 940, true],
  ] as const) {
    const cells = [{ line: 0, field: 'outdoor-area', written: String(theirs), saw: stands }]
    const url = `${platform.address}/api/filings/${id}/answers`
    assert.equal(
      (await colleague.request.put(url, { data: { cells }, headers: { origin: platform.address } })).status(),
      200,
    )
    const cell = page.getByRole('gridcell', { name: String(stands), exact: true })
    await cell.click()
    // The cell one stands in already opens at a click: what stands there is written over, not on.
    await page.keyboard.press('Escape')
    await page.keyboard.type(String(mine))
    await page.keyboard.press('Enter')
    await page.keyboard.press('ArrowUp')
    await page.getByText(new RegExp(`填的是 ${theirs}，您填的是 ${mine}`)).waitFor()
    assert.equal(await page.locator('.sheet-cell.error').innerText(), String(mine))
    await page.locator('.sheet-note').getByText('您填写时别人也改了它').waitFor()
    await page.getByRole('button', { name: keeps ? `用我的 ${mine}` : `用${theirs}` }).click()
    await page.getByText('已保存').waitFor()
    stands = keeps ? mine : theirs
    await page.getByRole('gridcell', { name: String(stands), exact: true }).waitFor()
    assert.equal(await page.locator('.sheet-cell.error').count(), 0)
    const { cells: kept } = await ask(page, `/api/filings/${id}`)
    assert.equal(kept.find(({ field }: { field: string }) => field === 'outdoor-area').value, stands)
  }
  await colleague.context().close()
}

/** Says of every figure that is doubted why it stands. */
async function explain(page: Page, id: number, why: string): Promise<void> {
  await page.goto(`${platform.address}/filing/${id}`)
  await page.locator('.filing-field').first().waitFor()
  const doubted = page.locator('#doubts li', { has: page.getByRole('button', { name: '说明', exact: true }) })
  for (let left = await doubted.count(); left > 0; left -= 1) {
    await doubted.first().getByRole('textbox').fill(why)
    await doubted.first().getByRole('button', { name: '说明', exact: true }).click()
    await doubted.nth(left - 1).waitFor({ state: 'detached' })
  }
}

/** What is said of one answer before the filing is returned. */
async function remark(page: Page, label: string, says: string): Promise<void> {
  const field = page.locator('.filing-field', { has: page.getByLabel(label, { exact: true }) })
  await field.getByRole('button', { name: '退回意见' }).click()
  await page.getByLabel(`${label}的退回意见`, { exact: true }).fill(says)
  await field.getByRole('button', { name: '记下' }).click()
}

test('a clerk pastes from a spreadsheet, leaves, comes back and hands in; the county returns, the clerk mends, county and city approve; it counts', async () => {
  const clerk = await signedIn('kindergarten')
  const troubles = watchPage(clerk, platform.address)
  const { site } = await ask(clerk, '/api/session')
  const period = String(site.generatedUntil).slice(0, 4)
  const sheet = `/filing/sheets/${form}?period=${period}`
  await clerk.goto(platform.address + sheet)
  const grid = clerk.getByRole('grid')
  await grid.waitFor()
  await clerk.evaluate(() => navigator.clipboard.writeText('２０１５\t"2,400.5"\t900\t达到\t\t否\r\n'))
  const begun = await ask(clerk, `/api/filing-sheets?form=${form}&period=${period}`)
  const { countyId } = begun.rows[0]
  await grid.focus()
  // From the first cell over what the books know to the first that is asked.
  for (let known = 0; known < 3; known += 1) await clerk.keyboard.press('Tab')
  const saved = clerk.waitForResponse((response) => response.url().endsWith('/filing-sheets/answers'))
  await clerk.keyboard.press('Control+v')
  await clerk.getByText(/已粘贴 \d+ 格/).waitFor()
  assert.equal((await saved).status(), 200)

  await clerk.goto(`${platform.address}/filing`)
  await clerk.goto(platform.address + sheet)
  await clerk.getByRole('gridcell', { name: '2400.5' }).waitFor()
  const row = (await ask(clerk, `/api/filing-sheets?form=${form}&period=${period}`)).rows[0]
  const id = row.filingId as number
  await settleInSheet(clerk, id)
  await explain(clerk, id, '去年整体迁建，按新园舍填报')
  await act(clerk, id, '提交')

  const county = await signedIn(`county-${countyId}`)
  await act(county, id, '受理')
  await county.goto(`${platform.address}/filing/${id}`)
  await remark(county, '户外活动场地面积', '与航拍图不符')
  await county.getByText('拟退回意见 1 处').waitFor()
  await county.getByText('已保存').waitFor()
  await county.reload()
  await county.getByText('拟退回意见 1 处').waitFor()
  // The same form in a second tab, written in by both without a connection.
  const beside = await county.context().newPage()
  await beside.goto(`${platform.address}/filing/${id}`)
  await beside.getByText('拟退回意见 1 处').waitFor()
  await county.context().setOffline(true)
  await remark(county, '园舍建筑面积', '请核对房产证')
  await county.getByText(/连不上平台：1 处已留在本机/).waitFor()
  await remark(beside, '园舍建成年份', '请附竣工验收表')
  await beside.getByText(/连不上平台：1 处已留在本机/).waitFor()
  await beside.close()
  await county.context().setOffline(false)
  await county.getByText('已保存').waitFor()
  await county.reload()
  await county.getByText('拟退回意见 3 处').waitFor()
  await county.getByText('已保存').waitFor()
  const returned = county.waitForResponse((response) => response.url().endsWith('/steps'))
  await county.getByRole('button', { name: '退回', exact: true }).click()
  assert.equal((await returned).status(), 200)
  await clerk.goto(`${platform.address}/filing/${id}`)
  await clerk.getByText('退回意见：与航拍图不符').waitFor()
  await clerk.getByText('退回意见：请核对房产证').waitFor()
  await clerk.getByText('退回意见：请附竣工验收表').waitFor()
  const mended = clerk.waitForResponse((response) => response.url().endsWith('/answers'))
  await clerk.getByLabel('户外活动场地面积', { exact: true }).fill('950')
  assert.equal((await mended).status(), 200)
  await explain(clerk, id, '去年整体迁建，按新园舍填报')
  await act(clerk, id, '提交')
  const city = await signedIn('city')
  const figures = async () => (await ask(city, `/api/filings/${id}/figures`))[0]
  const before = await figures()
  const shownBefore = await figureShown(city, id)
  for (const page of [county, city]) {
    await act(page, id, '受理')
    await act(page, id, '审核通过')
  }
  const after = await figures()
  const counted = ({ numerator, denominator }: typeof before) => [numerator ?? 0, denominator ?? 0]
  assert.deepEqual(
    counted(after),
    counted(before).map((count) => count + 1),
    'one kindergarten more is counted, and its toys meet the standard',
  )
  const shownAfter = await figureShown(city, id)
  assert.notEqual(shownAfter, shownBefore, 'the page shows another value than before the city approved')
  assert.match(shownAfter, new RegExp(`${after.numerator}/${after.denominator}`))
  const approved = await ask(clerk, `/api/filings/${id}`)
  assert.equal(approved.phase, 'approved')
  assert.equal(approved.approved.once['outdoor-area'], 950, 'it stands in the books')
  assert.deepEqual(troubles, [])
})

test('who has not handed in is reminded by the county with one click, and sees it on coming in', async () => {
  const county = await signedIn('county-410422')
  const { site } = await ask(county, '/api/session')
  const period = String(site.generatedUntil).slice(0, 4)
  await county.goto(`${platform.address}/filing/forms/${form}?period=${period}`)
  await county.getByRole('button', { name: /一键催报/ }).click()
  await county.getByText(/已催报 \d+ 个单位/).waitFor()
  const { rows } = await ask(county, `/api/filings?form=${form}&period=${period}&only=not-submitted`)
  assert.ok(rows.length > 0)
  for (const { remindedAt } of rows) assert.notEqual(remindedAt, null)
  await county.goto(`${platform.address}/filing`)
  await county.getByRole('heading', { name: '已催报、还没有报的' }).waitFor()
})
