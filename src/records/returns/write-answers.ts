import { sql } from 'kysely'
import type { Answer } from '../../kernel/filed-answers.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type Filing, institutionOf } from './filing.ts'
import type { AnswerCell } from './read-answers.ts'

/** 单元格改动 — what somebody writes into one cell, and what he saw there before; null stands for empty. */
export interface CellChange {
  readonly line: number
  readonly field: string
  readonly value: Answer | null
  readonly saw: Answer | null
}

/** 未并入的改动 — somebody else wrote there meanwhile: both values are kept, the writer chooses. */
export interface Unmerged extends CellChange {
  readonly now: Answer | null
  readonly writtenBy: string | null
}

/** 填写人 — who writes, and who knew it: the hand, the period before or a book. */
export interface Writer {
  readonly name: string
  readonly origin: AnswerCell['origin']
  /** The moment it was written; absent is now. Only a demonstration city has a past of its own. */
  readonly at?: string
}

/** 所写的填报单 — as much of a filing as writing into it needs. */
type Written = Pick<Filing, 'countyId' | 'filingId' | 'subjectKind' | 'subjectId'>

/**
 * 写入填报值 — cell by cell; the caller holds the filing (`findFiling(…, 'locked')`) and has read the answers.
 *
 * A cell that changed since the writer saw it is left as it stands and comes back: two people, or a draft kept
 * offline, never overwrite each other's values silently. Every change is kept with the value before.
 */
export async function writeAnswers(
  tx: Tx,
  filing: Written,
  standing: readonly AnswerCell[],
  changes: readonly CellChange[],
  by: Writer,
): Promise<Unmerged[]> {
  const now = new Map(standing.map((cell) => [`${cell.line} ${cell.field}`, cell]))
  const unmerged: Unmerged[] = []
  const writing: CellChange[] = []
  for (const change of changes) {
    const cell = now.get(`${change.line} ${change.field}`)
    const stands = cell?.value ?? null
    if (stands === change.value) continue
    if (stands === change.saw) writing.push({ ...change, saw: stands })
    else unmerged.push({ ...change, now: stands, writtenBy: cell?.writtenBy ?? null })
  }
  await write(tx, filing, writing, by)
  return unmerged
}

async function write(
  tx: Tx,
  filing: Written,
  changes: readonly CellChange[],
  { name, origin, at }: Writer,
): Promise<void> {
  if (changes.length === 0) return
  const { countyId, filingId } = filing
  const institutionId = institutionOf(filing)
  const cells = JSON.stringify(changes)
  const moment = sql`coalesce(${at ?? null}::timestamptz, now())`
  const given = sql`json_to_recordset(${cells}::json) as given (line integer, field text, value jsonb, saw jsonb)`
  await sql`
    insert into returns.answer_change (county_id, filing_id, institution_id, line, field, was, became, changed_by, changed_at)
    select ${countyId}, ${filingId}, ${institutionId}::bigint, line, field, saw, value, ${name}, ${moment}
      from ${given}`.execute(tx)
  await sql`
    insert into returns.answer (county_id, filing_id, institution_id, line, field, value, origin, written_by, written_at)
    select ${countyId}, ${filingId}, ${institutionId}::bigint, line, field, value, ${origin}, ${name}, ${moment}
      from ${given} where value is not null
    on conflict (county_id, filing_id, line, field) do update
      set value = excluded.value, origin = excluded.origin, written_by = excluded.written_by, written_at = excluded.written_at`.execute(
    tx,
  )
  await sql`
    delete from returns.answer using ${given}
     where county_id = ${countyId} and filing_id = ${filingId}
       and answer.line = given.line and answer.field = given.field and given.value is null`.execute(tx)
}
