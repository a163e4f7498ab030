import { lookup as systemLookup } from 'node:dns'
import http, { type RequestOptions } from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction, type Socket } from 'node:net'
import { isPublicAddress } from './public-address.ts'

/** 发送设置 — `internalHosts` are names (`host` or `host:port`) inside the house that may be sent to all the same. */
export interface PostSettings {
  readonly internalHosts?: readonly string[]
  /** How names become addresses; the system's own way when absent. */
  readonly resolve?: LookupFunction
  readonly patienceMs?: number
}

/** 不能发往 — thrown for an address nothing may be sent to; the message is a Chinese sentence. */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress'
}

const insideWords =
  '这个网址指向本机、内网或特殊地址，为防止借平台探测内网，不向它发送。确需使用请管理员把它登记在 KUOYOU_WEBHOOK_HOSTS 里。'

/** 核对网址 — what can be said of an address before anyone is asked where it lies; a Chinese sentence when it is refused. */
export function refuseAddress(text: string, { internalHosts = [] }: PostSettings = {}): string | undefined {
  if (!URL.canParse(text)) return '这不是完整的网址。请从 https:// 起写全。'
  const url = new URL(text)
  if (url.username || url.password) return '网址里不能带用户名和密码。请删去。'
  if (isInternal(url, internalHosts))
    return /^https?:$/.test(url.protocol) ? undefined : '网址只能以 https:// 或 http:// 开头。请改正。'
  if (url.protocol !== 'https:') return '发往外部只能用加密的网址。请改用 https:// 开头的网址。'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) ? !isPublicAddress(host) : /(^|\.)(localhost|local|internal)\.?$/i.test(host))
    return insideWords
  return undefined
}

function isInternal({ host, hostname }: URL, internalHosts: readonly string[]): boolean {
  return internalHosts.includes(host) || internalHosts.includes(hostname)
}

/**
 * 有防护的发送 — posts to an address given by people and returns the status of the answer; follows no redirect.
 *
 * A name is looked up once, all its addresses are judged, and the connection goes to one of those very addresses
 * and is looked at again when it stands: a name that changes its mind in between (DNS rebinding) gains nothing.
 */
export async function guardedPost(
  address: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  settings: PostSettings = {},
): Promise<number> {
  const refused = refuseAddress(address, settings)
  if (refused) throw new ForbiddenAddress(refused)
  const url = new URL(address)
  const guarded = !isInternal(url, settings.internalHosts ?? [])
  const { patienceMs = 10_000 } = settings
  const options: RequestOptions = {
    method: 'POST',
    agent: false,
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    lookup: guarded ? judgedLookup(settings.resolve) : (settings.resolve ?? systemLookup),
    signal: AbortSignal.timeout(patienceMs),
  }
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, options, (answer) => {
      // What it says besides its status is of no interest, and could be without end.
      answer.destroy()
      resolve(answer.statusCode ?? 0)
    })
    request.on('error', reject)
    if (guarded) request.on('socket', (socket) => refuseWhenInside(socket, reject))
    request.end(body)
  })
}

function refuseWhenInside(socket: Socket, reject: (why: Error) => void): void {
  socket.prependOnceListener('connect', () => {
    if (isPublicAddress(socket.remoteAddress ?? '')) return
    reject(new ForbiddenAddress(insideWords))
    socket.destroy()
  })
}

function judgedLookup(resolve: LookupFunction = systemLookup): LookupFunction {
  return (name, options, done) => {
    resolve(name, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '', 0)
      const all = Array.isArray(found) ? found : [{ address: found, family: isIP(found) }]
      if (all.length === 0 || !all.every(({ address }) => isPublicAddress(address)))
        return done(new ForbiddenAddress(insideWords), '', 0)
      if (options.all) return done(null, all)
      done(null, all[0]!.address, all[0]!.family)
    })
  }
}
