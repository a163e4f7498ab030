/** 不同之处 — where two versions of one record differ: the path, what stands there now and what was sent. */
export interface Difference {
  readonly path: string
  readonly now: unknown
  readonly yours: unknown
}

/** 比较两个版本 — every leaf that differs, in the order of `now`; what only one side has is undefined on the other. */
export function differencesBetween(now: unknown, yours: unknown, path = ''): Difference[] {
  if (Object.is(now, yours)) return []
  if (!isBranch(now) || !isBranch(yours)) return [{ path: path.slice(1), now, yours }]
  const names = [...new Set([...Object.keys(now), ...Object.keys(yours)])]
  return names.flatMap((name) => differencesBetween(now[name], yours[name], `${path}/${name}`))
}

function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
