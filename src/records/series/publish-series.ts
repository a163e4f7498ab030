import { sql } from 'kysely'
import { Fault } from '../../kernel/fault.ts'
import { copyRows } from '../../platform/db/copy-rows.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { beginNoting, beginWriting } from '../registry/begin-writing.ts'
import { canonicalHash } from './canonical-hash.ts'
import type { PublishedValue } from './published-value.ts'
import { valuesHash } from './values-hash.ts'

/** 发布 — what is said, and everything needed to compute it again. */
export interface Publication {
  /** What sort of series, e.g. 'seats'; the latest of a kind is what boards show. */
  readonly kind: string
  readonly title: string
  readonly planVersion: string
  readonly engineVersion: string
  /** The day the books were read as of. */
  readonly asOf: string
  /** The moment returned by `holdBooksStill`, as PostgreSQL wrote it. */
  readonly knownAt: string
  /** Everything the computation was fed, for the hash; not stored. */
  readonly inputs: unknown
  /** What was asked; a recomputation gets it back. */
  readonly request: Readonly<Record<string, unknown>>
  readonly saidBy: string
  readonly values: readonly PublishedValue[]
  /** No indicator or duty counts publications of this kind: figures that were kept stay the books'. */
  readonly uncounted?: true
}

/**
 * 发布序列 — stores values with their provenance and returns the number of the publication.
 *
 * A city-level publication has one part per county it speaks of, and one under the city's own id for the
 * totals: the parts bear the same number, title, request and inputs hash, each the hash of its own values.
 * So a county sees and checks its own part, and nothing of the others. Books are written with it, as everything that
 * indicators count is: see `beginWriting`.
 */
export async function publishSeries(tx: Tx, publication: Publication): Promise<number> {
  if (publication.values.length === 0) throw new Fault(`${publication.title}: nothing to publish`)
  const parts = Map.groupBy(publication.values, ({ countyId }) => countyId)
  const begin = publication.uncounted ? beginNoting : beginWriting
  const saidAt = await begin(tx, [...parts.keys()])
  const { rows } = await sql<{ number: number }>`
    select nextval('series.publication_number') as number`.execute(tx)
  const seriesId = rows[0]!.number
  const inputsHash = canonicalHash(publication.inputs)
  for (const [countyId, values] of parts)
    await storePart(tx, { ...publication, values }, { seriesId, countyId, inputsHash, saidAt })
  return seriesId
}

async function storePart(
  tx: Tx,
  part: Publication,
  {
    seriesId,
    countyId,
    inputsHash,
    saidAt,
  }: Readonly<Record<'inputsHash' | 'saidAt', string>> & Readonly<Record<'seriesId' | 'countyId', number>>,
): Promise<void> {
  await sql`
    insert into series.published (county_id, series_id, kind, title, plan_version, engine_version, as_of, known_at,
      inputs_hash, values_hash, request, said_at, said_by)
    values (${countyId}, ${seriesId}, ${part.kind}, ${part.title}, ${part.planVersion}, ${part.engineVersion},
      ${part.asOf}, ${part.knownAt}, ${inputsHash}, ${valuesHash(part.values)}, ${JSON.stringify(part.request)},
      ${saidAt}, ${part.saidBy})`.execute(tx)
  const columns = ['county_id', 'series_id', 'unit_id', 'measure', 'stage', 'grade', 'year', 'scenario']
  await copyRows(
    tx,
    'series.value',
    [...columns, 'mean', 'lo80', 'hi80', 'missing'],
    part.values.map((value) => [
      countyId,
      seriesId,
      value.unitId,
      value.measure,
      value.stage,
      value.grade,
      value.year,
      value.scenario,
      value.mean,
      value.lo80,
      value.hi80,
      value.missing ? JSON.stringify(value.missing) : null,
    ]),
  )
}
