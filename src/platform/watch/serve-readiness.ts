import { statfs } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import { isDraining } from './drain.ts'

/** 就绪检查 — one thing without which no request should come here; throws the Chinese sentence that says why not. */
export interface ReadyCheck {
  readonly what: string
  check(): Promise<void>
}

const Ready = Type.Object({
  ready: Type.Boolean(),
  checks: Type.Array(Type.Object({ what: Type.String(), fine: Type.Boolean(), words: Type.String() })),
})

/** A check that hangs is a check that fails: a balancer asks every few seconds. */
const patienceMs = 3_000

/**
 * 就绪接口 — `/api/ready` for a balancer: 200 when every check is fine, else 503 with what is wrong.
 *
 * Not to be mixed with `/api/health`, which tells only that the process lives: a database that is away makes
 * a node not ready, and restarting it would not help. While the server is stopping it is not ready either.
 */
export function serveReadiness(server: FastifyInstance, checks: readonly ReadyCheck[]): void {
  let stopping = false
  server.addHook('preClose', async () => {
    stopping = true
  })
  server.get(
    '/api/ready',
    { schema: { summary: '本节点能否接受请求', response: { 200: Ready, 503: Ready } } },
    async (_request, reply) => {
      const found = await Promise.all(checks.map(outcomeOf))
      if (stopping || isDraining(server)) found.push({ what: '平台', fine: false, words: '正在停止' })
      const ready = found.every(({ fine }) => fine)
      if (!ready) reply.header('retry-after', '5')
      return reply.code(ready ? 200 : 503).send({ ready, checks: found })
    },
  )
}

async function outcomeOf({
  what,
  check,
}: ReadyCheck): Promise<{ what: string; fine: boolean; words: string }> {
  const late = sleep(patienceMs, undefined, { ref: false }).then(() => {
    throw new Error(`${patienceMs / 1000} 秒内没有回应`)
  })
  late.catch(() => {})
  try {
    await Promise.race([check(), late])
    return { what, fine: true, words: '正常' }
  } catch (error) {
    return { what, fine: false, words: sayable(error) }
  }
}

/** Addresses and user names in a driver's message are no stranger's business. */
function sayable(error: unknown): string {
  return error instanceof NotReady ? error.message : '没有回应'
}

/** 未就绪 — thrown by a check with words for everyone. */
export class NotReady extends Error {}

/** 磁盘检查 — refuses below `leastGigabytes` of free space in a folder. */
export function diskCheck(folder: string, leastGigabytes: number): ReadyCheck {
  return {
    what: '磁盘',
    check: async () => {
      const { bavail, bsize } = await statfs(folder)
      if (bavail * bsize < leastGigabytes * 2 ** 30) throw new NotReady(`剩余空间不足 ${leastGigabytes} GB`)
    },
  }
}
