import { CompiledQuery } from 'kysely'
import type { BoundStatement } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'

/** 指标行 — what an indicator's statement answers. */
export interface IndicatorRow {
  readonly unit: number
  readonly numerator: number | null
  readonly denominator?: number | null
}

/** 执行指标 — one row for each county. */
export async function runIndicator(tx: Tx, { text, values }: BoundStatement): Promise<IndicatorRow[]> {
  const { rows } = await tx.executeQuery<IndicatorRow>(CompiledQuery.raw(text, [...values]))
  return rows
}

/** 明细行 — one row under a figure, with the document that entered it. */
export interface DetailRow extends IndicatorRow {
  readonly subject: string
  readonly docNumber: string | null
  readonly recordedBy: string | null
  readonly recordedOn: string | null
  /** Rows in all. */
  readonly total: number
}

/** 执行明细 — the first rows under a figure of these counties, the largest first, and how many there are. */
export async function runDetail(
  tx: Tx,
  { text, values }: BoundStatement,
  units: readonly number[],
  limit: number,
): Promise<DetailRow[]> {
  const places = [`$${values.length + 1}::integer[]`, `$${values.length + 2}::integer`]
  const { rows } = await tx.executeQuery<DetailRow>(
    CompiledQuery.raw(
      `select detail.*, act.doc_number as "docNumber", act.recorded_by as "recordedBy",
              (act.recorded_at at time zone 'Asia/Shanghai')::date as "recordedOn"
         from (select *, count(*) over ()::integer as total from (${text}) as listed
                where unit = any (${places[0]})
                order by coalesce(denominator, numerator) desc nulls last, subject limit ${places[1]}) as detail
         left join registry.act on act.county_id = detail.unit and act.act_id = detail.act_id
        order by coalesce(detail.denominator, detail.numerator) desc nulls last, detail.subject`,
      [...values, units, limit],
    ),
  )
  return rows
}
