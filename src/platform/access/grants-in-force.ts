import { admit } from './policy.ts'
import type { Grant, Visitor } from './visitor.ts'

/**
 * 有效授权 — SQL: the grants of `a.account` in force today, as JSON, one's own before those handed on.
 *
 * A grant handed on holds only while the one it comes from does and its holder is active, and never
 * reaches further than that one: scopes are intersected here again, whatever was checked at writing.
 */
export const grantsInForce = `(
  select coalesce(json_agg(json_build_object(
      'grantId', g.grant_id, 'role', g.role,
      'counties', case when o.grant_id is null then g.counties
                       else array(select unnest(g.counties) intersect select unnest(o.counties) order by 1) end,
      'institutions', case when cardinality(g.institutions) > 0 then g.institutions end,
      'units', g.units,
      'stages', g.stages,
      'until', upper(g.valid) - 1,
      'delegatedBy', o.account
    ) order by g.delegated_from nulls first, g.granted_at, g.grant_id), '[]')
    from access.grant g
    left join access.grant o on o.grant_id = g.delegated_from
    left join access.account giver on giver.account = o.account
   where g.account = a.account and g.ended_at is null
     and g.valid @> (now() at time zone 'Asia/Shanghai')::date
     and (o.grant_id is null or (o.ended_at is null and giver.state = 'active'
          and o.valid @> (now() at time zone 'Asia/Shanghai')::date
          and (cardinality(o.institutions) = 0
               or (cardinality(g.institutions) > 0 and g.institutions <@ o.institutions))
          and (o.units is null or g.units <@ o.units)
          and (o.stages is null or g.stages <@ o.stages))))`

type Told = { [K in keyof Grant]: Grant[K] | null }

/** 授权 — as JSON told it, without the empty fields. */
export function grantFrom(told: Told): Grant {
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null)) as unknown as Grant
}

/** 访问者 — an account's row with its grants: told by the first of them, as far as others of the same role reach. */
export function visitorFrom(row: { account: string; name: string; grants: readonly Told[] }): Visitor {
  const grants = row.grants.map(grantFrom)
  const role = grants[0]?.role ?? ''
  const visitor = { account: row.account, name: row.name, role, counties: [], grants }
  return admit({ thing: 'self', act: 'use', zh: '', roles: [role] }, visitor) ?? visitor
}
