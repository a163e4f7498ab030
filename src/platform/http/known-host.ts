import type { FastifyInstance } from 'fastify'
import { sendError } from './answer.ts'

/**
 * 本站域名 — refuses requests that call this platform by a name that is not its own.
 *
 * A stranger's page can point a name of its own at this machine (DNS rebinding) and would then pass for the same site.
 * Names of this machine itself are always its own; others must be listed, as browsers write them, without a port.
 */
export function refuseUnknownHosts(server: FastifyInstance, hosts: readonly string[] = []): void {
  const known = new Set(hosts.map((host) => host.toLowerCase()))
  server.addHook('onRequest', async (request, reply) => {
    const name = request.hostname.toLowerCase()
    if (isThisMachine(name) || known.has(name)) return
    return sendError(
      reply,
      {
        kind: 'denied',
        text: '这个网址不是本平台的正式网址，未予办理。请改用管理员公布的网址；管理员可在 KUOYOU_HOST 里登记本站域名。',
      },
      421,
    )
  })
}

/** 读域名清单 — names separated by commas or spaces. */
export function readHosts(list: string | undefined): string[] {
  return (list ?? '').split(/[\s,，]+/).filter((name) => name !== '')
}

/** 是否本机 — a name or address of this machine itself, as browsers write it. */
export function isThisMachine(name: string): boolean {
  return name === 'localhost' || name === '[::1]' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name)
}
