import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Arrivals, LoadScenario } from './load-scenario.ts'
import { makeVisit } from './make-visit.ts'
import { type LoadFigures, openTally } from './tally.ts'

/** More at once than this the generator does not hold: whoever comes then counts as failed. */
const mostVisits = 10_000

/**
 * 施加负载 — runs a scenario against a platform and tells what came of it.
 *
 * Visitors come at their moments, however slow the answers are, and every wait counts from the moment a request was
 * due, not from when the generator got round to sending it: a stalled server cannot hide behind requests not sent.
 */
export async function runLoad(address: string, scenario: LoadScenario): Promise<LoadFigures> {
  const { arrivals, caller, script } = scenario
  const tally = openTally()
  const run = randomBytes(4).toString('hex')
  let number = 0
  const visit = (dueAt: number) => {
    const own = number++
    return makeVisit({
      address,
      script,
      visit: { number: own, run, caller: caller(own), learned: {} },
      tally,
      dueAt,
    })
  }
  if ('users' in arrivals) {
    const end = performance.now() + arrivals.seconds * 1_000
    const user = async () => {
      while (performance.now() < end) await visit(performance.now())
    }
    await Promise.all(Array.from({ length: arrivals.users }, user))
    return tally.figures()
  }
  const going = new Set<Promise<void>>()
  const started = performance.now()
  for (const at of momentsOf(arrivals)) {
    const dueAt = started + at
    if (dueAt > performance.now()) await sleep(dueAt - performance.now())
    if (going.size >= mostVisits) {
      tally.failed('发生器已满')
      continue
    }
    const one = visit(dueAt)
    going.add(one)
    one.finally(() => going.delete(one))
  }
  await Promise.all(going)
  return tally.figures()
}

/** Independent visitors come in no order: the time between two is exponential. */
function momentsOf(arrivals: Exclude<Arrivals, { users: number }>): readonly number[] {
  if ('atMs' in arrivals) return [...arrivals.atMs].sort((one, other) => one - other)
  const moments: number[] = []
  const between = () => (-Math.log(1 - Math.random()) * 1_000) / arrivals.perSecond
  for (let at = between(); at < arrivals.seconds * 1_000; at += between()) moments.push(at)
  return moments
}
