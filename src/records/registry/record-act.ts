import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Act } from './act.ts'
import { writingMoment } from './begin-writing.ts'
import type { WriteOptions } from './write-entries.ts'

/** 登记凭据 — records the act and returns its id, under which the entries it makes are written. */
export async function recordAct(tx: Tx, act: Act, options: WriteOptions = {}): Promise<number> {
  const moment = writingMoment(tx, act.countyId)
  const { rows } = await sql<{ act_id: number }>`
    insert into registry.act
      (county_id, kind, doc_number, decided_on, effective_on, recorded_by, recorded_at, note, detail)
    values (${act.countyId}, ${act.kind}, ${act.docNumber}, ${act.decidedOn}, ${act.effectiveOn},
      ${act.recordedBy}, ${options.knownFrom ?? moment}, ${act.note ?? null}, ${JSON.stringify(act.detail ?? {})})
    returning act_id`.execute(tx)
  return rows[0]!.act_id
}
