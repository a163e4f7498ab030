import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { cardOrder } from '../../src/app/home/card-order.ts'
import { gatherHome } from '../../src/app/home/gather-home.ts'
import { homeRoute, homeSources } from '../../src/app/home/home-route.ts'
import { filing } from '../../src/features/filing/index.ts'
import { createAccount } from '../../src/platform/access/account.ts'
import { anyone, signedIn } from '../../src/platform/access/policy.ts'
import type { BooksHome } from '../../src/records/books.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let garden: { county: number; id: number }

before(async () => {
  hamlet = await servedHamlet([homeRoute, ...filing.routes])
  const { rows } = await hamlet.owner.query(`
    select county_id as county, institution_id::float8 as id from registry.institution
     where kind = 'kindergarten' and upper_inf(valid) and known_to = 'infinity'
     order by county_id, institution_id limit 1`)
  garden = rows[0]
  await createAccount(hamlet.owner, {
    account: 'garden',
    name: '幼儿园数据员',
    role: 'school-clerk',
    counties: [garden.county],
    institutions: [garden.id],
    demonstration: true,
  })
})
after(() => hamlet.close())

interface Shown {
  readonly cards: { id: string; count: number | null; lines?: string[]; act: { to: string } }[]
  readonly todos: {
    type: string
    what: string
    source: string
    light: string
    dueOn: string | null
    to: string
  }[]
  readonly todoCount: number
  readonly done: { what: string }[]
  readonly troubled: string[]
  readonly order: string[]
  readonly later: string[]
}

