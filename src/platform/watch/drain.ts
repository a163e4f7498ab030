import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

const draining = new WeakSet<FastifyInstance>()

/** 正在腾空 — still answers everything, but wishes no more: not ready, and every connection ends with its next answer. */
export function isDraining(server: FastifyInstance): boolean {
  return draining.has(server)
}

/** 可腾空 — has the server tell its proxy to let go of a connection while it drains. */
export function makeDrainable(server: FastifyInstance): void {
  server.addHook('onSend', async (_request, reply) => {
    if (isDraining(server)) reply.header('connection', 'close')
  })
}

/**
 * 腾空 — before a node stops behind a proxy: what the proxy still sends in this time is answered as ever.
 *
 * A proxy may not send a POST a second time, so it must never meet a node that refuses it on a connection kept open from before.
 */
export async function drain(server: FastifyInstance, ms: number): Promise<void> {
  draining.add(server)
  await sleep(ms)
}
