import type pg from 'pg'

/**
 * 一并办理 — runs `work` in one transaction; all of it holds or none. A connection that cannot roll back is thrown away.
 *
 * `opening` begins it, with settings in the same message where there are some: every transaction pays for each message.
 */
export async function together<T>(
  pool: { connect(): Promise<pg.PoolClient> },
  work: (client: pg.PoolClient) => Promise<T>,
  opening: (client: pg.PoolClient) => string = () => 'begin',
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query(opening(client))
    const value = await work(client)
    await client.query('commit')
    return value
  } catch (error) {
    await client.query('rollback').catch((lost: Error) => {
      broken = lost
    })
    throw error
  } finally {
    client.release(broken)
  }
}
