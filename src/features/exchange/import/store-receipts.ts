import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import type { ImportKind } from '../tables/import-table.ts'

/** 回执 — what an import wrote, when, on whose word and from which file. */
export interface Receipt {
  readonly receiptNumber: string
  readonly importId: string | null
  readonly kind: ImportKind
  readonly account: string
  readonly accountName: string
  readonly docNumber: string
  readonly decidedOn: string
  readonly effectiveOn: string
  readonly onlyGood: boolean
  readonly reason: string | null
  readonly fileName: string
  readonly sha256: string
  readonly rows: number
  readonly rowsNew: number
  readonly rowsCorrected: number
  readonly rowsSame: number
  readonly rejectedRows: readonly number[]
  /** The acts in the counties' books; none when nothing had to be written. */
  readonly acts: readonly { readonly countyId: number; readonly actId: number }[]
  readonly recordedAt?: string
}

/** 回执号 — DR, the day, a running number: DR20240901-000012. */
export async function nextReceiptNumber(tx: Tx, today: string): Promise<string> {
  const { rows } = await sql<{ serial: number }>`select nextval('exchange.receipt_serial') as serial`.execute(
    tx,
  )
  return `DR${today.replaceAll('-', '')}-${String(rows[0]!.serial).padStart(6, '0')}`
}

/** 存回执 — in the transaction of the writing itself; returns it with the moment it was recorded. */
export async function saveReceipt(tx: Tx, receipt: Receipt): Promise<Receipt> {
  const { rows } = await sql<{ recordedAt: string }>`
    insert into exchange.receipt (receipt_number, import_id, kind, account, account_name, doc_number, decided_on,
      effective_on, only_good, reason, file_name, sha256, rows, rows_new, rows_corrected, rows_same,
      rejected_rows, acts)
    values (${receipt.receiptNumber}, ${receipt.importId}, ${receipt.kind}, ${receipt.account},
      ${receipt.accountName}, ${receipt.docNumber}, ${receipt.decidedOn}, ${receipt.effectiveOn},
      ${receipt.onlyGood}, ${receipt.reason}, ${receipt.fileName}, ${receipt.sha256}, ${receipt.rows},
      ${receipt.rowsNew}, ${receipt.rowsCorrected}, ${receipt.rowsSame}, ${receipt.rejectedRows},
      ${JSON.stringify(receipt.acts)}::jsonb)
    returning recorded_at as "recordedAt"`.execute(tx)
  return { ...receipt, recordedAt: rows[0]!.recordedAt }
}

const columns = sql.raw(`receipt_number as "receiptNumber", import_id as "importId", kind, account,
  account_name as "accountName", doc_number as "docNumber", decided_on as "decidedOn",
  effective_on as "effectiveOn", only_good as "onlyGood", reason, file_name as "fileName", sha256, rows,
  rows_new as "rowsNew", rows_corrected as "rowsCorrected", rows_same as "rowsSame",
  rejected_rows as "rejectedRows", acts, recorded_at as "recordedAt"`)

/** 我的回执 — the latest first. */
export async function listReceipts(tx: Tx, account: string): Promise<Receipt[]> {
  const { rows } = await sql<Receipt>`
    select ${columns} from exchange.receipt where account = ${account}
     order by recorded_at desc limit 100`.execute(tx)
  return rows
}

/** 某次导入的回执 — absent until it is confirmed. */
export async function findReceipt(tx: Tx, importId: string): Promise<Receipt | undefined> {
  const { rows } = await sql<Receipt>`
    select ${columns} from exchange.receipt where import_id = ${importId}`.execute(tx)
  return rows[0]
}
