import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { reports } from '../../src/features/reports/index.ts'
import { supervision } from '../../src/features/supervision/index.ts'
import { openFinding } from '../../src/records/findings/open-findings.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let gardens: { county: number; id: number }[]

before(async () => {
  hamlet = await servedHamlet([...supervision.routes, ...reports.routes])
  const { rows } = await hamlet.owner.query(`
    select county_id as county, institution_id::float8 as id from registry.institution
     where kind = 'kindergarten' and upper_inf(valid) and known_to = 'infinity' order by county_id, institution_id`)
  gardens = rows
})
after(() => hamlet.close())

const list = 'kindergarten-regulation'
const itIs = (day: string) => Object.assign(hamlet.books.site, { generatedUntil: day })

/** What an officer of the county finds at a kindergarten on a day. */
async function find(
  kind: string,
  { county, id }: { county: number; id: number },
  on: string,
): Promise<number> {
  itIs(on)
  const opened = await hamlet.books.db.transaction(
    { counties: [county], asOf: on, actor: `county-${county}` },
    (tx) =>
      openFinding(
        tx,
        {
          ...{ source: 'visit', rule: `${list}.${kind}`, item: 'M4.5', says: `${on} 看到的` },
          quote: [hamlet.books.plan.items.get('M4.5')!.quote].flat().join('……'),
          subject: { countyId: county, kind: 'institution', id },
          ...{ ownerLevel: 'institution', supervision: 'schools', severity: 'serious' },
        },
        { hand: 'county', account: `county-${county}`, name: '县教体局' },
        on,
      ),
  )
  return opened.findingId
}

async function dismiss(id: number, county: number): Promise<void> {
  const account = `county-${county}`
  const { revision } = (await hamlet.ask(account, 'GET', `/api/findings/${id}`)).body
  const body = { act: 'dismiss', hand: 'county', revision, says: '现场已改正' }
  const done = await hamlet.ask(account, 'POST', `/api/findings/${id}/steps`, body)
  assert.equal(done.status, 200, JSON.stringify(done.body))
}

const table = async (account: string, query = '') =>
  (await hamlet.ask(account, 'GET', `/api/violations/months${query}`)).body

test('each of the thirteen kinds has its row and each county its cell: opened and closed in the month, and in no other', async () => {
  const [first, second] = gardens
  const away = gardens.find(({ county }) => county !== first!.county)!
  const early = await find('fire-safety', first!, '2024-08-30')
  await find('fire-safety', second!, '2024-09-01')
  await find('fire-safety', away, '2024-09-03')
  await find('unlicensed', away, '2024-09-03')
  itIs('2024-09-30')
  await dismiss(early, first!.county)
  itIs('2024-10-08')
  await find('unlicensed', first!, '2024-10-08')

  const september = await table('city-supervision', '?month=2024-09')
  assert.equal(september.until, '2024-09-30')
  const [{ id, kinds, item }, ...more] = september.lists
  assert.deepEqual([id, item, kinds.length, more], [list, 'M4.5', 13, []])
  assert.deepEqual(
    kinds.map(({ zh }: { zh: string }) => zh),
    hamlet.books.plan.violations.get(list)!.kinds.map(({ zh }) => zh),
  )
  const at = (county: number) =>
    september.counties.findIndex(({ countyId }: { countyId: number }) => countyId === county)
  const cell = (rule: string, county: number) =>
    kinds.find((kind: { rule: string }) => kind.rule === `${list}.${rule}`).cells[at(county)]
  assert.deepEqual(cell('fire-safety', first!.county), { opened: 1, closed: 1 })
  assert.deepEqual(cell('fire-safety', away.county), { opened: 1, closed: 0 })
  assert.deepEqual(cell('unlicensed', first!.county), { opened: 0, closed: 0 })
  assert.deepEqual(cell('unlicensed', away.county), { opened: 1, closed: 0 })
  assert.deepEqual([kinds[0].opened, kinds[0].closed], [2, 1])
  const october = await table('city-supervision')
  assert.deepEqual([october.month, october.until], ['2024-10', '2024-10-08'])
  assert.equal(october.lists[0].kinds.find((kind: { zh: string }) => kind.zh === '无证园').opened, 1)
  const then = await table('city-supervision', '?month=2024-09&asOf=2024-09-02')
  assert.equal(then.lists[0].kinds[0].opened, 1, 'as the books stood on that day')
  const own = await table(`county-${away.county}`, '?month=2024-09')
  assert.deepEqual(
    own.counties.map(({ countyId }: { countyId: number }) => countyId),
    [away.county],
  )
})

test('the monthly report tells the same, kind by kind with the counties', async () => {
  itIs('2024-09-30')
  const drafted = await hamlet.ask('city', 'POST', '/api/papers', {
    template: 'monthly-report',
    aboutId: hamlet.books.site.cityId,
  })
  assert.equal(drafted.status, 200, JSON.stringify(drafted.body))
  const { document } = (await hamlet.ask('city', 'GET', `/api/papers/${drafted.body.paperId}`)).body
  const shown = document.body.find(
    ({ kind, head }: { kind: string; head?: string[] }) => kind === 'table' && head?.[0] === '问题种类',
  )
  const words = (cell: (string | { text: string })[]) =>
    cell.map((part) => (typeof part === 'string' ? part : part.text)).join('')
  assert.equal(shown.rows.length, 13)
  const [fire] = shown.rows
  assert.deepEqual(fire.slice(0, 3).map(words), ['消防安全', '2', '1'])
  assert.match(words(fire[3]), /立1销1；.*立1销0$/)
  const bus = shown.rows.find((row: (string | { text: string })[][]) => words(row[0]!) === '校车安全')
  assert.deepEqual(bus.slice(1).map(words), ['0', '0', '各县均为0'])
})

test('whoever sees single schools is not shown their findings as those of the county', async () => {
  const mayRead = async (account: string) =>
    (await hamlet.ask(account, 'GET', '/api/findings')).body.mayReadMonths
  const status = async (account: string) =>
    (await hamlet.ask(account, 'GET', '/api/violations/months')).status
  assert.deepEqual([await status('school'), await mayRead('school')], [403, false])
  const county = `county-${gardens[0]!.county}`
  assert.deepEqual([await status(county), await mayRead(county)], [200, true])
})
