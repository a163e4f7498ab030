import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import serveStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { newNonce, pagePolicy } from '../platform/http/security-headers.ts'

/** 网页 — the built pages, and how they are given out. */
export interface ServedPages {
  /** The document for a page's address; undefined when no page can have it. */
  open(request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined
  serveFiles(server: FastifyInstance): Promise<void>
}

/** Stands in the built document where each answer puts a nonce of its own. */
const mark = 'nonce-of-this-page'

/** A file's ending, a hidden folder or a way upwards: no page has such an address, and none pretends to be there. */
const noPage = /\.\w+$|\/(\.|%2e)|\/\//i

/** 给出网页 — addresses of pages are made in the browser: all of them open the same document. */
export function servedPages(folder: string): ServedPages {
  const [before, after] = readFileSync(join(folder, 'index.html'), 'utf8').split(mark)
  return {
    open: ({ method, url }, reply) => {
      const path = url.replace(/[?#].*$/s, '')
      if (method !== 'GET' || path.startsWith('/api/') || noPage.test(path)) return undefined
      const nonce = newNonce()
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', pagePolicy(nonce))
        .send(`${before}${nonce}${after}`)
    },
    serveFiles: async (server) => {
      await server.register(serveStatic, {
        root: folder,
        index: false,
        allowedPath: (path) => path !== '/' && path !== '/index.html',
        preCompressed: false,
        setHeaders: (reply, path) => {
          reply.header(
            'cache-control',
            path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
          )
        },
      })
    },
  }
}
