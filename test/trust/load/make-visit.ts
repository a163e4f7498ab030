import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Answered, Step, Visit } from './load-scenario.ts'
import type { Tally } from './tally.ts'

/** One visitor at work. */
export interface Walk {
  readonly address: string
  readonly script: readonly Step[]
  readonly visit: Visit
  readonly tally: Tally
  /** When the first step was due, on this process's clock. */
  readonly dueAt: number
}

/** A person gives up who was sent away so often at one step, or waited so long for what should come. */
const mostTries = 20
const mostWaitMs = 180_000
const timeoutMs = 60_000

/** 走一次 — one visitor's script over connections of their own, as a browser keeps them; ends early when a step fails. */
export async function makeVisit({ address, script, visit, tally, dueAt }: Walk): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 6, localAddress: visit.caller.address })
  let due = dueAt
  try {
    for (const step of script) {
      if (step.skip?.(visit)) continue
      due = await think(step, due)
      if (!(await takeStep({ address, agent, step, visit, tally, due }))) return tally.visitEnded(false)
      due = performance.now()
    }
    tally.visitEnded(true)
  } finally {
    agent.destroy()
  }
}

async function think({ thinkMs = 0 }: Step, from: number): Promise<number> {
  if (thinkMs === 0) return from
  const until = from + thinkMs * (0.5 + Math.random())
  await sleep(until - performance.now())
  return until
}

type Asked = Omit<Asking, 'tally'>

interface Asking {
  readonly address: string
  readonly agent: Agent
  readonly step: Step
  readonly visit: Visit
  readonly tally: Tally
  readonly due: number
}

/** Asks once, or again as told (sent away) or as the step says (not there yet). */
async function takeStep({ tally, ...asking }: Asking): Promise<boolean> {
  const { step, visit } = asking
  const began = performance.now()
  let { due } = asking
  for (let tries = 0; tries < mostTries; ) {
    const answer = await ask(asking).catch((error: NodeJS.ErrnoException) => error.code ?? error.message)
    if (typeof answer === 'string') return failed(tally, `${step.name} ${answer}`)
    if (answer.status === 429 || answer.status === 503) {
      tries += 1
      const seconds = Number(answer.headers['retry-after'])
      tally.turnedAway(answer.status, seconds > 0)
      await sleep((seconds > 0 ? seconds : 1) * 1_000 * (1 + Math.random() / 2))
      due = performance.now()
      continue
    }
    if (answer.status !== 200) return failed(tally, `${step.name} ${answer.status} ${codeOf(answer)}`)
    tally.done(step.name, performance.now() - due)
    step.learn?.(answer, visit)
    if (!step.until || step.until(answer, visit)) return true
    if (performance.now() - began > mostWaitMs) return failed(tally, `${step.name} 等不到结果`)
    due = await think(step, performance.now())
  }
  return failed(tally, `${step.name} 屡次被请走`)
}

function failed(tally: Tally, kind: string): false {
  tally.failed(kind)
  return false
}

function codeOf({ body }: Answered): string {
  return body?.refusal?.code ?? body?.kind ?? ''
}

function ask({ address, agent, step, visit }: Asked): Promise<Answered> {
  const content = step.body?.(visit)
  const { cookie, address: localAddress } = visit.caller
  return new Promise((resolve, reject) => {
    const asked = request(
      address + step.path(visit),
      {
        method: step.method ?? 'GET',
        agent,
        localAddress,
        timeout: timeoutMs,
        headers: {
          'sec-fetch-site': 'same-origin',
          'accept-language': 'zh-CN',
          ...(cookie && { cookie }),
          ...(content && { 'content-type': content.type, 'content-length': content.bytes.length }),
          ...(step.keyed && {
            'idempotency-key': `${visit.run}-${visit.number}-${encodeURIComponent(step.name)}`,
          }),
        },
      },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('error', reject)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: read(Buffer.concat(parts)),
          }),
        )
      },
    )
    asked.on('timeout', () => asked.destroy(new Error(`${timeoutMs / 1_000} 秒没有答复`)))
    asked.on('error', reject)
    asked.end(content?.bytes)
  })
}

function read(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    return undefined
  }
}
