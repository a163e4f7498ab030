import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keepEmbeddedServer } from '../../src/platform/db/keep-embedded-server.ts'
import { type Database, openDatabase } from '../../src/platform/db/open-database.ts'
import { prepareWriting, startWriting } from './steady-writers.ts'

/** What was seen while the database was killed under load. */
export interface KillFigures {
  readonly kills: number
  readonly acknowledged: number
  readonly unacknowledged: number
  readonly lost: number
  readonly doubled: number
  /** From a kill to the next acknowledged write. */
  readonly slowestMs: number
  readonly medianMs: number
}

/**
 * Kills a database `kills` times with SIGKILL, every other time with all its children, while four clients write through
 * the server: the built-in one, or that of `programs`, kept alike. Throws when an acknowledged write is missing or double,
 * when a client was told anything but 503 with Retry-After and a Chinese sentence, or when writing went on later than 15 s
 * after a kill.
 */
export async function trustDatabaseKills(
  kills: number,
  print: (line: string) => void = () => {},
  programs?: string,
): Promise<KillFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'kuoyou-kills-'))
  chmodSync(folder, 0o711)
  const kept = await keepEmbeddedServer(join(folder, 'db'), programs)
  const db = openDatabase(kept.connection, 10)
  try {
    await prepareWriting(db)
    const figures = await writeWhileKilling(db, join(folder, 'db/cluster/postmaster.pid'), kills)
    print(
      `D2 ${programs ? 'PostgreSQL 15 ' : '内置数据库'}连遭 ${kills} 次 kill -9：已答复的写入 ${figures.acknowledged} 笔，丢 ${figures.lost}，重 ${figures.doubled}；当时未办成并说明的 ${figures.unacknowledged} 笔；恢复写入最慢 ${figures.slowestMs} ms，中位 ${figures.medianMs} ms，平台没有重启`,
    )
    assert.equal(db.pool.totalCount - db.pool.idleCount, 0, 'every connection came back to the pool')
    assert.ok(figures.acknowledged > kills, 'there were writes to lose')
    assert.deepEqual([figures.lost, figures.doubled], [0, 0])
    assert.ok(figures.slowestMs <= 15_000, 'ready within 15 s')
    return figures
  } finally {
    await db.close()
    await kept.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function writeWhileKilling(db: Database, pidFile: string, kills: number): Promise<KillFigures> {
  const writing = await startWriting(db)
  const times: number[] = []
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      const from = performance.now()
      await writing.until(() => performance.now() > from + 100 + ((kill * 137) % 400), 'a moment')
      const killedAt = performance.now()
      const killed = killDatabase(pidFile, kill % 2 === 1)
      await writing.until(() => ![killed, 0].includes(postmasterIn(pidFile)), 'another database process')
      const back = performance.now()
      await writing.until(() => writing.newestStart() > back, 'a write after the kill')
      times.push(performance.now() - killedAt)
    }
  } catch (error) {
    await writing.stop()
    throw error
  }
  return { kills, ...(await writing.finish()), ...spread(times) }
}

/** 杀数据库 — its main process, and when asked all its children; returns the process it was. */
export function killDatabase(pidFile: string, withChildren: boolean): number {
  const postmaster = postmasterIn(pidFile)
  const children = withChildren ? childrenOf(postmaster) : []
  for (const pid of [postmaster, ...children]) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      // A child may have ended by itself in this moment.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
  return postmaster
}

/** 数据库进程 — its main process; 0 while there is none. */
export function postmasterIn(pidFile: string): number {
  try {
    return Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  } catch {
    return 0
  }
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]) === parent
      } catch {
        return false
      }
    })
    .map(Number)
}

function spread(times: readonly number[]) {
  const sorted = [...times].sort((a, b) => a - b)
  return {
    slowestMs: Math.round(sorted.at(-1) ?? 0),
    medianMs: Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0),
  }
}
