import type { Queryable } from '../db/open-database.ts'
import { listGrantsOf } from './grants.ts'
import type { AccountPage } from './identity-contract.ts'

/** 查账号 — by part of account or name, state, role in force, county in force. */
export interface AccountQuery {
  readonly text?: string | undefined
  readonly state?: string | undefined
  readonly role?: string | undefined
  readonly county?: number | undefined
  readonly page: number
}

const pageSize = 50

/** 账号清单 — a page of fifty with everything each was ever granted, and how many there are. */
export async function listAccounts(pool: Queryable, query: AccountQuery): Promise<AccountPage> {
  const { rows } = await pool.query(
    `select a.account, a.name, a.state, a.password_hash is not null as "hasPassword", a.external_id as "externalId",
            a.created_by as "createdBy", a.created_at as "createdAt",
            (select count(*)::int from access.factor f where f.account = a.account and f.confirmed) as factors,
            (select max(seen_at) from access.session s where s.account = a.account) as "seenAt",
            count(*) over ()::int as total
       from access.account a
      where ($1 = '' or a.account ilike $1 or a.name ilike $1)
        and ($2 = '' or a.state = $2)
        and (($3 = '' and $4::int is null) or exists (
              select 1 from access.grant g where g.account = a.account and g.ended_at is null
                 and g.valid @> (now() at time zone 'Asia/Shanghai')::date
                 and ($3 = '' or g.role = $3) and ($4::int is null or $4 = any (g.counties))))
      order by a.created_at desc, a.account limit ${pageSize} offset $5`,
    [
      query.text ? `%${query.text.replaceAll(/[\\%_]/g, '\\$&')}%` : '',
      query.state ?? '',
      query.role ?? '',
      query.county ?? null,
      (query.page - 1) * pageSize,
    ],
  )
  const grants = await listGrantsOf(
    pool,
    rows.map((row) => row.account as string),
  )
  return {
    total: rows[0]?.total ?? 0,
    accounts: rows.map(({ total: _, ...row }) => ({
      ...row,
      grants: grants.filter(({ account }) => account === row.account),
    })),
  }
}
