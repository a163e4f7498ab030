import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { createDemonstrationAccounts } from '../../src/app/demonstration-accounts.ts'
import { migrationFolders } from '../../src/app/migration-folders.ts'
import { buildCity, type City } from '../../src/demo/build-city.ts'
import { loadCity } from '../../src/demo/load-city.ts'
import { startEmbeddedServer } from '../../src/platform/db/embedded-server.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { type Database, openDatabase, openService } from '../../src/platform/db/open-database.ts'
import { serviceConnection } from '../../src/platform/db/service-login.ts'
import { writeSite } from '../../src/records/registry/site.ts'

/** A fresh, migrated, empty database of its own, dropped on close. */
export interface TestDatabase {
  /** As the schema's owner: for loading a world and looking under the surface. */
  readonly db: Database
  /** As the platform that serves. */
  readonly service: Database
  readonly connection: pg.PoolConfig
  close(): Promise<void>
}

/** What a test's database holds at first: the schema alone, or a demonstration hamlet with its accounts. */
const worlds = {
  empty: async (db: Database) => {
    await migrate(db.pool, migrationFolders)
  },
  hamlet: async (db: Database) => {
    await worlds.empty(db)
    const city = demonstrationHamlet()
    await loadCity(db, city)
    await createDemonstrationAccounts(db.pool)
    const { cityId } = city
    await writeSite(db.pool, { cityId, planLayer: 'pingdingshan', synthetic: true, size: 'hamlet' })
  },
} satisfies Readonly<Record<string, (db: Database) => Promise<void>>>

type World = keyof typeof worlds

/** The city that the world `hamlet` holds: the same whenever it is built. */
export function demonstrationHamlet(): City {
  return buildCity({ size: 'hamlet', seed: 20_240_822 })
}

/**
 * On the server named by KUOYOU_TEST_DATABASE, or on an embedded one started for this file alone. With
 * KUOYOU_TEST_MOULDS the world is copied from its mould on that server instead of being made again.
 */
export async function databaseForTests(world: World = 'empty'): Promise<TestDatabase> {
  const server = await serverForTests()
  const moulded = process.env.KUOYOU_TEST_MOULDS !== undefined
  const name = `kuoyou_test_${process.pid}_${Date.now().toString(36)}`
  await onServer(server.connection, createDatabase(name, moulded ? mouldOf(world) : 'template0'))
  const connection = { ...server.connection, database: name }
  const db = openDatabase(connection, 8)
  if (!moulded) await worlds[world](db)
  const service = openService((await serviceConnection(db.pool, connection)) ?? connection, 8)
  return {
    db,
    service,
    connection,
    close: async () => {
      await service.close()
      await db.close()
      await onServer(server.connection, `drop database ${name} with (force)`)
      await server.stop()
    },
  }
}

/** Makes every world once on a server, to be copied by the files of a run: a copy takes a tenth of the time. */
export async function makeMoulds(url: string): Promise<void> {
  const server = connectionOf(url)
  for (const [world, fill] of Object.entries(worlds) as [World, (db: Database) => Promise<void>][]) {
    await onServer(server, createDatabase(mouldOf(world), 'template0'))
    const db = openDatabase({ ...server, database: mouldOf(world) }, 4)
    await fill(db)
    await db.close()
  }
}

function mouldOf(world: World): string {
  return `kuoyou_mould_${world}`
}

function createDatabase(name: string, template: string): string {
  return `create database ${name} template ${template} encoding 'UTF8'`
}

async function serverForTests(): Promise<{ connection: pg.ClientConfig; stop(): Promise<void> }> {
  const url = process.env.KUOYOU_TEST_DATABASE
  if (url) return { connection: connectionOf(url), stop: async () => {} }
  const folder = mkdtempSync(join(tmpdir(), 'kuoyou-test-'))
  chmodSync(folder, 0o711)
  const server = await startEmbeddedServer(join(folder, 'db')).catch((error) => {
    rmSync(folder, { recursive: true, force: true })
    throw error
  })
  return {
    connection: server.connection,
    stop: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The URL's parts, so that another database name can be put in its place. */
function connectionOf(url: string): pg.ClientConfig {
  const { hostname, port, username, password, searchParams } = new URL(url)
  return {
    host: searchParams.get('host') ?? hostname,
    port: port ? Number(port) : 5432,
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: 'postgres',
  }
}

async function onServer(connection: pg.ClientConfig, statement: string): Promise<void> {
  const client = new pg.Client(connection)
  await client.connect()
  await client.query(statement)
  await client.end()
}
