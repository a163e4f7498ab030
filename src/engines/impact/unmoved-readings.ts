import type { Flip, Verdict } from './find-flips.ts'

/** 未变的读法 — what another reading of the same words says of the thing, before as after; null where it says nothing of it. */
export interface Unmoved {
  readonly reading: string
  readonly words: string | null
}

/** 并列读法 — beside each thing that flips by some reading, what the rule's other readings say of it that does not change. */
export function unmovedReadings(
  flips: readonly Flip[],
  after: readonly Verdict[],
): (Flip & { readonly unmoved?: Unmoved[] })[] {
  const readings = Map.groupBy(
    after.filter(({ reading }) => reading !== undefined),
    ({ rule }) => rule,
  )
  const said = new Map(after.map((verdict) => [keyOf(verdict), verdict.words]))
  const flipped = new Set(flips.map(keyOf))
  return flips.map((flip) => {
    if (flip.reading === undefined) return flip
    const others = new Set((readings.get(flip.rule) ?? []).map(({ reading }) => reading!))
    const unmoved = [...others]
      .filter((reading) => !flipped.has(keyOf({ ...flip, reading })))
      .map((reading) => ({ reading, words: said.get(keyOf({ ...flip, reading })) ?? null }))
    return unmoved.length > 0 ? { ...flip, unmoved } : flip
  })
}

function keyOf({ rule, unitId, subjectId, reading = '' }: Omit<Flip, 'before' | 'after'>): string {
  return JSON.stringify([rule, unitId, subjectId, reading])
}
