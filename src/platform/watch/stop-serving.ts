import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

/**
 * 从容停止 — takes no new request, lets those under way be answered, and after `patienceMs` cuts off what still hangs.
 *
 * Returns whether all were answered.
 */
export async function stopServing(server: FastifyInstance, patienceMs = 10_000): Promise<boolean> {
  const closed = server.close().then(() => true)
  const late = sleep(patienceMs, false, { ref: false })
  // A browser keeps its connection after its last answer: what has become idle need not be waited for.
  const sweep = setInterval(() => server.server.closeIdleConnections(), 100)
  try {
    if (await Promise.race([closed, late])) return true
    server.server.closeAllConnections()
    await closed
    return false
  } finally {
    clearInterval(sweep)
  }
}
