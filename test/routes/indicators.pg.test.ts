import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CompiledQuery, sql } from 'kysely'
import { loadDemoFilings } from '../../src/demo/demo-filings.ts'
import { targets } from '../../src/features/targets/index.ts'
import { treeWords } from '../../src/features/targets/indicator-contract.ts'
import { bindPlanSql } from '../../src/plan/index.ts'
import type { Tx } from '../../src/platform/db/transaction-client.ts'
import { measureIndicators } from '../../src/records/indicators/measure-indicators.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let today: string
let counties: number[]
before(async () => {
  hamlet = await servedHamlet(targets.routes)
  today = hamlet.books.site.generatedUntil!
  await loadDemoFilings(hamlet.books.db, hamlet.books.plan, hamlet.city.seed, today)
  counties = hamlet.city.counties.map(({ division }) => division.code)
})
after(() => hamlet.close())

const city = 410_400
const get = async (path: string, account = 'city') =>
  hamlet.ask(account, 'GET', `/api/indicators${path}${path.includes('?') ? '&' : '?'}asOf=${today}`)
const units = async (id: string, tree: string, unit = city, account = 'city') =>
  (await get(`/${id}/units?tree=${tree}&unit=${unit}`, account)).body

interface Unit {
  readonly unitId: number | null
  readonly parentId: number | null
  readonly name: string
  readonly numerator: number | null
  readonly denominator: number | null
  readonly value: number | null
  readonly institutions: number
  readonly missing: readonly { readonly where: string; readonly of: string }[]
  readonly missingCount: number
}

test('not signed in, wrong role, malformed, not there, not yours', async () => {
  assert.equal((await hamlet.ask(undefined, 'GET', '/api/indicators')).status, 401)
  assert.equal((await get('', 'school')).status, 403)
  assert.equal((await get('/myopia-rate/units?tree=streets&unit=1')).status, 400)
  assert.equal((await get('/no-such/provenance?unit=410400')).status, 404)
  const [own, other] = counties as [number, number]
  const foreign = await get(`/myopia-rate/units?tree=administrative&unit=${other}`, `county-${own}`)
  assert.equal(foreign.status, 404)
  assert.equal((await get(`/myopia-rate/provenance?unit=${city}`, `county-${own}`)).status, 404)
})

test('the board tells every indicator of the plan at every place; the county’s own figures are the city’s board’s', async () => {
  const { body } = await get('')
  assert.equal(body.indicators.length, hamlet.books.plan.indicators.size)
  const own = (await get('', `county-${counties[0]}`)).body
  assert.deepEqual(own.places.length, 1)
  for (const [at, { cells }] of own.indicators.entries())
    assert.deepEqual(
      cells[0],
      body.indicators[at].cells.find(({ unitId }: { unitId: number }) => unitId === counties[0]),
    )
  const known = body.indicators.filter(({ cells }: { cells: { known: boolean }[] }) => cells[0]!.known)
  assert.ok(known.length > 25, `${known.length} are known`)
})

test('what is missing now is told as it was last known, with its year; what is known has no other', async () => {
  const { body } = await get('')
  type Cell = { unitId: number; known: boolean; year: number; last: { words: string; year: number } | null }
  const cells = (body.indicators as { indicatorId: string; cells: Cell[] }[]).flatMap(
    ({ indicatorId, cells }) => cells.map((cell) => ({ indicatorId, ...cell })),
  )
  assert.ok(cells.every(({ known, last }) => !known || last === null))
  const before = cells.filter(({ last }) => last !== null)
  assert.ok(before.length > 0)
  for (const { indicatorId, unitId, year, last } of before.slice(0, 5)) {
    assert.notEqual(last!.year, year)
    const [then] = await measureIndicators(hamlet.books, {
      scope: { counties: [city, ...counties], asOf: today },
      indicators: [indicatorId],
      schoolYear: last!.year,
    }).then((values) => values.filter((value) => value.unitId === unitId))
    assert.equal(then?.year, last!.year)
    assert.ok(
      then.value !== null && last!.words.startsWith((100 * then.value).toFixed(1).slice(0, 2)),
      indicatorId,
    )
  }
})

