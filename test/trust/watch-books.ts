import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'

/** 旁观 — a reader beside the writing. */
export interface Eye {
  close(): Promise<{ halfSeen: number; looks: number }>
}

/** Looks at the books as any reader would, again and again: each look is either before the import or after it. */
export function watchBooks(pool: pg.Pool): Eye {
  let open = true
  let looks = 0
  let halfSeen = 0
  const looking = (async () => {
    const [before] = await look(pool)
    let after: string | undefined
    while (open) {
      const [seen, receipts] = await look(pool)
      looks++
      if (receipts === 1) after ??= seen
      if (receipts === 0 ? seen !== before : seen !== after || seen === before) halfSeen++
      await wait(15)
    }
  })()
  return {
    close: async () => {
      open = false
      await looking
      return { halfSeen, looks }
    },
  }
}

async function look(pool: pg.Pool): Promise<readonly [seen: string, receipts: number]> {
  const { rows } = await pool.query(
    `select (select count(*) || ' ' || sum(births) from registry.birth where known_to = 'infinity') || ' '
         || (select count(*) from registry.birth) || ' ' || (select count(*) from registry.act) || ' '
         || (select count(*) from jobs.job where kind = 'exchange.apply' and state = 'done') || ' '
         || (select count(*) from exchange.pending_import where state = 'confirmed') as seen,
       (select count(*) from exchange.receipt) as receipts`,
  )
  return [rows[0].seen, rows[0].receipts]
}

/** Numbers that are drawn anew in every run, and moments; what they stand beside must be equal to the last byte. */
const drawn = `array['row_id', 'act_id', 'known_from', 'known_to', 'moment', 'recorded_at', 'created_at', 'saved_at', 'receipt_number',
  'import_id', 'job_id', 'file_id', 'acts', 'detail']`

/** 台账校验值 — of every row of the books and of the room that imports. */
export async function hashOfBooks(pool: pg.Pool): Promise<string> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('registry', 'exchange')
      order by 1`,
  )
  const parts: string[] = []
  for (const { name } of tables) {
    const { rows } = await pool.query(
      `select md5(coalesce(string_agg(line, E'\\n' order by line collate "C"), '')) as hash from (
         select (to_jsonb(t) - ${drawn})::text || coalesce(to_jsonb(t) ->> 'known_to' = 'infinity', true)::text as line
           from ${name} as t) as lines`,
    )
    parts.push(`${name} ${rows[0].hash}`)
  }
  return parts.join('\n')
}
