import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { booksOf } from '../../src/app/open-site.ts'
import { buildCity } from '../../src/demo/build-city.ts'
import { loadDemoChildren } from '../../src/demo/demo-children.ts'
import { loadCity } from '../../src/demo/load-city.ts'
import { publishBaseForecast } from '../../src/features/seats/index.ts'
import { roles } from '../../src/kernel/role.ts'
import type { KnownValues } from '../../src/platform/http/example-of.ts'
import { type Books, bookDay } from '../../src/records/books.ts'
import { writeSite } from '../../src/records/registry/site.ts'
import { databaseForTests, type TestDatabase } from '../house/database-for-tests.ts'
import { type Ground, type Seat, seatAccounts } from './authorisation-accounts.ts'
import { type Marked, type Placed, plantBelongings, plantChildren } from './authorisation-belongings.ts'
import { doors } from './authorisation-doors.ts'

/** 试验账号 — who asks, and the words that may never reach them: by their office, and by the database alone. */
export interface TrialAccount extends Seat {
  readonly forbidden: readonly string[]
  readonly beyondWall: readonly string[]
}

/** 试验世界 — two counties side by side, and people of every office in the one, some in the other. */
export interface TrialWorld {
  readonly books: Books
  readonly accounts: readonly TrialAccount[]
  readonly known: KnownValues
  /** Values of fields that are lists. */
  readonly knownLists: KnownValues
  readonly everyCounty: readonly number[]
  /** Identity numbers, telephones, addresses and birth dates as they are under their masks. */
  readonly plain: readonly string[]
  readonly owner: TestDatabase['db']['pool']
  close(): Promise<void>
}

const own = 410_403
const sibling = 410_422

/** 布置 — loads a hamlet, publishes its forecast, seats everybody and gives them things of their own. */
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
  const placed = await everythingPlaced(db.pool, city.cityId)
  const ground = groundOf(city.cityId, placed)
  const children = await plantChildren(db, books, placed, ground)
  const seats = await seatAccounts(db.pool, ground)
  const belongings = await plantBelongings(db.pool, books, ground)
  const marked = [...placed, ...children.marked, ...belongings.marked]
  return {
    books,
    owner: db.pool,
    accounts: seats.map((seat) => ({ ...seat, ...forbiddenTo(seat, marked) })),
    known: { ...knownValues(ground, placed), ...children.known, ...belongings.known },
    knownLists: {
      closingIds: [[ground.beside[0]], [ground.theirs]],
      counties: [[own], [sibling]],
      institutions: [[ground.mine], [ground.theirs]],
    },
    everyCounty: [city.cityId, own, sibling],
    plain: children.plain,
    close: async () => {
      await database.close()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

async function everythingPlaced(pool: TestDatabase['db']['pool'], cityId: number): Promise<Placed[]> {
  const { rows } = await pool.query<Placed>(
    `select institution_id::float8 as id, county_id as county, name, kind, stages, unit_id::float8 as "unitId", 'institution' as book
       from registry.institution where upper_inf(valid) and known_to = 'infinity' and county_id <> $1
     union all
     select unit_id::float8, county_id, name, kind, null, l.parent_id::float8, 'unit'
       from registry.unit left join lateral (
         select parent_id from registry.unit_link l where l.county_id = unit.county_id and l.child_id = unit.unit_id
            and l.tree = 'administrative' and upper_inf(l.valid) and l.known_to = 'infinity') l on true
      where upper_inf(valid) and known_to = 'infinity' and county_id <> $1 and kind <> 'county'
      order by county, book, id`,
    [cityId],
  )
  return rows.map((row) => (row.book === 'institution' ? { ...row, institution: row.id } : row))
}

/** The township with most institutions that holds not the county's first school. */
function groundOf(city: number, placed: readonly Placed[]): Ground {
  const schools = (county: number) =>
    placed.filter((each) => each.county === county && each.kind === 'primary-school').map(({ id }) => id)
  const [mine, ...others] = schools(own)
  const parentOf = new Map(placed.filter(({ book }) => book === 'unit').map(({ id, unitId }) => [id, unitId]))
  const townships = placed.filter(({ kind, county }) => kind === 'township' && county === own)
  const under = (township: number) =>
    placed
      .filter(
        ({ book, unitId }) => book === 'institution' && [unitId, parentOf.get(unitId)].includes(township),
      )
      .map(({ id }) => id)
  const [unitId, institutions] = townships
    .map(({ id }) => [id, under(id)] as const)
    .filter(([, ids]) => !ids.includes(mine!))
    .sort(([, one], [, other]) => other.length - one.length)[0]!
  const beside = [...others, ...placed.flatMap((each) => (isGarden(each, own) ? [each.id] : []))]
  return {
    city,
    own,
    sibling,
    mine: mine!,
    beside,
    theirs: schools(sibling)[0]!,
    township: { unitId, institutions },
  }
}

const isGarden = ({ kind, county }: Placed, of: number) => kind === 'kindergarten' && county === of

function knownValues({ city, mine, beside, theirs }: Ground, placed: readonly Placed[]): KnownValues {
  const unitsOf = (county: number, kind: string) =>
    placed.filter((each) => each.county === county && each.kind === kind).map(({ id }) => id)
  const garden = placed.find((each) => isGarden(each, own))!.id
  const counties = [own, sibling, city, 999_999]
  const schools = [mine, theirs, beside[0], garden, 9_999_999_999]
  const places = [
    unitsOf(own, 'township')[0],
    unitsOf(sibling, 'township')[0],
    unitsOf(sibling, 'village')[0],
  ]
  const named = placed.find(({ county, book }) => county === sibling && book === 'institution')!.name
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
    text: ['小学', named, String(theirs)],
    year: [2026],
    horizon: [3],
    stage: ['primary', 'preschool'],
    grade: ['P1', 'K1'],
    kind: ['enrolment-by-grade', 'institutions', 'births'],
    asOf: ['2024-09-01'],
  }
}

/** Names and numbers of what is out of sight, left out where something in sight bears the same name. */
function forbiddenTo(seat: Seat, marked: readonly Marked[]) {
  const but = (seen: (each: Marked) => boolean) => {
    const open = marked.filter(seen).flatMap(wordsOf).join('\n')
    return [...new Set(marked.filter((each) => !seen(each)).flatMap(wordsOf))].filter(
      (word) => word.length >= 5 && !open.includes(word),
    )
  }
  return {
    forbidden: but((each) => reached(seat, each, each.door)),
    beyondWall: but((each) => reached(seat, each)),
  }
}

const wordsOf = ({ id, name }: Marked) => [String(id), name]

function mayPass(role: string, door: string | undefined): boolean {
  if (door === undefined) return true
  const allowed = doors[door]!
  return typeof allowed === 'string' || allowed.includes(role)
}

/** What is an account's own is nobody else's; units of one's county may be named to a school's people: an address is no secret. */
function reached(
  { account, role, shares }: Seat,
  { owner, county, institution, stages, book }: Marked,
  door?: string,
): boolean {
  if (county === undefined || owner === account) return owner === account && mayPass(role, door)
  if (role === 'none' || roles[role].level === 'outside') return false
  const within = (share: Seat['shares'][number]) =>
    (!share.institutions || (institution !== undefined && share.institutions.includes(institution))) &&
    (!share.stages || stages?.some((stage) => share.stages!.includes(stage)) === true)
  return shares.some(
    (share) =>
      mayPass(share.role ?? role, door) &&
      share.counties.includes(county) &&
      (book === 'unit' || within(share)),
  )
}
