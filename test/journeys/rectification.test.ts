import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { readDocument } from '../../src/platform/print/read-document.ts'
import { downloaded, openBrowser, watchPage } from './browser-for-journeys.ts'
import { type RunningPlatform, startPlatform } from './platform-for-journeys.ts'

let platform: RunningPlatform
let browser: Browser
let inspectorate: Page
let officer: Page
const troubles: string[][] = []

async function enter(as: string, width: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'zh-CN' })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  troubles.push(watchPage(page, platform.address))
  await page.goto(platform.address)
  await page.getByRole('button', { name: new RegExp(`^以${as}.*身份进入$`) }).click()
  await page.locator('h1', { hasText: '工作台' }).waitFor()
  return page
}

const photo = () =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: '#3a6' } })
    .jpeg()
    .toBuffer()

const at = (path: string) => `${platform.address}${path}`
const act = async (page: Page, name: string, words?: string) => {
  await page.getByRole('button', { name, exact: true }).click()
  if (words !== undefined) await page.locator('textarea').fill(words)
  await page.getByRole('button', { name: `确认${name}` }).click()
  await page
    .getByText('选一步办理')
    .or(page.getByText(/现在等|已销号。/))
    .first()
    .waitFor()
}

before(async () => {
  platform = await startPlatform()
  browser = await openBrowser()
  inspectorate = await enter('市政府教育督导室', 1440)
})

after(async () => {
  await browser?.close()
  await platform?.stop()
})

let path: string

test('by the rules of the plan findings are opened, each with the words it rests on', async () => {
  await inspectorate.goto(at('/findings'))
  await inspectorate.getByRole('button', { name: '按规则立项' }).click()
  await inspectorate.getByText(/未销号 [1-9]\d* 个/).waitFor()
  await inspectorate.goto(at('/findings?state=opened'))
  await inspectorate.getByLabel('查找问题').fill('数字校园')
  await inspectorate.keyboard.press('Enter')
  await inspectorate.waitForURL(/words=/)
  await inspectorate
    .locator('tr', { hasText: '数字校园' })
    .getByRole('link', { name: /问改〔\d{4}〕\d+号/ })
    .first()
    .click()
  await inspectorate.locator('h1', { hasText: '问改' }).waitFor()
  path = new URL(inspectorate.url()).pathname
  assert.match(await inspectorate.locator('.quote q').innerText(), /\S{6,}/)
})

test('the inspectorate hands it over with a deadline that the calendar gives', async () => {
  await act(inspectorate, '交办')
  await inspectorate.getByText('已交办，待签收').first().waitFor()
  assert.match(await inspectorate.locator('.page-answer').innerText(), /还剩 20 个工作日/)
})

test('the county receives and answers on a phone, with a photograph; it is not offered to close its own', async () => {
  const county = (await inspectorate.locator('.page-answer').innerText()).slice(0, 2)
  officer = await enter(county === '卫东' ? '卫东区教体局' : '叶县教体局', 390)
  await officer.goto(at('/findings?state=mine'))
  await officer.locator(`a[href="${path}"]`).click()
  await act(officer, '签收')
  await officer.getByRole('button', { name: '报送整改情况' }).click()
  await officer.locator('textarea').fill('已完成认定并登记')
  await officer.getByRole('button', { name: '确认报送整改情况' }).click()
  await officer.getByText('没有佐证材料').waitFor()
  await officer
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: '整改后.jpg', mimeType: 'image/jpeg', buffer: await photo() })
  await officer.getByRole('link', { name: '整改后.jpg' }).waitFor()
  await officer.getByRole('button', { name: '确认报送整改情况' }).click()
  await officer.getByText('已报整改，待复核').first().waitFor()
  assert.equal(await officer.getByRole('button', { name: '销号' }).count(), 0)
  assert.equal(await officer.getByRole('button', { name: '复核通过' }).count(), 0)
  await officer.getByText(/不能复核、销号自己的问题/).waitFor()
  assert.ok((await officer.evaluate(() => document.documentElement.scrollWidth)) <= 390)
})

