import { CompiledQuery } from 'kysely'
import type { BoundStatement, Indicator } from '../../plan/index.ts'
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

/** 明细行 — one row under a figure, with the document or the filing that entered it. */
export interface DetailRow extends IndicatorRow {
  readonly subject: string
  readonly institutionId: number | null
  readonly filingId: number | null
  /** The form, the period and the day of approval, where a filing entered it. */
  readonly filed: string | null
  readonly docNumber: string | null
  readonly recordedBy: string | null
  readonly recordedOn: string | null
  /** Rows in all. */
  readonly total: number
}

/** 明细范围 — how many rows; those that hold the figure back first when its direction is told; of these institutions alone. */
export interface Listing {
  readonly limit: number
  readonly direction?: Indicator['direction']
  readonly institutions?: readonly number[]
}

/** What a row takes from a figure: what is counted and does not reach, or, where less is better, what reaches. */
const shortfall = {
  up: 'denominator - numerator',
  down: 'numerator',
  steps: 'denominator - numerator',
} as const

/** 执行明细 — the first rows under a figure of these counties, and how many there are. */
export async function runDetail(
  tx: Tx,
  { text, values }: BoundStatement,
  units: readonly number[],
  { limit, direction, institutions }: Listing,
): Promise<DetailRow[]> {
  const places = [1, 2, 3].map((at) => `$${values.length + at}`)
  const order = `${direction ? `${shortfall[direction]} desc nulls last, ` : ''}coalesce(denominator, numerator) desc nulls last, subject`
  const { rows } = await tx.executeQuery<DetailRow>(
    CompiledQuery.raw(
      `select detail.unit, detail.subject, detail.institution_id as "institutionId", detail.numerator, detail.denominator,
              detail.filing_id as "filingId", detail.total,
              '《' || (form.definition->>'zh') || '》' || filing.period || '，'
                || (filing.approved_at at time zone 'Asia/Shanghai')::date || ' 审定' as filed,
              act.doc_number as "docNumber", act.recorded_by as "recordedBy",
              (act.recorded_at at time zone 'Asia/Shanghai')::date as "recordedOn"
         from (select *, row_number() over (order by ${order}) as place, count(*) over ()::integer as total
                 from (${text}) as listed
                where unit = any (${places[0]}::integer[])
                  and (${places[1]}::bigint[] is null or institution_id = any (${places[1]}::bigint[]))
                order by place limit ${places[2]}::integer) as detail
         left join registry.act on act.county_id = detail.unit and act.act_id = detail.act_id
         left join returns.filing on filing.county_id = detail.unit and filing.filing_id = detail.filing_id
         left join returns.form on form.form_id = filing.form_id and form.version = filing.version
        order by detail.place`,
      [...values, units, institutions ?? null, limit],
    ),
  )
  return rows
}
