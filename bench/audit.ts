import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import type { AnchorPlaces } from '../src/platform/audit/anchor-book.ts'
import { anchorHead } from '../src/platform/audit/anchor-head.ts'
import { appendAlone } from '../src/platform/audit/append-entry.ts'
import { sealAll } from '../src/platform/audit/seal-entries.ts'
import { verifyAudit } from '../src/platform/audit/verify-audit.ts'
import { databaseForTests } from '../test/house/database-for-tests.ts'

const million = 1_000_000
const perBatch = 1_000

/** 审计基准测试 — appending one by one, sealing, and verifying a million entries (limit 15 seconds on two cores). */
export async function benchAudit(): Promise<void> {
  const live = await databaseForTests()
  const folder = mkdtempSync(join(tmpdir(), 'kuoyou-audit-bench-'))
  const places: AnchorPlaces = {
    folders: [join(folder, 'one'), join(folder, 'two')],
    keyFile: join(folder, 'key'),
  }
  try {
    await appendMany(live.db.pool)
    tell('封存', million, await fill(live.db.pool))
    await anchorHead(live.db.pool, places)
    for (let round = 0; round < 3; round += 1) {
      const before = process.cpuUsage()
      const { sound, entries, seals, tookMs, found } = await verifyAudit(live.db.pool, places)
      const { user, system } = process.cpuUsage(before)
      const outcome = sound ? '完好' : `${found} 处问题`
      const cost = `本进程占处理器 ${((user + system) / 1e6).toFixed(1)} 秒，内存 ${Math.round(process.memoryUsage.rss() / 2 ** 20)} MB`
      tell(`核验 ${entries} 条、${seals} 批，${outcome}（限 15 秒；${cost}）`, entries, tookMs)
    }
    await pickOut(live.db.pool, places)
  } finally {
    await live.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const entry = {
  trace: '0190a1b2-0000-7000-8000-000000000000',
  account: 'county-410422',
  role: 'county-officer',
  act: 'POST /api/institutions',
  outcome: 'done',
  countyIds: [410_422],
  object: { kind: 'institution', id: 1 },
  network: '10.1.2.3',
} as const

async function appendMany(pool: pg.Pool): Promise<void> {
  const started = performance.now()
  const appender = async () => {
    for (let each = 0; each < 1_250; each += 1) await appendAlone(pool, entry)
  }
  await Promise.all(Array.from({ length: 8 }, appender))
  tell('逐条记入（8 路并行，各自一个事务）', 10_000, performance.now() - started)
}

/** In transactions of a thousand, sealed every five of them; tells how long the sealing took. */
async function fill(pool: pg.Pool): Promise<number> {
  let sealingMs = 0
  const seal = async () => {
    const started = performance.now()
    await sealAll(pool)
    sealingMs += performance.now() - started
  }
  const { rows } = await pool.query('select count(*) as count from audit.entry')
  for (let from = rows[0].count as number; from < million; from += perBatch) {
    await pool.query(
      `insert into audit.entry (trace, account, role, act, outcome, county_ids, object_kind, object_id, subjects, network, facts)
       select gen_random_uuid(), 'county-' || 410400 + at % 12, 'county-officer', 'POST /api/institutions', 'done',
              array[410400 + at % 12], 'institution', at, array['b' || at], '10.1.2.3', jsonb_build_object('rows', at % 97)
         from generate_series($1::integer, $2::integer) as at`,
      [from + 1, from + perBatch],
    )
    if (from % 5_000 === 0) await seal()
  }
  await seal()
  return sealingMs
}

/** One entry in the middle changed: it must be told among a million, as fast. */
async function pickOut(pool: pg.Pool, places: AnchorPlaces): Promise<void> {
  await pool.query("update audit.entry set outcome = 'refused' where seq = 500000")
  const { findings, tookMs } = await verifyAudit(pool, places)
  tell(`改动一条后核验：“${findings[0]?.text}”`, million, tookMs)
}

function tell(what: string, entries: number, ms: number): void {
  process.stdout.write(
    `${what}：${(ms / 1000).toFixed(1)} 秒，每秒 ${Math.round((1000 * entries) / ms)} 条\n`,
  )
}