test('another unit rechecks and crosses off; the evidence keeps its fingerprint and the ledger counts it', async () => {
  await inspectorate.reload()
  await act(inspectorate, '复核通过', '现场查看属实')
  await act(inspectorate, '销号')
  await inspectorate.locator('.page-answer', { hasText: '已销号' }).waitFor()
  assert.ok((await inspectorate.getByText(/指纹 [0-9a-f]{12}/).count()) >= 1)
  await inspectorate.goto(at('/findings?state=closed'))
  await inspectorate.locator(`a[href="${path}"]`).waitFor()
  const book = await downloaded(inspectorate, () =>
    inspectorate.getByRole('link', { name: '导出台账' }).click(),
  )
  assert.match(book.name, /问题整改台账.*\.xlsx$/)
})

/** Drafts the paper the page has chosen: what stands in the places of its downloaded Word document. */
async function drafted(title: string): Promise<string[]> {
  await inspectorate.getByRole('button', { name: /^拟\s*稿$/ }).click()
  await inspectorate.locator('h1', { hasText: title }).waitFor()
  const { name, bytes } = await downloaded(inspectorate, () =>
    inspectorate.getByRole('link', { name: '下载 Word 文档' }).click(),
  )
  assert.match(name, /\.docx$/)
  const read = await readDocument(bytes)
  assert.ok(read.ok)
  return [...read.value.fields.values()].flat()
}

let gardenPath: string
let number: string

test('a kindergarten’s false name is found by a check; the notice is drawn from its page by who may order it, once there is a day', async () => {
  await inspectorate.goto(at('/findings?source=check&words=国际幼儿园'))
  const link = inspectorate.getByRole('link', { name: /卫东区问改/ }).first()
  number = await link.innerText()
  await link.click()
  await inspectorate.locator('h1', { hasText: number }).waitFor()
  gardenPath = new URL(inspectorate.url()).pathname
  assert.equal(await inspectorate.locator('.quote q').innerText(), '严禁幼儿园使用与审批不一致的名称')
  const notice = (page: Page) => page.getByRole('link', { name: '拟整改通知书' })
  assert.equal(await notice(inspectorate).count(), 0, 'no day is set yet')
  await inspectorate.getByRole('button', { name: '交办', exact: true }).click()
  await inspectorate.getByLabel('责任人').fill('')
  await inspectorate.getByRole('button', { name: '确认交办' }).click()
  await inspectorate.getByText(/没有写责任人/).waitFor()
  await inspectorate.getByLabel('责任人').fill('周园长')
  await inspectorate.getByRole('button', { name: '确认交办' }).click()
  await inspectorate.getByText('责任人 周园长').waitFor()
  const county = await enter('卫东区教体局', 1440)
  await county.goto(at(gardenPath))
  await county.locator('h1', { hasText: number }).waitFor()
  await notice(county).click()
  await county.waitForURL(/template=county-rectification-notice/)
  await notice(inspectorate).click()
  await inspectorate.waitForURL(/\/papers\?/)
  const printed = await drafted('整改通知书')
  assert.ok(printed.includes(number) && printed.includes('周园长'))
  assert.ok(printed.includes('严禁幼儿园使用与审批不一致的名称'))
})

test('the kindergarten answers with a photograph on a phone, and who rechecks and closes is not the kindergarten', async () => {
  const garden = await enter('[^）]*幼儿园 数据员', 390)
  await garden.goto(at(gardenPath))
  await act(garden, '签收')
  await garden.getByRole('button', { name: '报送整改情况' }).click()
  await garden.locator('textarea').fill('招牌、广告已换用审批名称')
  await garden
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: '新招牌.jpg', mimeType: 'image/jpeg', buffer: await photo() })
  await garden.getByRole('link', { name: '新招牌.jpg' }).waitFor()
  await garden.getByRole('button', { name: '确认报送整改情况' }).click()
  await garden.getByText('已报整改，待复核').first().waitFor()
  assert.equal(await garden.getByRole('button', { name: /复核通过|销号/ }).count(), 0)
  assert.ok((await garden.evaluate(() => document.documentElement.scrollWidth)) <= 390)
  await inspectorate.goto(at(gardenPath))
  await inspectorate.getByRole('link', { name: '新招牌.jpg' }).waitFor()
  await act(inspectorate, '复核通过', '到园查看，招牌已换')
  await act(inspectorate, '销号')
  await inspectorate.locator('.page-answer', { hasText: '已销号' }).waitFor()
})

