import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { readDocument } from '../../src/platform/print/read-document.ts'
import { downloaded } from './browser-for-journeys.ts'
import { type PeopleAtWork, peopleAtWork, photo } from './people-at-work.ts'

let people: PeopleAtWork
let inspectorate: Page
let officer: Page

const at = (path: string) => people.at(path)
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
  people = await peopleAtWork()
  inspectorate = await people.enter('市政府教育督导室', 1440)
})

after(() => people?.close())

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
  officer = await people.enter(county === '卫东' ? '卫东区教体局' : '叶县教体局', 390)
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
  const county = await people.enter('卫东区教体局', 1440)
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
  const garden = await people.enter('[^）]*幼儿园 数据员', 390)
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

test('nothing went wrong unseen, and no stranger was asked', () => {
  assert.deepEqual(
    people.troubles.flat().filter((text) => !/422/.test(text)),
    [],
  )
})
