/** 公布的算式 — what a reader may write down: these cells together, less those, are so many. */
export interface Equation {
  readonly cells: readonly string[]
  readonly less?: readonly string[]
  readonly sum: number
}

export type Bounds = ReadonlyMap<string, readonly [least: number, most: number]>

/**
 * 差分攻击 — from all equations a reader has, of any table and any year, ever narrower bounds for each cell.
 *
 * `least` is what the reader may suppose of a cell before any arithmetic. Besides the equations themselves their
 * differences are used, wherever one holds all cells of another: the total without the part.
 */
export function attackTables(equations: readonly Equation[], least: ReadonlyMap<string, number>): Bounds {
  const bounds = new Map<string, [number, number]>()
  for (const cell of equations.flatMap(({ cells, less = [] }) => [...cells, ...less]))
    bounds.set(cell, [least.get(cell) ?? 0, Number.POSITIVE_INFINITY])
  const all = withDifferences(equations)
  for (let narrowed = true; narrowed; ) {
    narrowed = false
    for (const equation of all) if (narrow(equation, bounds)) narrowed = true
  }
  return bounds
}

/** Each member of an equation lies within what the bounds of all others leave. */
function narrow({ cells, less = [], sum }: Equation, bounds: Map<string, [number, number]>): boolean {
  let narrowed = false
  const members = [...cells.map((cell) => [cell, 1] as const), ...less.map((cell) => [cell, -1] as const)]
  for (const [cell, sign] of members) {
    let [low, high] = [0, 0]
    for (const [other, signOfOther] of members) {
      if (other === cell) continue
      const [least, most] = bounds.get(other)!
      low += signOfOther > 0 ? least : -most
      high += signOfOther > 0 ? most : -least
    }
    const [least, most] = bounds.get(cell)!
    const [from, to] = sign > 0 ? [sum - high, sum - low] : [low - sum, high - sum]
    if (from <= least && to >= most) continue
    bounds.set(cell, [Math.max(least, from), Math.min(most, to)])
    narrowed = true
  }
  return narrowed
}

function withDifferences(equations: readonly Equation[]): Equation[] {
  const found = [...equations]
  const plain = equations.filter(({ less }) => !less)
  for (const whole of plain)
    for (const part of plain) {
      if (part.cells.length >= whole.cells.length) continue
      const inside = new Set(part.cells)
      const rest = whole.cells.filter((cell) => !inside.has(cell))
      if (rest.length === whole.cells.length - inside.size)
        found.push({ cells: rest, sum: whole.sum - part.sum })
    }
  return found
}
