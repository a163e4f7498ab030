import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { booksOf } from '../../src/app/open-site.ts'
import { buildCity } from '../../src/demo/build-city.ts'
import { loadDemoChildren } from '../../src/demo/demo-children.ts'
import { loadCity } from '../../src/demo/load-city.ts'
import { publishBaseForecast } from '../../src/features/seats/index.ts'
import type { Role } from '../../src/kernel/role.ts'
import { createAccount } from '../../src/platform/access/account.ts'
import { openSession } from '../../src/platform/access/session.ts'
import type { KnownValues } from '../../src/platform/http/example-of.ts'
import { type Books, bookDay } from '../../src/records/books.ts'
import { writeSite } from '../../src/records/registry/site.ts'
import { databaseForTests } from '../house/database-for-tests.ts'

/** 试验账号 — who asks, with what, and which words may never reach them. */
export interface TrialAccount {
  readonly name: string
  readonly role: Role | 'none'
  readonly cookie?: string
  /** Turned away everywhere, whatever the role: nobody, disabled, expired. */
  readonly shutOut?: true
  readonly forbidden: readonly string[]
}

/** 试验世界 — two counties side by side, and people of every office in the one, some in the other. */
export interface TrialWorld {
  readonly books: Books
  readonly accounts: readonly TrialAccount[]
  readonly known: KnownValues
  readonly everyCounty: readonly number[]
  close(): Promise<void>
}

const own = 410_403
const sibling = 410_422

interface Placed {
  readonly id: string
  readonly county: number
  readonly name: string
  readonly kind: string
}

/** 布置 — loads a hamlet, publishes its forecast, and seats everybody. */
export async function authorisationWorld(): Promise<TrialWorld> {
  const database = await databaseForTests()
  const { db } = database
  const city = buildCity({ size: 'hamlet', seed: 20_240_822 })
  await loadCity(db, city)
  await writeSite(db.pool, {
    cityId: city.cityId,
    planLayer: 'pingdingshan',
    synthetic: true,
    size: 'hamlet',
  })
  const data = mkdtempSync(join(tmpdir(), 'kuoyou-matrix-'))
  const books = (await booksOf({ db: database.service }, data)) as Books
  await publishBaseForecast(books, { asOf: bookDay(books.site), report: () => {} })
  await loadDemoChildren(db, books.vault, 7, bookDay(books.site))
  const children = await childrenOf(db.pool)
  const institutions = await placed(books, 'institution')
  const units = await placed(books, 'unit')
  const scenarios = await saveScenarios(db.pool)
  return {
    books,
    accounts: await seatAccounts(books, institutions, units),
    known: { ...knownValues(city.cityId, institutions, units, scenarios), personId: children },
    everyCounty: [city.cityId, own, sibling],
    close: async () => {
      await database.close()
      rmSync(data, { recursive: true, force: true })
    },
  }

  async function placed(from: Books, book: 'institution' | 'unit'): Promise<Placed[]> {
    const { rows } = await db.pool.query<Placed>(
      `select ${book}_id::text as id, county_id as county, name, kind from registry.${book}
        where upper_inf(valid) and known_to = 'infinity' and county_id <> $1 and kind <> 'county' order by county_id, ${book}_id`,
      [from.site.cityId],
    )
    return rows
  }
}

/** A child of the own county, one of the other, and none at all. */
async function childrenOf(pool: Books['db']['pool']): Promise<number[]> {
  const { rows } = await pool.query<{ id: number }>(
    'select min(person_id) as id from people.enrolment_record where county_id = any ($1) group by county_id order by county_id',
    [[own, sibling]],
  )
  return [...rows.map(({ id }) => id), 9_999_999_999]
}

async function saveScenarios(pool: Books['db']['pool']): Promise<number[]> {
  const { rows } = await pool.query<{ id: number }>(
    `insert into seats.scenario (county_id, name, births, town_drift, capacity_basis, class_size, author)
     select county, '情景标记' || county, 'mid', 0, 'rooms', 'standard', 'x' from unnest($1::int[]) county
     returning scenario_id as id`,
    [[own, sibling]],
  )
  return rows.map(({ id }) => id)
}

