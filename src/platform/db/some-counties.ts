import { sql } from 'kysely'
import type { Tx } from './transaction-client.ts'

/**
 * As many counties as a large city has. The second wall reads the list of counties for every row it looks at: over all
 * counties of a province at once that grows with their square, and the planner, who cannot count through it, loses its way.
 */
const countiesTogether = 16

/** 暂不看这些县 — runs `work` over the rest of what the transaction may see, which afterwards is what it was before. */
export async function withoutCounties<T>(
  tx: Tx,
  counties: readonly number[],
  work: () => Promise<T>,
): Promise<T> {
  if (counties.length === 0) return work()
  const seen = await countiesInSight(tx)
  return seeing(
    tx,
    seen.filter((county) => !counties.includes(county)),
    seen,
    work,
  )
}

/**
 * 逐批看县 — the rows of `work` over a few counties at a time, for what is asked of each county by itself and looks at every
 * row; whatever else the transaction may see, such as the city's own books, stays in sight of each.
 */
export async function fewCountiesAtATime<T>(
  tx: Tx,
  counties: readonly number[],
  work: () => Promise<readonly T[]>,
): Promise<readonly T[]> {
  if (counties.length <= countiesTogether) return work()
  const seen = await countiesInSight(tx)
  const asked = new Set(counties)
  const beside = seen.filter((county) => !asked.has(county))
  const inSight = seen.filter((county) => asked.has(county))
  const rows: T[] = []
  for (let from = 0; from < inSight.length; from += countiesTogether) {
    const few = [...beside, ...inSight.slice(from, from + countiesTogether)]
    for (const row of await seeing(tx, few, seen, work)) rows.push(row)
  }
  return rows
}

/** 所见各县 — the counties of the transaction's scope, the city's own id among them where it is in it. */
export async function countiesInSight(tx: Tx): Promise<number[]> {
  const { rows } = await sql<{ seen: number[] | null }>`select access.counties() as seen`.execute(tx)
  return rows[0]!.seen ?? []
}

async function seeing<T>(
  tx: Tx,
  counties: readonly number[],
  after: readonly number[],
  work: () => Promise<T>,
): Promise<T> {
  await look(tx, counties)
  const done = await work()
  await look(tx, after)
  return done
}

/** SET LOCAL takes no parameters: a literal, escaped by Kysely. */
async function look(tx: Tx, counties: readonly number[]): Promise<void> {
  await sql`set local app.counties = ${sql.lit(counties.join(','))}`.execute(tx)
}
