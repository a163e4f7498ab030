import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createDemonstrationAccounts } from '../../src/app/demonstration-accounts.ts'
import { booksOf } from '../../src/app/open-site.ts'
import { buildCity } from '../../src/demo/build-city.ts'
import { loadCity } from '../../src/demo/load-city.ts'
import { publishBaseForecast } from '../../src/features/seats/publish-forecast.ts'
import { openSession } from '../../src/platform/access/session.ts'
import { type Books, bookDay } from '../../src/records/books.ts'
import { writeSite } from '../../src/records/registry/site.ts'
import { databaseForTests, type TestDatabase } from '../house/database-for-tests.ts'
import { databaseTests, pureTests, runTests } from '../tools/run-tests.ts'

/** The clocks a machine may keep: the books count days as Beijing does on each of them. */
export const zones = ['UTC', 'Asia/Shanghai', 'America/Los_Angeles'] as const

/** What was compared. */
export interface ZoneFigures {
  /** Pairs of the platform's and the database's zone. */
  readonly pairs: number
  readonly readings: number
  /** Readings that changed in one and the same zone meanwhile, such as when one was last seen: not compared. */
  readonly unsteady: readonly string[]
}

/**
 * D9 — asks for every reading in each zone of the platform and of the database, and compares byte by byte.
 *
 * Throws when one differs, naming it.
 */
export async function compareZones(platform: readonly string[] = zones): Promise<ZoneFigures> {
  const database = await databaseForTests()
  const data = mkdtempSync(join(tmpdir(), 'kuoyou-zones-'))
  try {
    const cookie = await loadHamlet(database, data)
    const ask = (zone: string, databaseZone: string) =>
      answersIn({ database, data, cookie }, zone, databaseZone)
    const first = await ask('Asia/Shanghai', 'Asia/Shanghai')
    const found: { readonly reading: string; readonly where: string }[] = []
    for (const zone of platform)
      for (const databaseZone of zones) {
        const there = await ask(zone, databaseZone)
        for (const reading of new Set([...Object.keys(first), ...Object.keys(there)]))
          if (first[reading] !== there[reading])
            found.push({ reading, where: `平台 ${zone}，数据库 ${databaseZone}` })
      }
    const last = await ask('Asia/Shanghai', 'Asia/Shanghai')
    const unsteady = Object.keys(first).filter((reading) => first[reading] !== last[reading])
    assert.deepEqual(
      found.filter(({ reading }) => !unsteady.includes(reading)),
      [],
    )
    const readings = Object.keys(first).length - unsteady.length
    return { pairs: platform.length * zones.length, readings, unsteady }
  } finally {
    await database.close()
    rmSync(data, { recursive: true, force: true })
  }
}

async function loadHamlet({ db }: TestDatabase, data: string): Promise<string> {
  const city = buildCity({ size: 'hamlet', seed: 20_240_822 })
  await loadCity(db, city)
  await createDemonstrationAccounts(db.pool)
  await writeSite(db.pool, {
    cityId: city.cityId,
    planLayer: 'pingdingshan',
    synthetic: true,
    size: 'hamlet',
  })
  const books = (await booksOf({ db }, data)) as Books
  await publishBaseForecast(books, { asOf: bookDay(books.site), report: () => {} })
  await db.pool.query(
    `insert into seats.scenario (county_id, name, births, town_drift, capacity_basis, class_size, author, saved_at)
     values (410422, '试', 'mid', 0, 'rooms', 'standard', '甲', '2026-08-31 23:59:59.999+08')`,
  )
  // An act that was entered when it was still the day before in most of the world.
  await db.pool.query("update registry.act set recorded_at = '2026-09-01 00:00:00+08'")
  return `kuoyou_session=${await openSession(db.pool, 'city')}`
}

interface Site {
  readonly database: TestDatabase
  readonly data: string
  readonly cookie: string
}

async function answersIn(
  { database, data, cookie }: Site,
  zone: string,
  databaseZone: string,
): Promise<Record<string, string>> {
  const { db, connection } = database
  await db.pool.query(`alter database ${connection.database} set timezone = '${databaseZone}'`)
  const program = new URL('./zone-answers.ts', import.meta.url).pathname
  const known = JSON.stringify({ countyId: [410_422], unit: [410_422], unitId: [410_422], scenario: ['mid'] })
  const args = [program, JSON.stringify(connection), data, cookie, known]
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env: { ...process.env, TZ: zone, KUOYOU_LOG_LEVEL: 'silent' },
    maxBuffer: 10_000_000,
  })
  return JSON.parse(stdout)
}

/** D9 at full size — the readings, then every test that needs no browser, in each zone. */
export async function trustZones(print: (line: string) => void): Promise<void> {
  const { pairs, readings, unsteady } = await compareZones()
  print(
    `D9 时区：平台与数据库各三个时区共 ${pairs} 种搭配，${readings} 个读数逐字节相同（另 ${unsteady.length} 个随当下时刻变动，不比）`,
  )
  for (const zone of zones)
    for (const [what, files] of Object.entries({ 纯函数: pureTests(), 数据库: databaseTests() }))
      if (!(await runTests(`${what}，TZ=${zone}`, files, { TZ: zone })))
        throw new Error(`${what}测试在 TZ=${zone} 下未通过`)
  print(`D9 时区：全部纯函数与数据库测试在 ${zones.join('、')} 下都通过`)
}