test('the rows under a figure counted from filings add up to it, in every county', async () => {
  const { plan, db } = hamlet.books
  let counted = 0
  for (const { id, filed, sql: statement, detailSql } of plan.indicators.values()) {
    if (!filed) continue
    const run = async (text: string) => {
      const bound = bindPlanSql(plan, text, { year: Number(today.slice(0, 4)) - 1, day: today, asOf: today })
      assert.ok('text' in bound, id)
      const { rows } = await db.transaction({ counties, asOf: today }, (tx: Tx) =>
        tx.executeQuery<{ unit: number; numerator: number; denominator: number }>(
          CompiledQuery.raw(bound.text, [...bound.values]),
        ),
      )
      return rows
    }
    const rows = await run(detailSql!)
    for (const figure of await run(statement!)) {
      counted += 1
      for (const part of ['numerator', 'denominator'] as const)
        assert.equal(
          rows
            .filter(({ unit }) => unit === figure.unit)
            .reduce((sum, row) => sum + Number(row[part] ?? 0), 0),
          Number(figure[part] ?? 0),
          `${id} ${part}`,
        )
    }
  }
  assert.ok(counted > 40, `${counted} figures`)
})

test('along every tree, whatever is counted: the tops and those outside add up to the city’s figure, or say what is owed', async () => {
  const { body } = await get('')
  let whole = 0
  for (const { indicatorId, rolls, cells } of body.indicators)
    for (const tree of Object.keys(treeWords)) {
      if (!rolls) continue
      const found = await units(indicatorId, tree)
      const tops: Unit[] = found.units.filter(({ parentId }: Unit) => parentId === null)
      const all = `${indicatorId} along ${tree}`
      if (indicatorId === 'senior-gross-enrolment-ratio')
        for (const { value, denominator, missing } of found.units as Unit[])
          assert.deepEqual(
            [value, denominator, missing.length > 0],
            [null, null, true],
            `${all}: no people known`,
          )
      for (const { value, missing, numerator, denominator } of found.units as Unit[]) {
        if (numerator === null || (found.rate && denominator === null)) {
          assert.equal(value, null, all)
          assert.ok(missing.length > 0, `${all}: what is unknown is named`)
        }
      }
      // a county that stands outside the tree may be the one that owes
      if (tops.length === 0 || tops.some(({ missingCount }) => missingCount > 0) || !cells[0].known) continue
      whole += 1
      const { body: under } = await get(`/${indicatorId}/provenance?unit=${city}`)
      const told = (part: string) =>
        Number(
          (new RegExp(`^${part}：.*＝ ([\\d,.]+)`, 'm').exec(under.formula)?.[1] ?? '0').replaceAll(',', ''),
        )
      const sum = (part: 'numerator' | 'denominator') => tops.reduce((of, unit) => of + (unit[part] ?? 0), 0)
      assert.equal(sum('numerator'), told('分子'), all)
      if (found.rate) assert.equal(sum('denominator'), told('分母'), all)
    }
  assert.ok(whole > 30, `${whole} whole trees`)
})

test('a group is the sum of its schools, and a school that goes to another group takes its pupils along from that day', async () => {
  const id = 'public-enrolment-share'
  const share = 'large-class-share'
  assert.deepEqual((await units(id, 'catchment')).units, [], 'nobody has registered any')
  const groups: Unit[] = (await units(share, 'school-group')).units
  const group = groups.find(({ unitId, institutions }) => unitId !== null && institutions > 1)!
  const { rows } = await hamlet.owner.query(
    `select county_id, institution_id, row_id from registry.membership
      where unit_id = $1 and valid @> $2::date and known_to = 'infinity' order by institution_id`,
    [group.unitId, today],
  )
  const count = async () =>
    (
      await hamlet.owner.query(
        `select count(*)::integer as classes from registry.school_class where institution_id = any ($1)
            and school_year = 2024 and left(grade, 1) in ('P', 'J', 'S') and known_to = 'infinity'`,
        [rows.map((row) => row.institution_id)],
      )
    ).rows[0].classes
  assert.equal(group.denominator, await count(), 'counted by hand')
  const leaving = rows[0]
  await hamlet.owner.query(
    'update registry.membership set valid = daterange(lower(valid), $2::date) where row_id = $1',
    [leaving.row_id, today],
  )
  const later: Unit[] = (await units(share, 'school-group')).units
  rows.shift()
  assert.equal(later.find(({ unitId }) => unitId === group.unitId)?.denominator ?? 0, await count())
  const before = await hamlet.ask(
    'city',
    'GET',
    `/api/indicators/${share}/units?tree=school-group&unit=${city}&asOf=2024-08-31`,
  )
  const then = before.body.units.find(({ unitId }: Unit) => unitId === group.unitId)
  assert.equal(then.institutions, group.institutions, 'as of the day before, it still belongs')
})

