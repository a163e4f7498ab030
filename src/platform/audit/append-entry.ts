import type pg from 'pg'
import { Fault } from '../../kernel/fault.ts'
import type { AuditEntry } from './entry.ts'
import { looksPersonal } from './personal-looking.ts'

type Asked = Pick<pg.ClientBase, 'query'> | Pick<pg.Pool, 'query'>

/**
 * 记审计 — writes an entry inside the transaction of the act itself: they stand or fall together.
 *
 * Throws when what was handed over looks like personal data, and the act then fails with it. Purposes are
 * typed by people: ask `looksPersonal` before acting, so that they are told.
 */
export async function appendEntry(client: Asked, entry: AuditEntry): Promise<void> {
  const { object, facts = {}, purpose } = entry
  // Many an account is its holder's phone: accounts are named as they are.
  const thing = object?.kind === 'account' ? undefined : object?.id
  if (looksPersonal([facts, thing, purpose, entry.subjects]))
    throw new Fault(`the audit entry of ${entry.act} holds what looks like an ID number or a phone`)
  await client.query(
    {
      name: 'append-audit-entry',
      text: `insert into audit.entry (trace, account, role, act, outcome, county_ids, object_kind, object_id, subjects,
               purpose, network, facts, delegated_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    },
    [
      entry.trace,
      entry.account,
      entry.role,
      entry.act,
      entry.outcome,
      entry.countyIds ?? [],
      object?.kind ?? null,
      object === undefined ? null : String(object.id),
      entry.subjects ?? [],
      purpose ?? null,
      entry.network ?? null,
      JSON.stringify(facts),
      entry.delegatedBy ?? null,
    ],
  )
}

/** 单独记审计 — writes an entry on its own, for what left no transaction: refusals, denials, faults and plain reads. */
export function appendAlone(pool: pg.Pool, entry: AuditEntry): Promise<void> {
  return appendEntry(pool, entry)
}
