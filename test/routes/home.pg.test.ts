import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { cardOrder } from '../../src/app/home/card-order.ts'
import { gatherHome } from '../../src/app/home/gather-home.ts'
import { homeRoute, homeSources } from '../../src/app/home/home-route.ts'
import { filing } from '../../src/features/filing/index.ts'
import { reports } from '../../src/features/reports/index.ts'
import { supervision } from '../../src/features/supervision/index.ts'
import { createAccount } from '../../src/platform/access/account.ts'
import { anyone, signedIn } from '../../src/platform/access/policy.ts'
import { type BooksHome, bookDay } from '../../src/records/books.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let garden: { county: number; id: number }

before(async () => {
  hamlet = await servedHamlet([homeRoute, ...filing.routes, ...supervision.routes, ...reports.routes])
  const { rows } = await hamlet.owner.query(`
    select county_id as county, institution_id::float8 as id from registry.institution
     where kind = 'kindergarten' and upper_inf(valid) and known_to = 'infinity'
     order by county_id, institution_id limit 1`)
  garden = rows[0]
  for (const account of ['garden', 'garden-second'])
    await createAccount(hamlet.owner, {
      account,
      name: '幼儿园数据员',
      role: 'school-clerk',
      counties: [garden.county],
      institutions: [garden.id],
      demonstration: true,
    })
})
after(() => hamlet.close())

const cityCards = ['tasks.lagging', 'filing.to-approve', 'seats.short', 'findings.overdue', 'papers.monthly']
const schoolCards = ['filing.to-fill', 'filing.returned', 'findings.mine', 'institutions.pupils']

/** What the design promises each role among the six it sees, of what there is so far. */
const promised: Readonly<Record<string, readonly string[]>> = {
  'city-basic-education': cityCards,
  'city-planning-finance': cityCards,
  'city-personnel': cityCards,
  'city-moral-sports-arts': cityCards,
  'city-special-education': cityCards,
  'city-supervision': ['findings.mine', 'findings.overdue', 'tasks.lagging', 'papers.monthly'],
  'county-bureau': [
    'filing.not-submitted',
    'filing.to-approve',
    'filing.returned',
    'findings.mine',
    'jobs.running',
  ],
  principal: schoolCards,
  'school-clerk': schoolCards,
  inspector: ['findings.mine', 'visits.short'],
  finance: ['projects.troubled'],
  'development-reform': ['projects.troubled'],
}

interface Shown {
  readonly cards: {
    id: string
    count: number | null
    change: string
    lines?: string[]
    act: { to: string }
  }[]
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
    const seen = ids.slice(0, 6)
    assert.deepEqual(
      (promised[role] ?? []).filter((id) => !seen.includes(id)),
      [],
      `${account} misses cards it was promised`,
    )
  }
})

test('an inspector sees how many schools of the own area are short of visits, and is led to the next', async () => {
  const { institutions } = (
    await hamlet.owner.query("select institutions from access.grant where account = 'inspector'")
  ).rows[0]
  const short = async () => card(await home('inspector'), 'visits.short')!
  const before = await short()
  assert.deepEqual([before.count, before.act.to], [institutions.length, '/visits/new'])
  assert.match(before.change, /责任区 \d+ 所，已达 2 次的 0 所；今天入校 0 所$/)
  for (const draft of [randomUUID(), randomUUID()]) {
    const visit = { draft, institutionId: Number(institutions[0]), kind: 'routine', seen: '走访食堂和教室' }
    const visitedOn = bookDay(hamlet.books.site)
    const { status } = await hamlet.ask('inspector', 'POST', '/api/visits', { ...visit, visitedOn })
    assert.equal(status, 200)
  }
  const after = await short()
  assert.equal(after.count, before.count! - 1)
  assert.match(after.change, /已达 2 次的 1 所；今天入校 1 所$/)
})

test('the month’s report is one act away, and counted once it is drafted', async () => {
  const monthly = async (account: string) => card(await home(account), 'papers.monthly')
  const before = (await monthly('city-basic-education'))!
  assert.deepEqual(
    [before.count, before.change, before.act.to],
    [0, '还没有拟过月报', '/papers?template=monthly-report'],
  )
  const drafted = await hamlet.ask('city-basic-education', 'POST', '/api/papers', {
    template: 'monthly-report',
    aboutId: hamlet.books.site.cityId,
  })
  assert.equal(drafted.status, 200, JSON.stringify(drafted.body))
  const after = (await monthly('city-basic-education'))!
  assert.equal(after.count, 1)
  assert.match(after.change, /^最近一份数据截至 \d{4}-\d{2}-\d{2}，/)
  assert.equal(await monthly(`county-${garden.county}`), undefined, 'a county drafts no report of the city')
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
  assert.deepEqual((await home('garden-second')).done, [], 'not the doing of a colleague of the same name')

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
