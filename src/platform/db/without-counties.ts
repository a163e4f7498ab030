import { sql } from 'kysely'
import type { Tx } from './transaction-client.ts'

/** 暂不看这些县 — runs `work` over the rest of what the transaction may see, which afterwards is what it was before. */
export async function withoutCounties<T>(
  tx: Tx,
  counties: readonly number[],
  work: () => Promise<T>,
): Promise<T> {
  if (counties.length === 0) return work()
  const { rows } = await sql<{ seen: string }>`select current_setting('app.counties') as seen`.execute(tx)
  const seen = rows[0]!.seen
  const rest = seen.split(',').filter((county) => !counties.includes(Number(county)))
  await look(tx, rest.join(','))
  const done = await work()
  await look(tx, seen)
  return done
}

/** SET LOCAL takes no parameters: a literal, escaped by Kysely. */
async function look(tx: Tx, counties: string): Promise<void> {
  await sql`set local app.counties = ${sql.lit(counties)}`.execute(tx)
}
