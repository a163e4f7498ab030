import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrationFolders } from '../../src/app/migration-folders.ts'
import { startEmbeddedServer } from '../../src/platform/db/embedded-server.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { type Database, openDatabase, openService } from '../../src/platform/db/open-database.ts'
import { serviceConnection } from '../../src/platform/db/service-login.ts'

/** A fresh, migrated, empty database of its own, dropped on close. */
export interface TestDatabase {
  /** As the schema's owner: for loading a world and looking under the surface. */
  readonly db: Database
  /** As the platform that serves. */
  readonly service: Database
  readonly connection: pg.PoolConfig
  close(): Promise<void>
}

/** On the server named by KUOYOU_TEST_DATABASE, or on an embedded one started for this file alone. */
export async function databaseForTests(): Promise<TestDatabase> {
  const server = await serverForTests()
  const name = `kuoyou_test_${process.pid}_${Date.now().toString(36)}`
  await onServer(server.connection, `create database ${name} template template0 encoding 'UTF8'`)
  const connection = { ...server.connection, database: name }
  const db = openDatabase(connection, 8)
  await migrate(db.pool, migrationFolders)
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