const home = async (account: string): Promise<Shown> => {
  const { status, body } = await hamlet.ask(account, 'GET', '/api/home')
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const card = ({ cards }: Shown, id: string) => cards.find((each) => each.id === id)

test('a stranger is turned away', async () => {
  assert.equal((await hamlet.ask(undefined, 'GET', '/api/home')).status, 401)
})

test('every role lands on cards of its own, in its own order, and no room fails', async () => {
  const { rows } = await hamlet.owner.query<{ account: string; role: string }>(
    'select account, role from access.grant where ended_at is null',
  )
  assert.ok(new Set(rows.map(({ role }) => role)).size > 10)
  for (const { account, role } of rows) {
    const quick = await home(account)
    const shown = { ...quick, cards: [...quick.cards] }
    for (const source of quick.later) {
      const { body } = await hamlet.ask(account, 'GET', `/api/home?source=${source}`)
      assert.deepEqual(body.troubled, [], `${account} ${source}`)
      assert.ok(body.cards.length > 0, `${account} ${source}`)
      shown.cards.push(...body.cards)
    }
    shown.cards.sort((one, other) => quick.order.indexOf(one.id) - quick.order.indexOf(other.id))
    const ids = shown.cards.map(({ id }) => id)
    const order = cardOrder[role as keyof typeof cardOrder] ?? []
    assert.deepEqual(shown.troubled, [], account)
    assert.ok(ids.length > 0 && quick.cards.length <= 6, `${account} ${ids}`)
    assert.deepEqual(
      ids,
      order.filter((id) => ids.includes(id)),
      `${account} sees only its role's cards`,
    )
  }
})

test('every card a source can give stands on somebody’s home page, and no other is awaited', () => {
  const given = homeSources.flatMap(({ home: { cards } }) => cards)
  const placed = Object.values(cardOrder).flat()
  assert.deepEqual([...new Set(placed)].sort(), [...given].sort())
})

test('what a kindergarten owes stands on its page until it is handed in; the county then finds it to approve', async () => {
  const before = await home('garden')
  const owed = card(before, 'filing.to-fill')!.count!
  assert.ok(owed > 0)
  const county = `county-${garden.county}`
  const waitingBefore = card(await home(county), 'filing.to-approve')!.count!
  const todo = before.todos.find(({ to }) => to.includes('/kindergarten-conditions?'))!
  assert.equal(todo.type, '填报')
  assert.ok(['red', 'yellow', 'green'].includes(todo.light))

  const period = new URL(todo.to, 'http://here').searchParams.get('period')
  const opened = await hamlet.ask('garden', 'POST', '/api/filings', {
    formId: 'kindergarten-conditions',
    period,
    subjectId: garden.id,
  })
  const { filingId } = opened.body
  const answers = {
    'built-on': '2015',
    'floor-area': '2400',
    'outdoor-area': '900',
    'toys-meet': '部分达到',
    'toys-lack': '大型积木',
    'has-hazard': '否',
  }
  await hamlet.ask('garden', 'PUT', `/api/filings/${filingId}/answers`, {
    cells: Object.entries(answers).map(([field, written]) => ({ line: 0, field, written, saw: null })),
  })
  const step = async (account: string, act: string, hand: string, more = {}) => {
    const { revision } = (await hamlet.ask(account, 'GET', `/api/filings/${filingId}`)).body
    const done = await hamlet.ask(account, 'POST', `/api/filings/${filingId}/steps`, {
      act,
      hand,
      revision,
      ...more,
    })
    assert.equal(done.status, 200, JSON.stringify(done.body))
  }
  await step('garden', 'submit', 'filler')

  const handedIn = await home('garden')
  assert.equal(card(handedIn, 'filing.to-fill')!.count, owed - 1)
  assert.ok(handedIn.done.some(({ what }) => what.startsWith('提交')))
  const seen = await home(county)
  assert.equal(card(seen, 'filing.to-approve')!.count, waitingBefore + 1)
  assert.ok(seen.todos.some(({ type }) => type === '审核'))
  assert.ok(!(await home('school')).done.some(({ what }) => what.startsWith('提交')), 'not another’s doing')

  await step(county, 'accept', 'county')
  await step(county, 'return', 'county', { reason: '户外面积请核对' })
  const returned = await home('garden')
  assert.equal(card(returned, 'filing.returned')!.count, 1)
  assert.ok(returned.todos.some(({ what }) => what.includes('户外面积请核对')))
  assert.equal(card(await home(county), 'filing.to-approve')!.count, waitingBefore)
})

test('what one was reminded of stands on the page as that, with who reminded, and presses', async () => {
  const todo = async () =>
    (await home('garden')).todos.find(({ to }) => to.includes('/kindergarten-admission?'))!
  const owed = await todo()
  assert.deepEqual([owed.type, owed.light], ['填报', 'green'])
  const period = new URL(owed.to, 'http://here').searchParams.get('period')
  const sent = await hamlet.ask('city', 'POST', '/api/filing-reminders', {
    formId: 'kindergarten-admission',
    period,
    subjectIds: [garden.id],
  })
  assert.deepEqual(sent.body, { reminded: 1, already: 0 })
  const pressing = await todo()
  assert.deepEqual([pressing.type, pressing.light], ['催报', 'yellow'])
  assert.match(pressing.source, /^\S+ \d{4}-\d{2}-\d{2} 催报$/)
})

test('one source that fails is named and the others still speak; when all fail, that is the answer', async () => {
  const visitor = { account: 'city', name: '市', role: 'city-basic-education', counties: [] }
  const failing: BooksHome = {
    may: signedIn,
    cards: ['jobs.running'],
    gather: async () => {
      throw new Error('planted')
    },
  }
  const speaking = homeSources.find(({ name }) => name === 'jobs')!
  const faults: string[] = []
  const heard = await gatherHome(
    [{ name: 'broken', home: failing }, speaking],
    hamlet.books,
    visitor,
    (name) => faults.push(name),
  )
  assert.deepEqual(heard.troubled, ['broken'])
  assert.deepEqual(faults, ['broken'])
  assert.deepEqual(
    heard.cards.map(({ id }) => id),
    ['jobs.running'],
  )
  await assert.rejects(
    gatherHome([{ name: 'broken', home: failing }], hamlet.books, visitor, () => {}),
    /planted/,
  )
})

test('a source is asked within the grants its policy names, and not at all by whoever holds none of them', async () => {
  const asked: number[][] = []
  const source = {
    name: 'asked',
    home: {
      may: { ...anyone, roles: ['county-bureau'] },
      cards: [],
      gather: async ({ scope }) => {
        asked.push([...scope.counties])
        return {}
      },
    } satisfies BooksHome,
  }
  const grants = [
    { role: 'county-bureau', counties: [410402] },
    { role: 'school-clerk', counties: [410403], institutions: [1] },
  ]
  const person = { account: 'two', name: '两职', role: '', counties: [410402, 410403], grants }
  await gatherHome([source], hamlet.books, person, () => {})
  await gatherHome([source], hamlet.books, { ...person, grants: grants.slice(1) }, () => {})
  assert.deepEqual(asked, [[410402]])
})
