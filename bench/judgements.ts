import { sql } from 'kysely'
import { buildCity, type City } from '../src/demo/build-city.ts'
import { loadDemoFilings } from '../src/demo/demo-filings.ts'
import { loadCity } from '../src/demo/load-city.ts'
import { multiplyCity } from '../src/demo/multiply-city.ts'
import { checkVerdicts } from '../src/features/parameters/check-verdicts.ts'
import { targetVerdicts } from '../src/features/parameters/target-verdicts.ts'
import { loadPlan, type ParameterReaders } from '../src/plan/index.ts'
import type { Database } from '../src/platform/db/open-database.ts'
import { judgeCoverage } from '../src/records/duties/judge-coverage.ts'
import { type IndicatorValue, measureIndicators } from '../src/records/indicators/measure-indicators.ts'
import { readBooks } from '../src/records/indicators/read-books.ts'
import { analyseBooks } from '../src/records/registry/analyse-books.ts'
import { databaseForTests, type TestDatabase } from '../test/house/database-for-tests.ts'

const plan = loadPlan('plan', 'pingdingshan')
const asOf = '2024-09-01'
const seed = 20_240_822
const rounds = 3

interface Site {
  readonly db: Database
  readonly city: City
  readonly counties: readonly number[]
}

/**
 * 判断基准测试 — all indicators, targets, coverage duties and checks of a city for one day; of one county; of a city twenty
 * times as large. Beside them the same indicators asked county by county, and two of them summed in plain loops over rows.
 */
export async function benchJudgements(times = 20): Promise<void> {
  const database = await databaseForTests()
  try {
    const city = buildCity({ size: 'city', seed })
    await loadCity(database.db, city)
    await loadDemoFilings(database.db, plan, seed, asOf)
    const one = await measureCity(database, city, '一座演示城市')
    const began = performance.now()
    await multiplyCity(database.db.pool, times)
    print(`放大到 ${times} 倍用时 ${((performance.now() - began) / 1000).toFixed(0)} 秒`)
    const many = await measureCity(database, city, `一座放大 ${times} 倍的演示城市`)
    print(`×${times} 城市比一座城市：${(many / one).toFixed(1)} 倍（线性为 ${times} 倍）`)
  } finally {
    await database.close()
  }
}

/** Prints the figures of the city as it is loaded, and returns the milliseconds all its judgements took. */
async function measureCity(database: TestDatabase, city: City, title: string): Promise<number> {
  await analyseBooks(database.db.pool)
  const { rows } = await database.db.pool.query<{ id: number }>(
    "select county_id as id from registry.county where kind = 'county' order by county_id",
  )
  const site = { db: database.service, city, counties: rows.map(({ id }) => id) }
  print(`${title}（${site.counties.length} 个县）：`)
  const once = site.counties.length === city.counties.length
  const all = [city.cityId, ...site.counties]
  const whole = await judgeAll(site, all, '  全部', once ? '（目标 10 秒）' : '')
  await judgeAll(site, site.counties.slice(5, 6), '  其中一个县', '（目标 1 秒）')
  if (once) await beside(site)
  return whole
}

async function judgeAll(
  { db, city }: Site,
  counties: readonly number[],
  title: string,
  goal: string,
): Promise<number> {
  const scope = { counties, asOf }
  const books = { db, plan, site: siteOf(city) }
  const readers: ParameterReaders = {
    indicators: [],
    targets: plan.targets,
    duties: [...plan.coverage.values()],
    checks: [...plan.checks.values()],
    items: [],
  }
  const ground = { asOf, completeFrom: 1, ...(counties.includes(city.cityId) && { city: placeOf(city) }) }
  const parts: [string, () => Promise<unknown>][] = [
    [`指标 ${plan.indicators.size} 项`, () => measureIndicators(books, { scope })],
    [
      `目标 ${plan.targets.length} 项`,
      () => readBooks(db, scope, (tx) => targetVerdicts(tx, plan, readers, ground)),
    ],
    [
      `覆盖任务 ${plan.coverage.size} 项`,
      () =>
        judgeCoverage(db, plan, { ...scope, counties: counties.filter((county) => county !== city.cityId) }),
    ],
    [
      `核验规则 ${plan.checks.size} 条`,
      () => readBooks(db, scope, (tx) => checkVerdicts(tx, plan, readers.checks, asOf)),
    ],
  ]
  let sum = 0
  for (const [name, work] of parts) {
    const took = await median(work)
    print(`${title} ${name}：${took.toFixed(0)} 毫秒`)
    sum += took
  }
  print(`${title}合计：${sum.toFixed(0)} 毫秒${goal}`)
  return sum
}

