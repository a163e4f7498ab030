import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { findingsOnce } from '../../src/app/findings-once.ts'
import { papersOnce } from '../../src/app/papers-once.ts'
import { loadDemoFilings } from '../../src/demo/demo-filings.ts'
import { reports } from '../../src/features/reports/index.ts'
import { supervision } from '../../src/features/supervision/index.ts'
import { tasks } from '../../src/features/tasks/index.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet

before(async () => {
  hamlet = await servedHamlet([...supervision.routes, ...tasks.routes, ...reports.routes])
  const { db, plan, site } = hamlet.books
  await loadDemoFilings(db, plan, hamlet.city.seed, site.generatedUntil!)
  await findingsOnce(hamlet.books, () => {})
})
after(() => hamlet.close())

// biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came
const asked = async (url: string): Promise<any> => {
  const { status, body } = await hamlet.ask('city-supervision', 'GET', url)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

test('the demonstration shows findings at every stage, some overdue and raised; a second start adds none', async () => {
  const { counties } = await asked('/api/findings')
  const sum = (of: string) =>
    counties.reduce((total: number, each: Record<string, number>) => total + each[of]!, 0)
  for (const state of ['opened', 'assigned', 'signed', 'answered', 'rechecked', 'closed', 'overdue'])
    assert.ok(sum(state) > 0, state)
  const late = (await asked('/api/findings?light=red')).rows
  assert.ok(late.some(({ escalated }: { escalated: boolean }) => escalated))
  const total = sum('total')
  await findingsOnce(hamlet.books, () => {})
  const again = (await asked('/api/findings')).counties
  assert.equal(
    again.reduce((all: number, each: { total: number }) => all + each.total, 0),
    total,
  )
})

test('the matrix of duties opens with an owner for every item that asks something of a county', async () => {
  const { owners, sections } = await asked('/api/tasks')
  assert.ok(owners.length > 0 && owners.every(({ without }: { without: number }) => without === 0))
  const lights = sections.flatMap(({ cells }: { cells: { light: string }[] }) =>
    cells.map(({ light }) => light),
  )
  assert.ok(new Set(lights).size >= 3, [...new Set(lights)].join())
  // of a target nobody counts yet nothing is known; of what binds a county in its second year something is
  const measures = sections.filter(({ kind }: { kind: string }) => kind !== 'target')
  const unknown = measures.flatMap(({ cells }: { cells: { light: string }[] }) =>
    cells.filter(({ light }) => light === 'unknown'),
  )
  assert.ok(unknown.length <= 0.05 * measures.length * measures[0].cells.length, `${unknown.length} 缺数据`)
})

test('the demonstration opens with papers of past months: approved by a second, numbered in order, sent out, most signed for', async () => {
  await papersOnce(hamlet.books, () => {})
  const ask = async (url: string, account = 'city') => (await hamlet.ask(account, 'GET', url)).body
  const { papers } = await ask('/api/papers')
  const today = hamlet.books.site.generatedUntil!
  const issued = papers.filter(({ phase }: { phase: string }) => phase === 'issued')
  assert.deepEqual(
    issued
      .filter(({ docNumber }: { docNumber: string }) => docNumber.startsWith('平教体〔'))
      .map(({ docNumber }: { docNumber: string }) => docNumber.replace(/\D+\d+\D+/, ''))
      .reverse(),
    ['1号', '2号', '3号'],
  )
  assert.deepEqual(
    papers
      .filter(({ phase }: { phase: string }) => phase === 'submitted')
      .map(({ zh }: { zh: string }) => zh),
    ['月报'],
  )
  for (const { paperId, issuedOn } of issued) {
    const { steps, document } = await ask(`/api/papers/${paperId}`)
    assert.ok(
      issuedOn < today && steps.every(({ doneAt }: { doneAt: string }) => doneAt.startsWith(issuedOn)),
    )
    assert.match(document.marking, /合成数据/)
    const [drafted, , approved] = steps
    assert.notEqual(drafted.doneBy, approved.doneBy)
  }
  const { received } = await ask('/api/papers', 'county-410403')
  assert.ok(received.length > 0)
  await papersOnce(hamlet.books, () => {})
  assert.equal((await ask('/api/papers')).papers.length, papers.length)
})
