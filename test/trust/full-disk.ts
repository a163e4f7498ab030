import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startEmbeddedServer } from '../../src/platform/db/embedded-server.ts'
import { keepEmbeddedServer } from '../../src/platform/db/keep-embedded-server.ts'
import { openDatabase } from '../../src/platform/db/open-database.ts'
import { nobody } from '../../src/platform/db/traversable-place.ts'
import { provideServer15 } from '../tools/server-15.ts'
import { prepareWriting, type SteadyWriters, startWriting } from './steady-writers.ts'

/** Which folder of the cluster lies on the small disk: its write-ahead log, or its tables. */
export type SmallPlace = 'pg_wal' | 'base'

const placeNames = { pg_wal: '预写日志盘', base: '数据盘' } as const

/** What was seen while a disk was full. */
export interface FullDiskFigures {
  readonly acknowledged: number
  readonly unacknowledged: number
  readonly lost: number
  readonly doubled: number
  /** Answers while it was full, by status. */
  readonly refusals: ReadonlyMap<number, number>
  /** How often the database gave up and was started again by its keeper. */
  readonly restarts: number
  /** From the freeing of space to the next acknowledged write. */
  readonly backMs: number
}

const megabyte = 1024 * 1024
const noteBytes = 200_000
const ballastMegabytes = 24
/** As long as a disk stays full in the trial: the database tries to come back many times meanwhile. */
const fullForMs = 5_000

/** 能否试盘满 — whether small disks may be mounted here. */
export function mayMount(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'kuoyou-mount-'))
  try {
    mount(place, 1)
    execFileSync('umount', [place])
    return true
  } catch {
    return false
  } finally {
    rmSync(place, { recursive: true })
  }
}

/**
 * D4 — fills the disk under a database by writing to it, leaves it full for a while, then frees space.
 *
 * Throws when an acknowledged write is missing or double, when anybody was told anything but 503 or 507 with a
 * sentence, or when writing goes on later than 60 s after space was freed. Nothing is mended by hand: the keeper
 * starts a database that gave up, as the unit of a server does.
 */
export async function trustFullDisk(small: SmallPlace, programs?: string): Promise<FullDiskFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'kuoyou-full-'))
  chmodSync(folder, 0o711)
  const cluster = join(folder, 'db/cluster')
  await loadAndStop(join(folder, 'db'), programs)
  const ballast = ontoSmallDisk(join(cluster, small), small === 'pg_wal' ? 64 : undefined)
  let restarts = 0
  try {
    const kept = await keepEmbeddedServer(join(folder, 'db'), programs, {}, (problem) => {
      if (!problem) restarts += 1
    })
    const db = openDatabase(kept.connection, 10)
    try {
      const writing = await startWriting(db, noteBytes)
      const backMs = await fillAndFree(writing, ballast).catch(async (error) => {
        await writing.stop().catch(() => {})
        throw error
      })
      const figures = { ...(await writing.finish()), refusals: writing.refusals, restarts, backMs }
      assert.deepEqual([figures.lost, figures.doubled], [0, 0])
      assert.ok(backMs <= 60_000, 'writing again within 60 s')
      return figures
    } finally {
      await db.close()
      await kept.stop()
    }
  } finally {
    execFileSync('umount', [join(cluster, small)])
    rmSync(folder, { recursive: true, force: true })
  }
}

async function loadAndStop(folder: string, programs: string | undefined): Promise<void> {
  const server = await startEmbeddedServer(folder, programs)
  const db = openDatabase(server.connection, 2)
  await prepareWriting(db)
  await db.close()
  await server.stop()
}

/** Puts a folder's files on a disk of its own with a ballast beside them; without a size, one with little room left. */
function ontoSmallDisk(place: string, megabytes?: number): string {
  const aside = `${place}.aside`
  renameSync(place, aside)
  mkdirSync(place)
  const used = Number(execFileSync('du', ['-sm', aside], { encoding: 'utf8' }).split('\t')[0])
  mount(place, megabytes ?? used + 2 * ballastMegabytes)
  execFileSync('cp', ['-a', `${aside}/.`, place])
  rmSync(aside, { recursive: true })
  const ballast = join(place, 'ballast')
  writeFileSync(ballast, Buffer.alloc(ballastMegabytes * megabyte))
  return ballast
}

function mount(place: string, megabytes: number): void {
  const options = `size=${megabytes}m,uid=${nobody},gid=${nobody},mode=0700`
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', place], { stdio: 'ignore' })
}

async function fillAndFree(writing: SteadyWriters, ballast: string): Promise<number> {
  await writing.until(() => writing.acknowledged.length > 20, 'writes while there is room')
  await writing.until(() => writing.refusals.size > 0, 'a refusal')
  await sleep(fullForMs)
  const { bavail, bsize } = statfsSync(ballast)
  assert.ok(bavail * bsize < 17 * megabyte, 'the disk has no room for another piece')
  const before = writing.acknowledged.length
  rmSync(ballast)
  const freed = performance.now()
  await writing.until(() => writing.newestStart() > freed, 'a write after space was freed')
  const backMs = Math.round(performance.now() - freed)
  await writing.until(() => writing.acknowledged.length > before + 20, 'writes go on')
  return backMs
}

/** D4 at full size — both disks, under the database that comes along and under PostgreSQL 15 where it is installed. */
export async function trustFullDisks(print: (line: string) => void): Promise<void> {
  const servers = { 内置数据库: undefined, 'PostgreSQL 15': provideServer15() }
  for (const [server, programs] of Object.entries(servers)) {
    if (!programs && server !== '内置数据库') continue
    for (const small of ['pg_wal', 'base'] as const) {
      const seen = await trustFullDisk(small, programs)
      const refusals = [...seen.refusals].map(([status, times]) => `${status} ${times} 次`).join('、')
      print(
        `D4 ${server}，${placeNames[small]}满：已答复的写入 ${seen.acknowledged} 笔，丢 ${seen.lost}，重 ${seen.doubled}；当时答 ${refusals}；数据库停下后自动启动 ${seen.restarts} 次；腾出空间后 ${(seen.backMs / 1000).toFixed(1)} 秒恢复写入，无人动手`,
      )
    }
  }
}