/** The same indicators by two other ways, their results compared before the times are. */
async function beside({ db, city, counties }: Site): Promise<void> {
  const books = { db, plan, site: siteOf(city) }
  const ours = () => measureIndicators(books, { scope: { counties, asOf } })
  const apart = async () => {
    const values: IndicatorValue[] = []
    for (const county of counties)
      values.push(...(await measureIndicators(books, { scope: { counties: [county], asOf } })))
    return values
  }
  same(await ours(), await apart())
  compare('指标全部：一条语句问全部县，对照逐县逐条去问', await median(ours), await median(apart))
  const two = { indicators: ['public-enrolment-share', 'public-interest-coverage'], schoolYear: 2024 }
  const oursTwo = () => measureIndicators(books, { scope: { counties, asOf }, ...two })
  const loops = () => sumRows(db, counties)
  sameShares(await oursTwo(), await loops())
  compare('两项在园占比：语句，对照取回各行用循环累加', await median(oursTwo), await median(loops))
}

/** What a program without statements would do: fetch every row of the year and add up. */
async function sumRows(db: Database, counties: readonly number[]): Promise<Map<number, number[]>> {
  return readBooks(db, { counties, asOf }, async (tx) => {
    const { rows: kindergartens } = await sql<{ id: number; sector: string; inclusive: boolean | null }>`
      select institution_id as id, sector, public_interest as inclusive from book.institution_dates
       where valid @> ${asOf}::date`.execute(tx)
    const { rows: pupils } = await sql<{ county: number; id: number; grade: string; pupils: number }>`
      select county_id as county, institution_id as id, grade, pupils from book.enrolment
       where school_year = 2024`.execute(tx)
    const known = new Map(kindergartens.map((row) => [row.id, row]))
    const sums = new Map<number, number[]>()
    for (const { county, id, grade, pupils: count } of pupils) {
      const school = known.get(id)
      if (!school || !['K1', 'K2', 'K3'].includes(grade)) continue
      const sum = sums.get(county) ?? [0, 0, 0]
      sum[0]! += count
      if (school.sector === 'public') sum[1]! += count
      if (school.sector === 'public' || school.inclusive) sum[2]! += count
      sums.set(county, sum)
    }
    return sums
  })
}

function same(one: readonly IndicatorValue[], other: readonly IndicatorValue[]): void {
  const told = (values: readonly IndicatorValue[]) =>
    values
      .map(({ indicatorId, unitId, reading, numerator, denominator }) =>
        [indicatorId, unitId, reading, numerator, denominator].join(' '),
      )
      .sort()
      .join('\n')
  if (told(one) !== told(other)) throw new Error('the two ways give different figures')
}

function sameShares(values: readonly IndicatorValue[], sums: ReadonlyMap<number, number[]>): void {
  for (const { indicatorId, unitId, numerator, denominator } of values) {
    const [all, publicOnes, inclusive] = sums.get(unitId) ?? []
    const part = indicatorId === 'public-enrolment-share' ? publicOnes : inclusive
    if (numerator !== part || denominator !== all)
      throw new Error(`${indicatorId} ${unitId}: the sums differ`)
  }
}

function siteOf(city: City) {
  return { cityId: city.cityId, cityName: city.name, planLayer: 'pingdingshan', synthetic: true }
}

function placeOf(city: City) {
  return { unitId: city.cityId, name: city.name }
}

async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return times.sort((one, other) => one - other)[Math.floor(rounds / 2)]!
}

function compare(what: string, ours: number, peer: number): void {
  print(
    `  ${what}：${ours.toFixed(0)} 对 ${peer.toFixed(0)} 毫秒，用时为对照的 ${(ours / peer).toFixed(2)} 倍`,
  )
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
