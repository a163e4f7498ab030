/** 答复 — what a visitor was answered. */
export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  // biome-ignore lint/suspicious/noExplicitAny: a script looks into whatever came
  readonly body: any
}

/** 访问人 — one person with an account of their own, at an address of their own. */
export interface Caller {
  readonly account: string
  /** Absent for somebody who still has to sign in. */
  readonly cookie?: string
  /** The address of this machine's loopback network they ask from: each school has its own. */
  readonly address: string
  /** What the script needs to know of them. */
  readonly own: Readonly<Record<string, string | number | Buffer>>
}

/** 一次访问 — the caller, and what earlier steps learned. */
export interface Visit {
  readonly number: number
  /** Of this run: keys and documents of another are not the same ones. */
  readonly run: string
  readonly caller: Caller
  readonly learned: Record<string, string>
}

/** 一步 — one request of a script. */
export interface Step {
  /** Figures are told under this name. */
  readonly name: string
  readonly method?: 'GET' | 'POST' | 'PUT'
  /** Before asking; half as much to half as much again. */
  readonly thinkMs?: number
  readonly path: (visit: Visit) => string
  readonly body?: (visit: Visit) => { readonly type: string; readonly bytes: Buffer }
  /** Sent under a key, so that it may be sent again. */
  readonly keyed?: true
  /** Asked again, after thinking, until this says that what was waited for is there. */
  readonly until?: (answer: Answered, visit: Visit) => boolean
  /** Left out by whom it does not concern. */
  readonly skip?: (visit: Visit) => boolean
  readonly learn?: (answer: Answered, visit: Visit) => void
}

/**
 * 来法 — how visitors come: so many a second whatever the answers take (open), at set moments (open), or so many
 * who each begin anew when they are done (closed).
 */
export type Arrivals =
  | { readonly perSecond: number; readonly seconds: number }
  | { readonly atMs: readonly number[] }
  | { readonly users: number; readonly seconds: number }

/** 负载场景 — who comes how, and what each does. */
export interface LoadScenario {
  readonly name: string
  readonly arrivals: Arrivals
  readonly caller: (number: number) => Caller
  readonly script: readonly Step[]
}

/** 一步的 JSON 内容. */
export function jsonBody(value: object): { type: string; bytes: Buffer } {
  return { type: 'application/json', bytes: Buffer.from(JSON.stringify(value)) }
}
