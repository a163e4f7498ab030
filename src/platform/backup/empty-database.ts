import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedServer } from '../db/embedded-server.ts'
import { type Database, openDatabase } from '../db/open-database.ts'

/** 空库 — a fresh empty database for a trial, and how to take it away. */
export interface EmptyDatabase {
  readonly db: Database
  drop(): Promise<void>
}

/** 临时内置数据库 — an empty cluster of its own in a temporary folder: the nearest thing to an empty machine. */
export async function temporaryCluster(): Promise<EmptyDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'kuoyou-empty-'))
  // The database's own user must be able to walk in.
  await chmod(folder, 0o711)
  const server = await startEmbeddedServer(join(folder, 'db')).catch(async (error) => {
    await rm(folder, { recursive: true, force: true })
    throw error
  })
  const db = openDatabase(server.connection, 4)
  return {
    db,
    drop: async () => {
      await db.close()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/**
 * 服务器上的临时库 — an empty database beside the one named by `url`; where its user may not create databases, a
 * temporary embedded cluster instead.
 */
export async function temporaryDatabase(url: string): Promise<EmptyDatabase> {
  const name = `kuoyou_drill_${process.pid}_${Date.now().toString(36)}`
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }
  try {
    await run(`create database ${name} template template0 encoding 'UTF8'`)
  } catch (error) {
    if ((error as { code?: string }).code === '42501') return temporaryCluster()
    throw error
  }
  const place = new URL(url)
  place.pathname = `/${name}`
  const db = openDatabase({ connectionString: place.href }, 4)
  return {
    db,
    drop: async () => {
      await db.close()
      await run(`drop database ${name} with (force)`)
    },
  }
}
