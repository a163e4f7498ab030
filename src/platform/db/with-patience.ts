import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { Fault } from '../../kernel/fault.ts'

/** A statement that waits for a table makes all later ones wait behind it: longer than this nobody is made to wait. */
const longestWaitMs = 900
const attempts = 20

/**
 * 有耐心的变更 — runs `work` in one transaction that never waits long for a table, and tries again when it was busy.
 *
 * `what` names the work in the sentence said when it fails; everything is taken back then.
 */
export async function withPatience<T>(
  client: pg.PoolClient,
  what: string,
  work: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query(`begin; set local lock_timeout = ${longestWaitMs}`)
      const value = await work()
      await client.query('commit')
      return value
    } catch (error) {
      await client.query('rollback')
      if (error instanceof Fault) throw error
      const busy = (error as { code?: string }).code === '55P03'
      if (busy && attempt < attempts) {
        await sleep(100 + 100 * attempt)
        continue
      }
      const why = busy ? '要改的表一直有别的操作占用，请稍后在访问少的时候再试' : (error as Error).message
      throw new Fault(`${what} 未成功，已全部退回：${why}`, { cause: error })
    }
  }
}
