import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { findFlips } from '../../src/engines/impact/find-flips.ts'
import { parameters } from '../../src/features/parameters/index.ts'
import { judgeImpact, onTrial, verdictsOf } from '../../src/features/parameters/judge-impact.ts'
import { targets } from '../../src/features/targets/index.ts'
import type { OwnParameter, ParameterReaders } from '../../src/plan/index.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
before(async () => {
  hamlet = await servedHamlet([...parameters.routes, ...targets.routes])
})
after(() => hamlet.close())

const key = 'public-enrolment-share.target'
const path = `/api/parameters/${key}`
const from = '2024-09-01'
const county = () => `county-${hamlet.city.counties[0]!.division.code}`
const impact = async (value: unknown, of = path) =>
  (
    await hamlet.ask(
      'city',
      'GET',
      `${of}/impact?from=${from}&asOf=${from}&value=${encodeURIComponent(JSON.stringify(value))}`,
    )
  ).body
const basis = { from, status: 'V', document: '平教体〔2024〕9号', reason: '省里调整了标准' }

test('not signed in, wrong role, not there, malformed', async () => {
  assert.equal((await hamlet.ask(undefined, 'GET', '/api/parameters')).status, 401)
  assert.equal((await hamlet.ask('school', 'GET', '/api/parameters')).status, 403)
  assert.equal((await hamlet.ask('city', 'GET', '/api/parameters/no.such')).status, 404)
  assert.equal((await hamlet.ask(county(), 'GET', `${path}/impact?from=${from}&value=0.5`)).status, 403)
  const proposal = { ...basis, value: 0.5, fingerprint: 'x' }
  assert.equal((await hamlet.ask(county(), 'POST', `${path}/proposals`, proposal)).status, 403)
  assert.equal((await hamlet.ask('city', 'POST', `${path}/proposals`, { value: 1 })).status, 400)
})

test('every parameter tells its value, source and how sure it is, or why there is none', async () => {
  const { body } = await hamlet.ask(county(), 'GET', `/api/parameters?asOf=${from}`)
  assert.ok(body.parameters.length > 60)
  for (const { inForce, problem, zh } of body.parameters)
    assert.ok(inForce ? inForce.source && inForce.status : problem, zh)
  const { body: one } = await hamlet.ask(county(), 'GET', `${path}?asOf=${from}`)
  assert.ok(one.values.length >= 3, 'the nation’s, the province’s and the city’s')
  assert.deepEqual(
    one.readers.filter(({ kind }: { kind: string }) => kind === '目标').map(({ id }: { id: string }) => id),
    ['T5'],
  )
  assert.equal(one.mayChange, false)
})

test('a value that is written wrongly or changes nothing is refused with a sentence', async () => {
  assert.match((await impact('六成')).text, /现行值是一个数/)
  assert.match((await impact(0.6)).text, /相同/)
  assert.match((await impact({ from: 3 }, '/api/parameters/age-range.senior')).text, /一组数（from、to）/)
})

test('lowering the line lists the counties that now reach it, old and new side by side, before anything is saved', async () => {
  const before = await hamlet.ask('city', 'GET', `/api/targets?asOf=${from}`)
  const found = await impact(0.01)
  assert.ok(found.flips.length > 0)
  for (const flip of found.flips) {
    assert.match(flip.ruleZh, /^T5 /)
    assert.notEqual(flip.before, flip.after)
    assert.match(flip.after, /已达 1\.00%/)
  }
  const after = await hamlet.ask('city', 'GET', `/api/targets?asOf=${from}`)
  assert.deepEqual(after.body, before.body)
})

test('both readings of an ambiguous text are judged beside each other', async () => {
  const found = await impact(1, '/api/parameters/special-school.population-threshold')
  const readings = new Set(found.flips.map(({ reading }: { reading?: string }) => reading))
  assert.ok(readings.has('人口指常住人口') && readings.has('人口指户籍人口'))
})