test('a unit opens to its own schools, those that hold it back first, each with the page that shows it', async () => {
  const id = 'complete-curriculum-share'
  const found: Unit[] = (await units(id, 'administrative')).units
  const place = found.find(({ parentId, denominator }) => parentId !== null && (denominator ?? 0) > 0)!
  const { body } = await get(`/${id}/provenance?unit=${city}&tree=administrative&under=${place.unitId}`)
  assert.match(body.title, new RegExp(place.name))
  assert.equal(body.rowCount, body.rows.length)
  assert.ok(body.rows.length > 0)
  for (const { to, source } of body.rows) {
    assert.match(to, /^\/filing\/\d+$/)
    assert.match(source, /^《课表申报.*》\d{4}-\d，.* 审定$/)
  }
  const { body: shares } = await get(`/public-enrolment-share/provenance?unit=${counties[0]}`)
  const short = shares.rows.map(({ value }: { value: string }) => {
    const [, numerator = '0', denominator = '0'] = /(?:分子 ([\d,]+))?，?(?:分母 ([\d,]+))?/.exec(value) ?? []
    return Number(denominator) - Number(numerator)
  })
  assert.deepEqual(
    short,
    short.toSorted((one: number, other: number) => other - one),
  )
  assert.ok(short[0] > 0, 'a private kindergarten holds it back')
})

test('a school that has not filed makes every unit above it unknown, by name', async () => {
  const id = 'subsystems-in-full-use'
  const whole: Unit[] = (await units(id, 'administrative')).units
  const { rows } = await hamlet.owner.query(
    `select e.institution_id, e.county_id, i.name from returns.entry as e
       join registry.institution as i on i.institution_id = e.institution_id and i.known_to = 'infinity' and i.valid @> $1::date
      where e.form_id = 'platform-usage' and e.period = '2023' and e.known_to = 'infinity' order by 1 limit 1`,
    [today],
  )
  const [school] = rows
  await hamlet.owner.query(
    `update returns.entry set known_to = now() where form_id = 'platform-usage' and institution_id = $1`,
    [school.institution_id],
  )
  const later: Unit[] = (await units(id, 'administrative')).units
  const lacking = later.filter(({ missing }) => missing.some(({ where }) => where === school.name))
  assert.ok(lacking.length > 0, `${whole.length} units`)
  for (const { value } of lacking) assert.equal(value, null)
  await hamlet.books.db.transaction({ counties }, async (tx) => {
    const { rows: of } = await sql<{ unit: number }>`
      select unit_id as unit from registry.institution where institution_id = ${school.institution_id} and known_to = 'infinity'`.execute(
      tx,
    )
    assert.ok(lacking.some(({ unitId }) => of.some(({ unit }) => Number(unit) === unitId)))
  })
})

test('what is not due yet is not missing: until the day for handing in, the year before speaks; then the year itself is owed', async () => {
  const on = async (asOf: string) => {
    const { body } = await hamlet.ask('city', 'GET', `/api/indicators?asOf=${asOf}`)
    const row = body.indicators.find(
      ({ indicatorId }: { indicatorId: string }) => indicatorId === 'weaknesses-mended',
    )
    return row.cells.find(({ unitId }: { unitId: number }) => unitId === counties[0])
  }
  const { id, rhythm } = hamlet.books.plan.forms.get('quality-evaluation')!
  assert.deepEqual([id, rhythm], ['quality-evaluation', { kind: 'yearly', due: '06-30' }])
  const before = await on('2025-06-29')
  assert.deepEqual([before.year, before.known], [2023, true])
  const after = await on('2025-06-30')
  assert.deepEqual([after.year, after.words], [2024, '缺数据'])
})