function knownValues(
  cityId: number,
  institutions: readonly Placed[],
  units: readonly Placed[],
  scenarios: readonly number[],
): KnownValues {
  const of = (list: readonly Placed[], county: number, kind?: string) =>
    list.filter((each) => each.county === county && (!kind || each.kind === kind)).map(({ id }) => Number(id))
  const [mine, beside] = of(institutions, own, 'primary-school')
  const theirs = of(institutions, sibling, 'primary-school')[0]
  const counties = [own, sibling, cityId, 999_999]
  const schools = [mine, theirs, beside, 9_999_999_999]
  const places = [
    of(units, own, 'township')[0],
    of(units, sibling, 'township')[0],
    of(units, sibling, 'village')[0],
  ]
  const named = institutions.find(({ county }) => county === sibling)!.name
  return {
    county: counties,
    countyId: counties,
    toCountyId: counties,
    institutionId: schools,
    institution: schools,
    unit: [...places, sibling],
    unitId: places,
    toUnitId: places,
    parent: [own, sibling, ...places],
    row: [String(own), String(sibling)],
    scenarioId: [...scenarios, 9_999],
    scenario: ['mid', ...scenarios.map((id) => `s${id}`)],
    one: ['mid', ...scenarios.map((id) => `s${id}`)],
    other: ['low', `s${scenarios[1]}`],
    text: ['小学', named, String(theirs)],
    year: [2026],
    horizon: [3],
    stage: ['primary'],
  }
}

async function seatAccounts(
  books: Books,
  institutions: readonly Placed[],
  units: readonly Placed[],
): Promise<TrialAccount[]> {
  const { pool } = books.db
  const cityWide = [books.site.cityId, own, sibling]
  const mine = institutions.find(({ county, kind }) => county === own && kind === 'primary-school')!
  const beside = institutions.filter(({ county, id }) => county === own && id !== mine.id)
  const theirs = institutions.find(({ county, kind }) => county === sibling && kind === 'primary-school')!
  const seat = async (
    name: string,
    role: Role,
    counties: readonly number[],
    schools?: readonly string[],
  ): Promise<TrialAccount> => {
    const wanted = { account: name, name, role, counties, demonstration: true }
    await createAccount(pool, { ...wanted, ...(schools && { institutions: schools.map(Number) }) })
    const cookie = `kuoyou_session=${await openSession(pool, name)}`
    const seen = (each: Placed) =>
      counties.includes(each.county) && (!schools || each.kind in townKinds || schools.includes(each.id))
    return { name, role, cookie, forbidden: markersOf([...institutions, ...units], seen) }
  }
  const atCity = (role: Role) => seat(role, role, cityWide)
  const nobody = await seat('disabled', 'county-bureau', [own])
  await pool.query("update access.account set state = 'disabled' where account = 'disabled'")
  const ended = await seat('ended', 'county-bureau', [own])
  await pool.query("update access.grant set ended_at = now(), ended_by = 'test' where account = 'ended'")
  const everything = markersOf([...institutions, ...units], () => false)
  return [
    { name: 'anonymous', role: 'none', shutOut: true, forbidden: everything },
    { ...nobody, role: 'none', shutOut: true, forbidden: everything },
    { ...ended, role: 'none', forbidden: everything },
    await atCity('city-basic-education'),
    await atCity('city-planning-finance'),
    await atCity('city-personnel'),
    await atCity('city-supervision'),
    await atCity('city-moral-sports-arts'),
    await atCity('city-special-education'),
    await atCity('development-reform'),
    await atCity('finance'),
    await seat('own-bureau', 'county-bureau', [own]),
    await seat('sibling-bureau', 'county-bureau', [sibling]),
    await seat('own-inspector', 'inspector', [own], [mine.id, beside[0]!.id]),
    await seat('own-principal', 'principal', [own], [mine.id]),
    await seat('own-clerk', 'school-clerk', [own], [mine.id]),
    await seat('beside-clerk', 'school-clerk', [own], [beside[1]!.id]),
    await seat('sibling-clerk', 'school-clerk', [sibling], [theirs.id]),
    await seat('parent', 'parent', []),
    await seat('system', 'system-administrator', []),
    await seat('security', 'security-administrator', []),
    await seat('audit', 'audit-administrator', []),
  ]
}

/** Units of one's own county may be named to a school's people: an address is no secret. */
const townKinds = {
  township: true,
  village: true,
  'school-group': true,
  'township-centre': true,
  catchment: true,
}

/** Names and numbers of what is out of sight, left out where something in sight bears the same name. */
function markersOf(all: readonly Placed[], seen: (each: Placed) => boolean): string[] {
  const open = new Set(all.filter(seen).flatMap(({ id, name }) => [id, name]))
  const openNames = [...open].join('\n')
  return all
    .filter((each) => !seen(each))
    .flatMap(({ id, name }) => [id, name])
    .filter((word) => word.length >= 5 && !openNames.includes(word))
}
