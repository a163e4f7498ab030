import type pg from 'pg'
import { roleName } from '../../kernel/role.ts'
import type { AuditFilter, AuditRow } from './audit-contract.ts'
import type { ActNames } from './audit-desk.ts'

const columns = `seq, at, trace, account, role, act, outcome, county_ids as "countyIds", object_kind as "objectKind",
  object_id as "objectId", subjects, purpose, network, facts, delegated_by as "delegatedBy"`

/** 查审计 — entries that match, newest first, older than `before`; an act without a name is told as it is. */
export async function listEntries(
  pool: pg.Pool,
  filter: AuditFilter,
  names: ActNames,
  page: { readonly before?: number | undefined; readonly limit: number },
): Promise<AuditRow[]> {
  const conditions = conditionsOf(filter)
  if (page.before !== undefined) conditions.push(['seq < ?', page.before])
  const where = conditions.map(([condition], index) => condition.replace('?', `$${index + 2}`)).join(' and ')
  const { rows } = await pool.query<Omit<AuditRow, 'roleName' | 'actName'>>(
    `select ${columns} from audit.entry ${where && `where ${where}`} order by seq desc limit $1`,
    [page.limit, ...conditions.map(([, value]) => value)],
  )
  return rows.map((row) => ({
    ...row,
    roleName: row.role === 'system' ? '平台' : roleName(row.role),
    actName: names.get(row.act) ?? row.act,
  }))
}

/** Each condition takes one value. */
function conditionsOf(filter: AuditFilter): [condition: string, value: unknown][] {
  const { from, to, account, act, outcome, county, objectKind, objectId, subject } = filter
  const all: [string, unknown][] = [
    ["at >= ?::date::timestamp at time zone 'Asia/Shanghai'", from],
    ["at < (?::date + 1)::timestamp at time zone 'Asia/Shanghai'", to],
    ['account = ?', account],
    ['act = ?', act],
    ['outcome = ?', outcome],
    ['county_ids @> array[?::integer]', county],
    ['object_kind = ?', objectKind],
    ['object_id = ?', objectId],
    ["subjects <> '{}' and subjects @> array[?::text]", subject],
  ]
  return all.filter(([, value]) => value !== undefined)
}
