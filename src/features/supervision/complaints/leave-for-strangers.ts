import { refused } from '../../../kernel/result.ts'
import type { Client } from '../../../platform/access/client.ts'
import type { Queryable } from '../../../platform/db/open-database.ts'

type Coming = 'submit' | 'ask'

/** So often one address may hand in, or ask with a number, within an hour: a household or a school's office stays below. */
const ofAddress: Readonly<Record<Coming, number>> = { submit: 10, ask: 60 }
/**
 * So often all addresses of one network together: a carrier puts half a county behind the addresses of one network, whose
 * people must not shut each other out; whoever changes address there still comes to an end.
 */
const ofNetwork: Readonly<Record<Coming, number>> = { submit: 100, ask: 600 }

/**
 * 来访限流 — counts one coming of a stranger's address and network and gives undefined, or the refusal with the time to wait.
 *
 * Counted under a lock, so that a hundred at once are counted like a hundred in a row; forgotten after a day.
 */
export async function leaveForStranger(
  own: Queryable,
  kind: Coming,
  { address, network }: Pick<Client, 'address' | 'network'>,
) {
  // One after the other, the address first: who waits for a network never holds what another of that network wants.
  for (const place of [address, network])
    await own.query("select pg_advisory_xact_lock(hashtextextended('complaint ' || $1, 0))", [place])
  const { rows } = await own.query<{ wait: number }>(
    `select ceil(extract(epoch from min(at) + interval '1 hour' - now()))::int as wait from complaints.attempt
      where network in ($1, $2) and kind = $3 and at > now() - interval '1 hour'
      group by network having count(*) >= case network when $1 then $4::int else $5 end order by wait desc`,
    [address, network, kind, ofAddress[kind], ofNetwork[kind]],
  )
  if (rows[0])
    return refused({
      code: 'supervision.complaint-too-often',
      text: '这个网络一小时内提交或查询得太多—为防有人滥用，这一次没有办理—请稍后再来；紧急情况请直接拨打当地教育主管部门电话。',
      retryAfterSeconds: Math.max(1, rows[0].wait),
    })
  await own.query("delete from complaints.attempt where at < now() - interval '1 day'")
  await own.query('insert into complaints.attempt (kind, network) values ($1, $2), ($1, $3)', [
    kind,
    address,
    network,
  ])
  return undefined
}
