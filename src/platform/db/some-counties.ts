import { sql } from 'kysely'
import type { Tx } from './transaction-client.ts'

/** 暂不看这些县 — runs `work` over the rest of what the transaction may see, which afterwards is what it was before. */
export async function withoutCounties<T>(
  tx: Tx,
  counties: readonly number[],
  work: () => Promise<T>,
): Promise<T> {
  if (counties.length === 0) return work()
  const seen = await countiesInSight(tx)
  await look(
    tx,
    seen.filter((county) => !counties.includes(county)),
  )
  const done = await work()
  await look(tx, seen)
  return done
}

/** 所见各县 — the counties of the transaction's scope, the city's own id among them where it is in it. */
export async function countiesInSight(tx: Tx): Promise<number[]> {
  const { rows } = await sql<{ seen: number[] | null }>`select access.counties() as seen`.execute(tx)
  return rows[0]!.seen ?? []
}

/** SET LOCAL takes no parameters: a literal, escaped by Kysely. */
async function look(tx: Tx, counties: readonly number[]): Promise<void> {
  await sql`set local app.counties = ${sql.lit(counties.join(','))}`.execute(tx)
}
