import { createHistogram, type RecordableHistogram } from 'node:perf_hooks'

/** 一步的数字 — milliseconds from the moment it was due to its answer. */
export interface StepFigures {
  readonly count: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

/** 负载记录 — what came of every request. */
export interface Tally {
  /** Answered as wanted, so many milliseconds after it was due. */
  done(step: string, ms: number): void
  /** Sent away for a moment (429, 503); a good server says until when. */
  turnedAway(status: number, toldWhen: boolean): void
  /** Anything else, by kind. */
  failed(kind: string): void
  visitEnded(whole: boolean): void
  figures(): LoadFigures
}

/** 负载数字 — of one run. */
export interface LoadFigures {
  readonly steps: Readonly<Record<string, StepFigures>>
  readonly all: StepFigures
  /** Requests answered as wanted, per second of the run. */
  readonly perSecond: number
  readonly turnedAway: number
  readonly withoutRetryAfter: number
  readonly failures: Readonly<Record<string, number>>
  readonly visits: number
  readonly unfinished: number
  readonly seconds: number
}

/** 开记录 — figures of the time between now and `figures()`. */
export function openTally(): Tally {
  const started = performance.now()
  const steps = new Map<string, RecordableHistogram>()
  const all = createHistogram()
  const failures: Record<string, number> = {}
  let away = 0
  let withoutRetryAfter = 0
  let visits = 0
  let unfinished = 0
  return {
    done(step, ms) {
      const histogram = steps.get(step) ?? createHistogram()
      steps.set(step, histogram)
      for (const each of [histogram, all]) each.record(Math.max(1, Math.round(ms * 1_000)))
    },
    turnedAway(_status, toldWhen) {
      away += 1
      if (!toldWhen) withoutRetryAfter += 1
    },
    failed(kind) {
      failures[kind] = (failures[kind] ?? 0) + 1
    },
    visitEnded(whole) {
      visits += 1
      if (!whole) unfinished += 1
    },
    figures() {
      const seconds = (performance.now() - started) / 1_000
      return {
        steps: Object.fromEntries([...steps].map(([name, histogram]) => [name, figuresOf(histogram)])),
        all: figuresOf(all),
        perSecond: all.count / seconds,
        turnedAway: away,
        withoutRetryAfter,
        failures,
        visits,
        unfinished,
        seconds,
      }
    },
  }
}

function figuresOf(histogram: RecordableHistogram): StepFigures {
  const ms = (percent: number) => (histogram.count === 0 ? 0 : histogram.percentile(percent) / 1_000)
  return {
    count: histogram.count,
    p50: ms(50),
    p95: ms(95),
    p99: ms(99),
    max: histogram.count === 0 ? 0 : histogram.max / 1_000,
  }
}

/** 说出数字 — a line a step, and what went wrong. */
export function tellFigures(figures: LoadFigures): string[] {
  const { steps, perSecond, turnedAway, withoutRetryAfter, failures, visits, unfinished, seconds } = figures
  const line = (name: string, { count, p50, p95, p99, max }: StepFigures) =>
    `  ${name}：${count} 次，p50 ${whole(p50)}，p95 ${whole(p95)}，p99 ${whole(p99)}，最慢 ${whole(max)} 毫秒`
  const wrong = Object.entries(failures).map(([kind, count]) => `${kind} ${count} 次`)
  return [
    ...Object.entries(steps).map(([name, step]) => line(name, step)),
    `  合计 ${whole(seconds)} 秒，每秒办成 ${perSecond.toFixed(1)} 个请求；访问 ${visits} 次，没走完 ${unfinished} 次；请稍后再来 ${turnedAway} 次（没说何时 ${withoutRetryAfter} 次）；${wrong.length > 0 ? `出错：${wrong.join('，')}` : '没有出错'}`,
  ]
}

const whole = (number: number) => Math.round(number)
