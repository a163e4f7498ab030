import type pg from 'pg'
import { chinaDay } from '../../kernel/china-moment.ts'
import type { AnchorPlaces } from './anchor-book.ts'
import { anchorHead, latestAnchor } from './anchor-head.ts'
import { sealAll } from './seal-entries.ts'

const sealEveryMs = 400
const anchorCheckMs = 60_000

/** 审计看守 — ends with `stop`, which seals and anchors once more. */
export interface AuditKeeper {
  stop(): Promise<void>
}

/**
 * 看守审计 — seals what is appended within a second and anchors the chain once a day.
 *
 * A failure is told to `onFault` once until it is over, and tried again: what was appended waits safely.
 * Several copies of the platform may keep the same audit; one of them seals at a time.
 */
export function keepAudit(
  pool: pg.Pool,
  places: AnchorPlaces,
  onFault: (error: unknown) => void,
): AuditKeeper {
  let ended = false
  let waken = () => {}
  let anchorDue = 0
  const failing = new Set<string>()
  const attempt = async (what: 'seal' | 'anchor', work: () => Promise<unknown>) => {
    try {
      await work()
      failing.delete(what)
    } catch (error) {
      if (!failing.has(what)) onFault(error)
      failing.add(what)
    }
  }
  const daily = async () => {
    anchorDue = Date.now() + anchorCheckMs
    if (latestAnchor(places)?.day !== chinaDay(new Date())) await anchorHead(pool, places)
  }
  const loop = async () => {
    while (!ended) {
      await attempt('seal', () => sealAll(pool))
      if (Date.now() >= anchorDue) await attempt('anchor', daily)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, sealEveryMs)
        waken = () => {
          clearTimeout(timer)
          resolve()
        }
        if (ended) waken()
      })
    }
  }
  const over = loop()
  return {
    async stop() {
      ended = true
      waken()
      await over
      await attempt('anchor', () => anchorHead(pool, places))
    },
  }
}
