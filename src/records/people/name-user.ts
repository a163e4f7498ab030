import type pg from 'pg'

/** 指定查阅人 — before whom sealed conditions of a county open, until a day; done by the platform, no room can. */
export async function nameUser(
  pool: pg.Pool,
  named: {
    readonly countyId: number
    readonly account: string
    readonly namedBy: string
    readonly reason: string
    readonly until: string
  },
): Promise<void> {
  await pool.query(
    `insert into people_sealed.named_user (county_id, account, named_by, reason, until) values ($1, $2, $3, $4, $5)
       on conflict (county_id, account) do update
       set named_by = excluded.named_by, reason = excluded.reason, until = excluded.until, named_at = now()`,
    [named.countyId, named.account, named.namedBy, named.reason, named.until],
  )
}
