import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type Filing, institutionOf } from './filing.ts'
import type { CellRemark } from './take-step.ts'

/** 意见 — what somebody said of a cell, and what became of it; `null` while it stands. */
export interface SaidRemark extends CellRemark {
  readonly saidBy: string
  readonly saidAt: string
  readonly endedAs: 'replaced' | 'dropped' | 'sent' | null
}

const columns = sql.raw(`line, field, says, said_by as "saidBy", said_at as "saidAt", ended_as as "endedAs"`)

/** 拟退回意见 — the words that stand at a filing's cells and go with it when it is returned. */
export async function standingRemarks(tx: Tx, { countyId, filingId }: Filing): Promise<SaidRemark[]> {
  const { rows } = await sql<SaidRemark>`
    select ${columns} from returns.remark
     where county_id = ${countyId} and filing_id = ${filingId} and ended_at is null order by line, field`.execute(
    tx,
  )
  return rows
}

/** 意见沿革 — every word that was said of one cell, the latest first. */
export async function listRemarks(
  tx: Tx,
  { countyId, filingId }: Filing,
  line: number,
  field: string,
): Promise<SaidRemark[]> {
  const { rows } = await sql<SaidRemark>`
    select ${columns} from returns.remark
     where county_id = ${countyId} and filing_id = ${filingId} and line = ${line} and field = ${field}
     order by remark_id desc`.execute(tx)
  return rows
}

/** 改意见 — puts a word at a cell in place of the one that stands there; empty only takes that one away. The caller holds the filing. */
export async function remarkCell(
  tx: Tx,
  filing: Filing,
  { line, field, says }: CellRemark,
  by: { readonly account: string; readonly name: string },
): Promise<void> {
  const { countyId, filingId } = filing
  await sql`
    update returns.remark set ended_as = ${says === '' ? 'dropped' : 'replaced'}, ended_at = now()
     where county_id = ${countyId} and filing_id = ${filingId} and line = ${line} and field = ${field}
       and ended_at is null`.execute(tx)
  if (says === '') return
  await sql`
    insert into returns.remark (county_id, filing_id, institution_id, line, field, says, account, said_by)
    values (${countyId}, ${filingId}, ${institutionOf(filing)}, ${line}, ${field}, ${says}, ${by.account}, ${by.name})`.execute(
    tx,
  )
}

/** 送达意见 — the words that stand have gone with the filing. */
export async function endAsSent(tx: Tx, { countyId, filingId }: Filing): Promise<void> {
  await sql`
    update returns.remark set ended_as = 'sent', ended_at = now()
     where county_id = ${countyId} and filing_id = ${filingId} and ended_at is null`.execute(tx)
}
