import type { Share } from './scope.ts'

/** 最宽各份 — the shares without those that lie within another of them: the same reach, told shortly. */
export function broadest(shares: readonly Share[]): Share[] {
  return shares.filter(
    (share, at) =>
      !shares.some(
        (other, of) => of !== at && liesWithin(share, other) && (of < at || !liesWithin(other, share)),
      ),
  )
}

/** 共有各份 — what lies in a share of both: each of the one cut with each of the other. */
export function commonShares(some: readonly Share[], others: readonly Share[]): Share[] {
  return broadest(some.flatMap((one) => others.map((other) => cut(one, other))))
}

function liesWithin(small: Share, large: Share): boolean {
  const holds = <T>(part: readonly T[] | undefined, whole: readonly T[] | undefined) =>
    !whole || part?.every((each) => whole.includes(each)) === true
  return (
    holds(small.counties, large.counties) &&
    holds(small.institutions, large.institutions) &&
    holds(small.stages, large.stages)
  )
}

function cut(one: Share, other: Share): Share {
  const institutions = narrower(one.institutions, other.institutions)
  const stages = narrower(one.stages, other.stages)
  return {
    counties: one.counties.filter((county) => other.counties.includes(county)),
    ...(institutions && { institutions }),
    ...(stages && { stages }),
  }
}

/** 较窄 — of two lists what stands in both; one that is absent limits nothing. */
export function narrower<T>(one: readonly T[] | undefined, other: readonly T[] | undefined) {
  if (!one || !other) return one ?? other
  return other.filter((each) => one.includes(each))
}
