import { finished } from 'node:stream'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendError } from './answer.ts'

/** 限流 — how much one may ask of one process. */
export interface RateLimits {
  /** Requests a minute of one account, wherever it is signed in, its tokens included. */
  readonly accountPerMinute: number
  /** Requests a minute from one address by those not signed in: a whole school may stand behind one. */
  readonly addressPerMinute: number
  /** Requests worked on at the same time; more are sent away for a moment instead of all becoming slow. */
  readonly inFlight: number
  /** Milliseconds a request may have to wait, by what those under way and the pace of late suggest; longer, it is sent away. */
  readonly waitMs: number
}

/** 通常限流 — a person's busiest page asks some twenty things; 200 people of one school sign in within a minute. */
export const ordinaryLimits: RateLimits = {
  accountPerMinute: 600,
  addressPerMinute: 3_000,
  inFlight: 500,
  waitMs: 5_000,
}

/** 限流之门 — answers instead of the route when too much was asked; undefined lets through. */
export type RateGate = (
  request: FastifyRequest,
  reply: FastifyReply,
  account: string | undefined,
) => Promise<FastifyReply | undefined>

const addresses = 20_000

/** 设限流 — counts per account or, for strangers, per address, and bounds what is under way. Without limits, counts nothing. */
export async function limitRates(server: FastifyInstance, limits: RateLimits | undefined): Promise<RateGate> {
  if (!limits) return async () => undefined
  boundWhatIsUnderWay(server, limits)
  await server.register(rateLimit, { global: false, cache: addresses })
  const accounts = new WeakMap<FastifyRequest, string>()
  const count = server.createRateLimit({
    timeWindow: '1 minute',
    max: (request) => (accounts.has(request) ? limits.accountPerMinute : limits.addressPerMinute),
    keyGenerator: (request) => accounts.get(request) ?? `address ${request.ip}`,
  })
  return async (request, reply, account) => {
    if (account !== undefined) accounts.set(request, `account ${account}`)
    const counted = await count(request)
    if (counted.isAllowed || !counted.isExceeded) return undefined
    const seconds = Math.max(1, counted.ttlInSeconds)
    reply.header('retry-after', String(seconds))
    return sendError(reply, {
      kind: 'too-many',
      text: `${account === undefined ? '这个网络地址' : '这个账号'}一分钟内的请求太多，这一次未予办理。请 ${seconds} 秒后再试；程序调用请放慢速度，或一次多取一些。`,
    })
  }
}

/** Whether the process lives must be answered also when it has its hands full. */
const alwaysAnswered = new Set(['/api/health', '/api/ready', '/metrics'])

/** So many are let in whatever the pace: a few slow exports are no crowd. */
const fewAtOnce = 40

/** Of those told to come again some do not, and the others come later than told: half a turn is kept for each. */
const turnKept = 0.5
const longestAwayMs = 60_000

/**
 * Many waiting for a slow machine is worse than fewer who are served: whoever would wait too long is told to come back
 * when those now inside, and those sent away before, should be done. So a crowd comes back one after the other instead of
 * all at once and in vain.
 */
function boundWhatIsUnderWay(server: FastifyInstance, { inFlight, waitMs }: RateLimits): void {
  let underWay = 0
  let promisedUntil = 0
  const pace = watchPace()
  const secondsAway = (expectedMs: number) => {
    const now = performance.now()
    const turn = Math.max(promisedUntil, now + expectedMs) + turnKept * pace.gapMs()
    promisedUntil = Math.min(turn, now + longestAwayMs)
    return Math.max(2, Math.ceil((promisedUntil - now) / 1_000))
  }
  server.addHook('onRequest', async (request, reply) => {
    if (alwaysAnswered.has(request.url)) return
    const expectedMs = underWay * pace.gapMs()
    if (underWay >= inFlight || (underWay >= fewAtOnce && expectedMs > waitMs)) {
      const seconds = secondsAway(expectedMs)
      reply.header('retry-after', String(seconds))
      return sendError(reply, {
        kind: 'unavailable',
        text: `现在使用的人太多，这一步还没有办，您填的内容请先不要关闭。请 ${seconds} 秒后再试。`,
      })
    }
    if (underWay === 0) pace.begin()
    underWay += 1
    finished(reply.raw, () => {
      underWay -= 1
      pace.step()
    })
  })
}

/** The time from one answer to the next while there is work; the last twenty or so count most. */
function watchPace(): { begin(): void; step(): void; gapMs(): number } {
  let mark = performance.now()
  let gap = 0
  return {
    begin: () => {
      mark = performance.now()
    },
    step: () => {
      const now = performance.now()
      gap += (now - mark - gap) / 20
      mark = now
    },
    gapMs: () => gap,
  }
}