test('two persons: nobody decides what they proposed, what was not seen cannot be proposed, and a decision holds from its day', async () => {
  const seen = await impact(0.01)
  const stale = await hamlet.ask('city', 'POST', `${path}/proposals`, {
    ...basis,
    value: 0.01,
    fingerprint: 'another list',
  })
  assert.equal(stale.body.refusal.code, 'parameters.impact-changed')
  const proposal = { ...basis, from: '2024-08-15', value: 0.01 }
  const other = (await hamlet.ask('city', 'GET', `${path}/impact?from=2024-08-15&asOf=${from}&value=0.01`))
    .body
  assert.deepEqual(other.flips, seen.flips)
  const today = (await hamlet.ask('city', 'GET', `${path}/impact?from=2024-08-15&value=0.01`)).body
  const { body, status } = await hamlet.ask('city', 'POST', `${path}/proposals`, {
    ...proposal,
    fingerprint: today.fingerprint,
  })
  assert.equal(status, 200, JSON.stringify(body))
  const decision = `/api/parameters/values/${body.valueId}/decision`
  const again = await hamlet.ask('city', 'POST', `${path}/proposals`, {
    ...proposal,
    fingerprint: today.fingerprint,
  })
  assert.equal(again.body.refusal.code, 'parameters.one-waits')
  const own = await hamlet.ask('city', 'POST', decision, { grant: true })
  assert.equal(own.body.refusal.code, 'parameters.same-person')
  const { rows } = await hamlet.owner.query('select phase from parameters.own_value')
  assert.deepEqual(rows, [{ phase: 'proposed' }])
  await assert.rejects(
    hamlet.owner.query(
      "update parameters.own_value set phase = 'approved', decided_by = proposed_by, decided_at = now()",
    ),
    /own_value_by_two/,
  )
  const granted = await hamlet.ask('city-basic-education', 'POST', decision, { grant: true, note: '同意' })
  assert.deepEqual(granted.body, { phase: 'approved' })
  const late = await hamlet.ask('city-basic-education', 'POST', decision, { grant: false })
  assert.equal(late.body.refusal.code, 'parameters.decided-already')

  const { body: list } = await hamlet.ask('city', 'GET', `/api/parameters?asOf=${from}`)
  const line = list.parameters.find((each: { key: string }) => each.key === key)
  assert.deepEqual(
    [line.inForce.words, line.inForce.layer, line.inForce.from],
    ['0.01', '本市自定', '2024-08-15'],
  )
  assert.match(line.inForce.source, /平教体〔2024〕9号/)
  const lineOf = async (day: string) => {
    const { body: target } = await hamlet.ask('city', 'GET', `/api/targets/T5?asOf=${day}`)
    return target.lines.find(({ binding }: { binding: boolean }) => binding)?.value
  }
  assert.equal(await lineOf('2024-08-14'), 0.6, 'days before keep what the paper says')
  assert.equal(await lineOf('2024-08-15'), 0.01)
})

test('as known on a past day, the board judges by the values decided until then', async () => {
  for (const book of ['unit', 'unit_link', 'institution', 'enrolment', 'population'])
    await hamlet.owner.query(`update registry.${book} set known_from = '2024-09-05T08:00:00+08:00'`)
  await hamlet.owner.query(
    "update parameters.own_value set proposed_at = '2025-01-15T09:00:00+08:00', decided_at = '2025-02-01T09:00:00+08:00'",
  )
  const told = async (knownOn: string) => {
    const at = `asOf=${from}&knownOn=${knownOn}`
    const { body } = await hamlet.ask('city', 'GET', `/api/targets?${at}`)
    const { cells } = body.targets.find(({ targetId }: { targetId: string }) => targetId === 'T5')
    const { body: list } = await hamlet.ask('city', 'GET', `/api/parameters?${at}`)
    const line = list.parameters.find((each: { key: string }) => each.key === key)
    const { body: one } = await hamlet.ask('city', 'GET', `${path}?${at}`)
    return {
      sentence: cells[0].sentence as string,
      value: line.inForce.words,
      waits: list.waiting.length,
      own: one.own.map(({ phase }: { phase: string }) => phase),
    }
  }
  const before = await told('2025-01-14')
  assert.match(before.sentence, /60\.00%/)
  assert.deepEqual([before.value, before.waits, before.own], ['0.6', 0, []])
  const proposed = await told('2025-01-31')
  assert.equal(proposed.sentence, before.sentence)
  assert.deepEqual([proposed.value, proposed.waits, proposed.own], ['0.6', 1, ['proposed']])
  const decided = await told('2025-02-01')
  assert.match(decided.sentence, /已达 1\.00%/)
  assert.deepEqual([decided.value, decided.waits, decided.own], ['0.01', 0, ['approved']])
  assert.equal(
    (await hamlet.ask('city', 'GET', `/api/targets/T5?asOf=${from}`)).body.places[0].sign,
    'reached',
  )
})

test('what the impact lists is the difference of two full runs, whatever is changed', async () => {
  const { books, city } = hamlet
  const counties = [city.cityId, ...city.counties.map(({ division }) => division.code)]
  const scope = { counties, asOf: from }
  const everything: ParameterReaders = {
    indicators: [...books.plan.indicators.values()].filter(({ boards }) => !boards),
    targets: books.plan.targets,
    duties: [...books.plan.coverage.values()],
    checks: [...books.plan.checks.values()],
    items: [],
  }
  const whole = await verdictsOf(books, books.plan, scope, everything)
  const changes: OwnParameter[] = (
    [
      ['public-enrolment-share.target', 0.02],
      ['special-school.population-threshold', 1],
      ['special-school.population-threshold', 9_000_000],
      ['age-range.senior', { from: 15, to: 18 }],
      ['senior-gross-enrolment-ratio.target', 0.1],
      ['class-size.primary', 30],
      ['large-class.threshold', 40],
      ['township-central-kindergarten.per-township', 3],
      ['public-enrolment-share.assessment-line', 0.01],
      ['data.outlier-distance', 1],
    ] as const
  ).map(([changed, value]) => ({ key: changed, value, from, status: 'own', document: '试' }))
  for (const change of changes) {
    const { flips } = await judgeImpact(books, scope, change)
    if (change.key === 'township-central-kindergarten.per-township')
      assert.ok(
        flips.some(({ rule, subject, place }) => rule.startsWith('duty.') && subject !== place),
        'townships flip by their own names',
      )
    if (change.key === 'large-class.threshold')
      assert.ok(
        flips.some(({ rule }) => rule === 'rows.large-class-share'),
        'schools flip by their own names',
      )
    const trial = await verdictsOf(books, onTrial(books.plan, change, from), scope, everything)
    assert.deepEqual(flips, findFlips(whole, trial), change.key)
  }
})
