import type pg from 'pg'
import type { Finding } from './finding.ts'

/** What of the audit no seal holds: entries that wait for one, and entries that can never get one. */
const looseEntries = `
  with here as (select system_identifier as cluster from pg_control_system()),
  reach as (select distinct on (cluster) cluster, to_xact as upto, open_xacts as left_out
    from audit.seal order by cluster, to_xact desc),
  loose as (
    select e.seq, (e.cluster = here.cluster and e.xact < pg_snapshot_xmax(pg_current_snapshot()))
               or (e.cluster <> here.cluster
                   and e.cluster = (select cluster from audit.seal order by batch desc limit 1)) as waits
      from audit.entry e cross join here left join reach r on r.cluster = e.cluster
     where r.upto is null or e.xact >= r.upto or e.xact = any (r.left_out))`

/**
 * 未封存的条目 — how many wait to be sealed; and a finding when some stand where sealing has long passed.
 *
 * `walked` entries were met under their seals; entries of purged batches should be gone.
 */
export async function countLoose(
  client: pg.ClientBase,
  purgedThrough: number,
  walked: number,
): Promise<{ waiting: number; findings: Finding[] }> {
  const { rows } = await client.query(
    `${looseEntries} select count(*) filter (where waits) as waiting, (select count(*) from audit.entry) as total from loose`,
  )
  const { waiting, total } = rows[0] as { waiting: number; total: number }
  if (total === walked + waiting) return { waiting, findings: [] }
  const { rows: stray } = await client.query(
    `${looseEntries} select min(e.seq) as seq from audit.entry e
      where not exists (select from loose where loose.seq = e.seq and waits)
        and not exists (select from audit.seal s where s.batch > $1 and s.cluster = e.cluster
                          and e.xact >= s.from_xact and e.xact < s.to_xact)
        and not exists (select from audit.seal s where s.batch = $1 and s.cluster = e.cluster
                          and e.xact = any (s.open_xacts))`,
    [purgedThrough],
  )
  const seq = stray[0].seq as number | null
  return {
    waiting,
    findings: [
      {
        kind: 'inserted',
        seq,
        text: `第 ${seq ?? '？'} 条不在任何一批封条之内，却比已封存的还早：是事后添进去的，或它的封条被删去了。`,
      },
    ],
  }
}
