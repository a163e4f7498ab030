import type { FastifyReply, FastifyRequest } from 'fastify'
import ipaddr from 'ipaddr.js'

/** Names over https and over plain http on this machine: a `__Host-` cookie cannot be planted by a neighbour site. */
const cookies = {
  session: ['__Host-kuoyou', 'kuoyou_session'],
  device: ['__Host-kuoyou-device', 'kuoyou_device'],
  sso: ['__Host-kuoyou-sso', 'kuoyou_sso'],
} as const
type CookieName = keyof typeof cookies

/** 对方 — the browser a request comes from: its network, what it calls itself, its cookies. */
export interface Client {
  /** The address itself (IPv4) or its /64 (IPv6), within which a device changes its address as it likes. */
  readonly address: string
  /** The /24 (IPv4) or /56 (IPv6) the request comes from. */
  readonly network: string
  readonly agent: string
  /** Address of the platform as the browser wrote it, e.g. `https://kuoyou.example.gov.cn`. */
  readonly origin: string
  cookie(name: CookieName): string | undefined
  /** Sets it for `seconds`, or until the browser closes; without a value, removes it. */
  setCookie(name: CookieName, value: string | undefined, seconds?: number): void
}

/** 对方 — read from a request; cookies it sets go out with the reply, `whenDone`: an act that failed changes none. */
export function clientOf(
  request: FastifyRequest,
  reply: FastifyReply,
  whenDone: (set: () => void) => void,
): Client {
  const secure = request.protocol === 'https'
  const nameOf = (name: CookieName) => cookies[name][secure ? 0 : 1]
  return {
    address: addressOf(request.ip),
    network: networkOf(request.ip),
    agent: String(request.headers['user-agent'] ?? '').slice(0, 200),
    origin: `${request.protocol}://${request.host}`,
    cookie: (name) => request.cookies[nameOf(name)],
    setCookie: (name, value, seconds) => {
      const options = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const
      whenDone(() => {
        if (value === undefined) reply.clearCookie(nameOf(name), options)
        else
          reply.setCookie(nameOf(name), value, {
            ...options,
            ...(seconds !== undefined && { maxAge: seconds }),
          })
      })
    },
  }
}

/** 会话令牌 — the secret in the session cookie of a request. */
export function sessionTokenOf(request: FastifyRequest): string | undefined {
  return request.cookies[cookies.session[request.protocol === 'https' ? 0 : 1]]
}

/** 网段 — the /24 of an IPv4 address, the /56 of an IPv6 one: what one household or office usually has. */
export function networkOf(address: string): string {
  return startOf(address, { ipv4: 24, ipv6: 56 })
}

/** 来访地址 — an IPv4 address, the /64 of an IPv6 one: what one device or one shared line usually has. */
export function addressOf(address: string): string {
  return startOf(address, { ipv4: 32, ipv6: 64 })
}

function startOf(address: string, sizes: { readonly ipv4: number; readonly ipv6: number }): string {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  const bits = sizes[parsed.kind()]
  const start =
    parsed.kind() === 'ipv4'
      ? ipaddr.IPv4.networkAddressFromCIDR(`${parsed}/${bits}`)
      : ipaddr.IPv6.networkAddressFromCIDR(`${parsed}/${bits}`)
  return `${start}/${bits}`
}