test('the monthly report names what was closed in the month', async () => {
  await inspectorate.goto(at('/papers?template=monthly-report'))
  const printed = await drafted('工作进展情况的报告')
  const closed = inspectorate.locator('.paper tr', { hasText: number })
  assert.match(await closed.innerText(), /国际幼儿园[\s\S]*已销号/)
  assert.ok(printed.some((text) => text.includes('国际幼儿园')))
})

test('an inspector writes a visit on the spot: without a line nothing is lost, and it is entered once', async () => {
  const inspector = await enter('责任督学', 390)
  await inspector.goto(at('/visits'))
  await inspector.getByRole('link', { name: '去记' }).first().click()
  await inspector.getByLabel('看了什么、看到什么').fill('走访食堂，留样齐全')
  await inspector.context().setOffline(true)
  await inspector.getByRole('button', { name: '提交' }).click()
  await inspector.getByText('没有网络：文字和照片已存在本机').waitFor()
  const kept = await inspector.evaluate(() => JSON.stringify(localStorage))
  assert.match(kept, /走访食堂，留样齐全/)
  await inspector.context().setOffline(false)
  await inspector.locator('p', { hasText: '走访食堂，留样齐全' }).waitFor()
  await inspector.goto(at('/visits'))
  await inspector.getByText(/1 次/).first().waitFor()
})

test('words whose answer was lost on the way are not changed before the platform has answered', async () => {
  const inspector = await enter('责任督学', 390)
  const words = '答复丢在路上'
  await inspector.goto(at('/visits'))
  await inspector.getByRole('link', { name: '去记' }).first().click()
  await inspector.getByLabel('看了什么、看到什么').fill(words)
  const taken = new Set<string>()
  await inspector.route('**/api/visits', async (route) => {
    taken.add(await (await route.fetch()).text())
    await route.abort('internetdisconnected')
  })
  await inspector.getByRole('button', { name: '提交' }).click()
  await inspector.getByText('文字已经送出，还没有等到平台答复').waitFor()
  for (const label of ['学校（园）', '方式', '入校日期', '看了什么、看到什么', '意见建议'])
    assert.ok(await inspector.getByLabel(label, { exact: true }).isDisabled(), label)
  assert.ok((await inspector.evaluate(() => document.documentElement.scrollWidth)) <= 390)
  await inspector.unroute('**/api/visits')
  await inspector.getByRole('button', { name: '提交' }).click()
  await inspector.locator('p', { hasText: words }).waitFor()
  assert.deepEqual(
    [...taken].map((answer) => JSON.parse(answer).visitId),
    [Number(new URL(inspector.url()).pathname.split('/').at(-1))],
  )
})

test('of two pages with one draft only the one written in last keeps and sends; the other can take it over', async () => {
  const first = await enter('责任督学', 390)
  await first.goto(at('/visits'))
  await first.getByRole('link', { name: '去记' }).first().click()
  const write = (page: Page, words: string) => page.getByLabel('看了什么、看到什么').fill(words)
  await write(first, '先写的')
  const second = await first.context().newPage()
  troubles.push(watchPage(second, platform.address))
  await second.goto(at('/visits/new'))
  await second.getByText('先写的').waitFor()
  await write(second, '先写的，后补的')
  await first.getByText('正在本浏览器的另一个页面里写').waitFor()
  assert.ok(await first.getByRole('button', { name: '提交' }).isDisabled())
  assert.ok(await first.getByLabel('看了什么、看到什么').isDisabled())
  assert.ok((await first.evaluate(() => document.documentElement.scrollWidth)) <= 390)
  await first.getByRole('button', { name: '在这里接着写' }).click()
  await first.getByText('先写的，后补的').waitFor()
  await first.getByRole('button', { name: '提交' }).click()
  await first.locator('p', { hasText: '先写的，后补的' }).waitFor()
  await second.getByText('或已从那里提交').waitFor()
  await first.goto(at('/visits'))
  await first.getByText('先写的，后补的').first().waitFor()
  assert.equal(await first.getByText('先写的，后补的').count(), 1, 'entered once')
  await second.close()
})

