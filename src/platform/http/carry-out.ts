import type pg from 'pg'
import type { Database } from '../db/open-database.ts'
import type { Scope } from '../db/scope.ts'
import { type Answer, answerOf, isFile } from './answer.ts'
import { answerGiven, keepAnswer, type RequestKey } from './answer-once.ts'
import { requestDatabase } from './request-database.ts'
import type { FileAnswer } from './route.ts'

/** 办理 — what one request asks to have done. */
export interface Errand {
  readonly limits: Scope
  readonly key?: RequestKey
  /** Runs the handler over the request's own database. */
  readonly work: (db: Database) => Promise<unknown>
  /** Written into the act's transaction before it ends; when it fails, the act fails. */
  readonly witness: (client: pg.PoolClient, status: number) => Promise<void>
}

/** 办结 — the answer, and whether it had been given before. */
export interface Outcome {
  readonly answer: Answer | FileAnswer
  readonly repeated: boolean
}

/** Twins in this process wait for the first without holding a connection. */
const underWay = new Map<string, Promise<unknown>>()

/**
 * 办理一件事 — in one transaction: the act, the trace of it and the answer kept under its key; all or nothing.
 *
 * A request that was cut off before its answer can be sent again under the same key: it is done once.
 */
export async function carryOut(database: Database, errand: Errand): Promise<Outcome> {
  const { key } = errand
  if (!key) return perform(database, errand)
  const name = `${key.account} ${key.key}`
  while (underWay.has(name)) await underWay.get(name)
  const doing = perform(database, errand)
  underWay.set(
    name,
    doing.catch(() => {}),
  )
  try {
    return await doing
  } finally {
    underWay.delete(name)
  }
}

async function perform(database: Database, errand: Errand): Promise<Outcome> {
  const { key } = errand
  const request = requestDatabase(database, errand.limits)
  try {
    const given = key && (await answerGiven(await request.client(), key))
    if (given) {
      await request.rollback()
      return { answer: given, repeated: true }
    }
    const answer = answerOf(await errand.work(request.db))
    const client = await request.client()
    await errand.witness(client, isFile(answer) ? 200 : answer.status)
    // "Not now" and our own faults are no answers to keep: asked again, it is worked on again.
    if (key && !isFile(answer) && answer.status < 500 && answer.status !== 429)
      await keepAnswer(client, key, answer)
    await request.commit()
    return { answer, repeated: false }
  } catch (error) {
    await request.rollback()
    throw error
  }
}
