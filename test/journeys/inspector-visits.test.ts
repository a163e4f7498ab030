import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { type PeopleAtWork, peopleAtWork, photo } from './people-at-work.ts'

let people: PeopleAtWork

before(async () => {
  people = await peopleAtWork()
})
after(() => people?.close())

test('an inspector writes a visit on the spot: without a line nothing is lost, and it is entered once', async () => {
  const inspector = await people.enter('责任督学', 390)
  await inspector.goto(people.at('/visits'))
  await inspector.getByRole('link', { name: '去记' }).first().click()
  await inspector.getByLabel('看了什么、看到什么').fill('走访食堂，留样齐全')
  await inspector.context().setOffline(true)
  await inspector.getByRole('button', { name: '提交' }).click()
  await inspector.getByText('没有网络：文字和照片已存在本机').waitFor()
  const kept = await inspector.evaluate(() => JSON.stringify(localStorage))
  assert.match(kept, /走访食堂，留样齐全/)
  await inspector.context().setOffline(false)
  await inspector.locator('p', { hasText: '走访食堂，留样齐全' }).waitFor()
  await inspector.goto(people.at('/visits'))
  await inspector.getByText(/1 次/).first().waitFor()
})

test('words whose answer was lost on the way are not changed before the platform has answered', async () => {
  const inspector = await people.enter('责任督学', 390)
  const words = '答复丢在路上'
  await inspector.goto(people.at('/visits'))
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
  const first = await people.enter('责任督学', 390)
  await first.goto(people.at('/visits'))
  await first.getByRole('link', { name: '去记' }).first().click()
  const write = (page: Page, words: string) => page.getByLabel('看了什么、看到什么').fill(words)
  await write(first, '先写的')
  const second = await first.context().newPage()
  people.watch(second)
  await second.goto(people.at('/visits/new'))
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
  await first.goto(people.at('/visits'))
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
  const inspector = await people.enter('责任督学', 390)
  const words = '围墙有裂缝，已拍照'
  await inspector.goto(people.at('/visits'))
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
  await inspector.goto(people.at('/visits'))
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
  await inspector.goto(people.at('/visits'))
  await inspector.locator('h1', { hasText: '入校督导' }).waitFor()
  await inspector.getByRole('link', { name: '去记' }).first().waitFor()
  assert.equal(await inspector.getByRole('link', { name: '打开接着提交' }).count(), 0)
})

test('nothing went wrong unseen, and no stranger was asked', () => {
  assert.deepEqual(
    people.troubles.flat().filter((text) => !/ERR_INTERNET_DISCONNECTED/.test(text)),
    [],
  )
})