/** How many photographs wait in this browser, and whether the words stand anywhere in it. */
const keptHere = (page: Page, words: string) =>
  page.evaluate(async (said) => {
    const opening = indexedDB.open('kuoyou-visit-photos')
    await new Promise((done) => {
      opening.onsuccess = done
    })
    const counting = opening.result.transaction('photo').objectStore('photo').count()
    await new Promise((done) => {
      counting.onsuccess = done
    })
    opening.result.close()
    return { photos: counting.result, words: JSON.stringify({ ...localStorage }).includes(said) }
  }, words)

/** The same photograph once more, of another visit of this account. */
const keepAlsoForAnother = (page: Page) =>
  page.evaluate(async () => {
    const opening = indexedDB.open('kuoyou-visit-photos')
    await new Promise((done) => {
      opening.onsuccess = done
    })
    const photos = opening.result.transaction('photo', 'readwrite').objectStore('photo')
    const reading = photos.getAll()
    await new Promise((done) => {
      reading.onsuccess = done
    })
    const file = new File(['x'], '别处.jpg', { type: 'image/jpeg' })
    const adding = photos.add({ ...reading.result[0], id: 'other', draft: 'other', file })
    await new Promise((done) => {
      adding.transaction!.oncomplete = done
    })
    opening.result.close()
  })

test('a photograph taken without a line waits with the words, also when the page is left, arrives with them once there is one, and is kept here no more', async () => {
  const inspector = await enter('责任督学', 390)
  const words = '围墙有裂缝，已拍照'
  await inspector.goto(at('/visits'))
  await inspector.getByRole('link', { name: '去记' }).first().click()
  await inspector.getByLabel('看了什么、看到什么').waitFor()
  await inspector.context().setOffline(true)
  await inspector.getByLabel('看了什么、看到什么').fill(words)
  for (const name of ['围墙.jpg', '糊了.jpg'])
    await inspector
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name, mimeType: 'image/jpeg', buffer: await photo() })
  await inspector.getByRole('button', { name: '不要 糊了.jpg' }).click()
  await inspector.getByRole('button', { name: '不要 糊了.jpg' }).waitFor({ state: 'detached' })
  await inspector.getByRole('button', { name: '提交' }).click()
  await inspector.getByText('没有网络：文字和照片已存在本机').waitFor()
  assert.deepEqual(await keptHere(inspector, words), { photos: 1, words: true })
  assert.ok((await inspector.evaluate(() => document.documentElement.scrollWidth)) <= 390)
  await keepAlsoForAnother(inspector)
  await inspector.goto('about:blank')
  await inspector.context().setOffline(false)
  await inspector.goto(at('/visits'))
  await inspector.getByRole('link', { name: '打开接着提交' }).click()
  await inspector.getByRole('link', { name: '围墙.jpg' }).waitFor()
  assert.match(new URL(inspector.url()).pathname, /^\/visits\/\d+$/)
  await inspector.locator('p', { hasText: words }).waitFor()
  assert.deepEqual(
    await keptHere(inspector, words),
    { photos: 1, words: false },
    'only the other one’s is left',
  )
  const sent = await inspector.evaluate(async () => {
    const answer = await fetch(`/api${location.pathname}/attachments`)
    return ((await answer.json()) as { name: string }[]).map(({ name }) => name)
  })
  assert.deepEqual(sent, ['围墙.jpg'])
  await inspector.goto(at('/visits'))
  await inspector.locator('h1', { hasText: '入校督导' }).waitFor()
  await inspector.getByRole('link', { name: '去记' }).first().waitFor()
  assert.equal(await inspector.getByRole('link', { name: '打开接着提交' }).count(), 0)
})

test('nothing went wrong unseen, and no stranger was asked', () => {
  assert.deepEqual(
    troubles.flat().filter((text) => !/422|ERR_INTERNET_DISCONNECTED/.test(text)),
    [],
  )
})
