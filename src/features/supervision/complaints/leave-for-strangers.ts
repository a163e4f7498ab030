import { refused } from '../../../kernel/result.ts'
import type { Queryable } from '../../../platform/db/open-database.ts'

/** So often a network may hand in, or ask with a number, within an hour: a household or a school's office stays below. */
const perHour = { submit: 10, ask: 60 } as const

/**
 * 来访限流 — counts one coming of a stranger's network and gives undefined, or the refusal with the time to wait.
 *
 * Counted under a lock, so that a hundred at once are counted like a hundred in a row; forgotten after a day.
 */
export async function leaveForStranger(own: Queryable, kind: keyof typeof perHour, network: string) {
  await own.query("select pg_advisory_xact_lock(hashtextextended('complaint ' || $1, 0))", [network])
  const { rows } = await own.query(
    `select count(*)::int as count, coalesce(ceil(extract(epoch from min(at) + interval '1 hour' - now())), 1)::int as wait
       from complaints.attempt where network = $1 and kind = $2 and at > now() - interval '1 hour'`,
    [network, kind],
  )
  if (rows[0].count >= perHour[kind])
    return refused({
      code: 'supervision.complaint-too-often',
      text: '这个网络一小时内提交或查询得太多—为防有人滥用，这一次没有办理—请稍后再来；紧急情况请直接拨打当地教育主管部门电话。',
      retryAfterSeconds: Math.max(1, rows[0].wait),
    })
  await own.query("delete from complaints.attempt where at < now() - interval '1 day'")
  await own.query('insert into complaints.attempt (kind, network) values ($1, $2)', [kind, network])
  return undefined
}
