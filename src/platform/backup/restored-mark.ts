import type pg from 'pg'
import { Fault } from '../../kernel/fault.ts'

/** 记下恢复 — from now on nobody works in this database until `openRestored`. */
export async function markRestored(pool: pg.Pool, source: string): Promise<void> {
  await pool.query('insert into ops.restored (source) values ($1)', [source])
}

/** 准予使用 — what was erased since the backup was erased again, by which list. */
export async function openRestored(pool: pg.Pool, list: string): Promise<void> {
  await pool.query('update ops.restored set opened_at = now(), list = $1 where opened_at is null', [list])
}

/** 恢复后未准用则拒绝 — a restored database may hold people who were erased after the backup was made. A schema without the record was never restored by us. */
export async function refuseUnopened(pool: pg.Pool): Promise<void> {
  const { rows: found } = await pool.query("select to_regclass('ops.restored') is not null as there")
  if (!found[0].there) return
  const { rows } = await pool.query(
    'select source from ops.restored where opened_at is null order by restored_at desc limit 1',
  )
  if (rows[0])
    throw new Fault(
      `这个库是从 ${rows[0].source} 恢复的，还没有照已删名单再删一遍—里面可能有早已要求删除的人—请运行 kuoyou retention reapply 名单文件（审计锚点目录里的 erasures.jsonl）；确实从未删过人时用 kuoyou retention reapply --none。`,
    )
}
