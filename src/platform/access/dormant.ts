import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { appendEntry } from '../audit/append-entry.ts'
import type { Queryable } from '../db/open-database.ts'
import { together } from '../db/together.ts'

/** 记登录 — that the account signed in now, or was woken: from here its days without a sign-in are counted. */
export async function noteSignIn(own: Queryable, account: string): Promise<void> {
  await own.query(
    `insert into access.last_sign_in (account, at) values ($1, now())
     on conflict (account) do update set at = excluded.at`,
    [account],
  )
}

/**
 * 入眠 — puts to sleep every account nobody signed in with for the days of the sign-in rule; returns how many. For a nightly chore.
 *
 * A program that comes with the account's token counts as a sign-in. The security administrator who signed in last stays
 * awake: somebody must be able to wake the others. Each has an entry in the audit, in the same transaction.
 */
export function putToSleep(pool: pg.Pool): Promise<number> {
  return together(pool, async (client) => {
    const { rows } = await client.query<{ account: string }>(
      `with counted as (
         select a.account, greatest(a.created_at, l.at, (
                  select max(last_used_at) from access.api_token t where t.account = a.account)) as at
           from access.account a left join access.last_sign_in l using (account)
          where a.state = 'active' and not a.demonstration),
       waker as (
         select account from counted join access.grant g using (account)
          where g.role = 'security-administrator' and g.ended_at is null order by at desc, account limit 1)
       update access.account a set state = 'asleep'
         from counted c, access.sign_in_rule rule
        where c.account = a.account and a.state = 'active' and c.at < now() - make_interval(days => rule.dormant_days)
          and a.account <> all (select account from waker)
       returning a.account`,
    )
    for (const { account } of rows)
      await appendEntry(client, {
        trace: randomUUID(),
        account: '',
        role: 'system',
        act: 'account.sleep',
        outcome: 'done',
        object: { kind: 'account', id: account },
      })
    return rows.length
  })
}

/** 唤醒 — false when the account is not asleep. */
export async function wake(own: Queryable, account: string): Promise<boolean> {
  const { rowCount } = await own.query(
    "update access.account set state = 'active' where account = $1 and state = 'asleep'",
    [account],
  )
  if (rowCount === 1) await noteSignIn(own, account)
  return rowCount === 1
}

/** 是否休眠. */
export async function isAsleep(own: Queryable, account: string): Promise<boolean> {
  const { rowCount } = await own.query(
    "select 1 from access.account where account = $1 and state = 'asleep'",
    [account],
  )
  return rowCount === 1
}
