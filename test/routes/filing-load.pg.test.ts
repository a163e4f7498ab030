import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { filing } from '../../src/features/filing/index.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let garden: { readonly county: number; readonly id: number }
let year: number

before(async () => {
  hamlet = await servedHamlet(filing.routes)
  const { rows } = await hamlet.owner.query(
    "select counties[1] as county, institutions[1]::float8 as id from access.grant where account = 'kindergarten'",
  )
  garden = rows[0]
  year = Number(hamlet.books.site.generatedUntil!.slice(0, 4))
})
after(() => hamlet.close())

const meter = async (account: string, asOf?: string) => {
  const { status, body } = await hamlet.ask(account, 'GET', `/api/filing-load${asOf ? `?asOf=${asOf}` : ''}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

test('a kindergarten reads its own load, its county and the city the mean and the largest of each kind', async () => {
  const { own, kinds, seconds } = await meter('kindergarten')
  assert.equal(own.length, 1)
  assert.deepEqual([own[0].countyId, own[0].subjectId], [garden.county, garden.id])
  const { fields, shown, offered, minutes } = own[0].load
  assert.ok(shown > 0, 'the books know how many children it has')
  assert.equal(offered, 0, 'nobody has filed before')
  assert.ok(minutes > (shown * seconds.confirm) / 60 && minutes <= (fields * seconds.write) / 60)
  assert.deepEqual(
    kinds.map(({ kind, subjects }: { kind: string; subjects: number }) => [kind, subjects]),
    [['kindergarten', 1]],
    'no other is in sight',
  )
  for (const account of [`county-${garden.county}`, 'city']) {
    const seen = await meter(account)
    assert.deepEqual(
      seen.own.map(({ subjectId }: { subjectId: number }) => subjectId),
      account === 'city' ? [] : [garden.county],
      `${account} fills its county’s own forms, and no other’s`,
    )
    const counties = seen.kinds.find(({ kind }: { kind: string }) => kind === 'county')
    assert.equal(counties.again, null, 'nobody has filed before')
    assert.ok(counties.mean.fields > 0)
    const gardens = seen.kinds.find(({ kind }: { kind: string }) => kind === 'kindergarten')
    assert.ok(gardens.subjects > 1)
    assert.ok(gardens.largest.load.minutes >= gardens.mean.minutes)
    assert.ok(gardens.largest.load.minutes >= minutes)
    assert.ok(seen.kinds.length > 1)
  }
})

test('an answer that asks for more adds to the load; what was approved is offered the year after', async () => {
  const empty = (await meter('kindergarten')).own[0].load
  const form = 'kindergarten-conditions'
  const opened = await hamlet.ask('kindergarten', 'POST', '/api/filings', {
    formId: form,
    period: String(year),
    subjectId: garden.id,
  })
  const path = `/api/filings/${opened.body.filingId}`
  const answers = {
    'built-on': '2015',
    'floor-area': '2400',
    'outdoor-area': '900',
    'toys-meet': '部分达到',
    'toys-lack': '大型积木',
    'has-hazard': '否',
  }
  const cells = Object.entries(answers).map(([field, written]) => ({ line: 0, field, written, saw: null }))
  const saved = await hamlet.ask('kindergarten', 'PUT', `${path}/answers`, { cells })
  assert.equal(saved.body.saved.length, cells.length)
  const { seconds, own } = await meter('kindergarten')
  assert.equal(own[0].load.fields, empty.fields + 1, 'toys that are lacking are asked for')
  assert.ok(Math.abs(own[0].load.minutes - empty.minutes - seconds.write / 60) < 1e-9)
  for (const [account, act, hand] of [
    ['kindergarten', 'submit', 'filler'],
    [`county-${garden.county}`, 'accept', 'county'],
    [`county-${garden.county}`, 'approve', 'county'],
    ['city', 'accept', 'city'],
    ['city', 'approve', 'city'],
  ] as const) {
    const { revision } = (await hamlet.ask(account, 'GET', path)).body
    const done = await hamlet.ask(account, 'POST', `${path}/steps`, { act, hand, revision })
    assert.equal(done.status, 200, `${act} ${JSON.stringify(done.body)}`)
  }
  const next = (await meter('kindergarten', `${year + 1}-09-10`)).own[0].load
  assert.equal(next.offered, 5, 'all but the hazard, which is fresh each time')
  const { kinds } = await meter('city', `${year + 1}-09-10`)
  const gardens = kinds.find(({ kind }: { kind: string }) => kind === 'kindergarten')
  assert.deepEqual([gardens.again.subjects, gardens.again.mean.offered], [1, 5], 'told apart from the others')
})

test('a kindergarten and a county of the same number are two', async () => {
  const counted = async () => {
    const { kinds } = await meter('city')
    return ['kindergarten', 'county'].map(
      (of) => kinds.find(({ kind }: { kind: string }) => kind === of).subjects as number,
    )
  }
  const [gardens, counties] = await counted()
  await hamlet.owner.query(
    `insert into registry.institution (county_id, institution_id, code, name, initials, kind, stages, sector, profit_status,
       public_interest, township_central, boarding, urban_rural, unit_id, valid, act_id)
     select county_id, county_id, '4199999999', '同号幼儿园', 'THYEY', kind, stages, sector, profit_status,
       public_interest, township_central, boarding, urban_rural, unit_id, valid, act_id
       from registry.institution where institution_id = $1 and known_to = 'infinity' and upper_inf(valid) limit 1`,
    [garden.id],
  )
  assert.deepEqual(await counted(), [gardens! + 1, counties])
})
