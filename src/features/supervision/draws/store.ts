import { sql } from 'kysely'
import type { DrawInspector, DrawSchool, InspectionDraw } from '../../../engines/draw/draw-inspections.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { writingMoment } from '../../../records/registry/begin-writing.ts'
import type { DrawBody, DrawRow } from '../draw-contract.ts'

/** 抽取底册 — the lists and the rule, as they stood when the seed was set upon them. */
export interface DrawGiven {
  readonly rule: DrawBody['rule']
  readonly schools: readonly DrawSchool[]
  readonly inspectors: readonly DrawInspector[]
}

/** 存档的抽取 — a draw of one county as it was held. */
export interface KeptDraw extends DrawRow {
  readonly seed: string
  readonly seedSource: string
  readonly given: DrawGiven
  readonly result: InspectionDraw
  readonly givenHash: string
}

/** 存一次抽取 — for good; the county's next number. Returns its id. The caller holds the county's books. */
export async function saveDraw(
  tx: Tx,
  draw: Omit<KeptDraw, 'drawId' | 'county' | 'number' | 'doneBy' | 'pool' | 'drawn'>,
  by: { readonly account: string; readonly name: string },
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into draws.draw (county_id, number, title, seed, seed_source, given, drawn, given_hash, drawn_on, drawn_at,
      account, done_by)
    select ${draw.countyId}, coalesce(max(number), 0) + 1, ${draw.title}, ${draw.seed}, ${draw.seedSource},
      ${JSON.stringify(draw.given)}::jsonb, ${JSON.stringify(draw.result)}::jsonb, ${draw.givenHash},
      ${draw.drawnOn}::date, ${writingMoment(tx, draw.countyId)}::timestamptz, ${by.account}, ${by.name}
      from draws.draw where county_id = ${draw.countyId}
    returning draw_id as id`.execute(tx)
  return rows[0]!.id
}

const head = sql.raw(`
  d.draw_id as "drawId", d.county_id as "countyId", county.name as county, d.number, d.title, d.drawn_on as "drawnOn",
  d.done_by as "doneBy", jsonb_array_length(d.given->'schools') as pool, jsonb_array_length(d.drawn->'drawn') as drawn`)

/** 历次抽取 — of the counties in sight, the latest first; without their lists, which are long. */
export async function listDraws(tx: Tx, county: number | undefined, limit: number): Promise<DrawRow[]> {
  const { rows } = await sql<DrawRow>`
    select ${head} from book.draws as d join registry.county using (county_id)
     where ${county ?? null}::integer is null or d.county_id = ${county ?? null}::integer
     order by d.drawn_at desc, d.county_id limit ${limit}`.execute(tx)
  return rows
}

/** 查一次抽取 — by its id, with everything it was held on. */
export async function findDraw(tx: Tx, drawId: number): Promise<KeptDraw | undefined> {
  const { rows } = await sql<KeptDraw>`
    select ${head}, d.seed, d.seed_source as "seedSource", d.given, d.drawn as result, d.given_hash as "givenHash"
      from book.draws as d join registry.county using (county_id) where d.draw_id = ${drawId}`.execute(tx)
  return rows[0]
}
