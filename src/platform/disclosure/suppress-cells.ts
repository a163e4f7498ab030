import { Fault } from '../../kernel/fault.ts'
import { minimise } from './minimise.ts'

/** 待公布的表 — counts by name, and which of them are sums of others. */
export interface CountTable {
  readonly cells: ReadonlyMap<string, number>
  readonly sums: readonly { readonly total: string; readonly parts: readonly string[] }[]
  /** Cells everybody knows to be 0, such as the senior pupils of a kindergarten: shown, and no cover for others. */
  readonly known?: ReadonlySet<string>
}

/** 抑制结果 — which cells may not be shown, and why that is enough. */
export interface Suppressed {
  readonly hidden: ReadonlySet<string>
  /** For each cell below the minimum: another table that reads the same and in which it is not below it. */
  readonly alternatives: ReadonlyMap<string, ReadonlyMap<string, number>>
}

/** Below this no count of children is published. */
export const smallestCell = 10

/**
 * 小数抑制 — hides every count below `minimum`, and so many others that none of them can be worked out again.
 *
 * For each small cell there is, afterwards, another table of whole numbers with the same sums and the same
 * shown cells in which this cell is `minimum` or more: however rows, columns and totals are subtracted, a
 * reader cannot even conclude that it is small. Which others are hidden is chosen by the cheapest change
 * that leads there (Kelly, Golden and Assad 1992), totals last. Nothing below the minimum may be published
 * elsewhere, nor percentages together with their base.
 */
export function suppressCells(table: CountTable, minimum = smallestCell): Suppressed {
  checkSums(table)
  const small = [...table.cells].filter(([name, value]) => value < minimum && !table.known?.has(name))
  const hidden = new Set(small.map(([name]) => name))
  const alternatives = new Map<string, Map<string, number>>()
  // Hiding more later only gives an earlier cell more cover: one pass is enough.
  for (const [name, value] of small.sort(([, one], [, other]) => one - other)) {
    const changes =
      cheapestChange(table, hidden, name, minimum - value) ?? raised(table, name, minimum - value)
    for (const changed of changes.keys()) hidden.add(changed)
    alternatives.set(
      name,
      new Map([...table.cells].map(([each, count]) => [each, count + (changes.get(each) ?? 0)])),
    )
  }
  return { hidden, alternatives }
}

function checkSums({ cells, sums, known }: CountTable): void {
  const countOf = (name: string) => {
    const value = cells.get(name)
    if (value === undefined || !Number.isInteger(value) || value < 0)
      throw new Fault(`cell ${name} is ${value}: a table to be published holds counts only`)
    return value
  }
  for (const { total, parts } of sums) {
    if (parts.reduce((sum, part) => sum + countOf(part), 0) !== countOf(total))
      throw new Fault(`${total} is not the sum of its parts: suppression would be worthless`)
  }
  for (const name of known ?? [])
    if (countOf(name) !== 0) throw new Fault(`cell ${name} is known to be 0 but is not`)
}

/** Totals are what readers look for: they go last. Cells hidden already cost next to nothing. */
function costs({ cells, sums }: CountTable, hidden: ReadonlySet<string>, names: readonly string[]): number[] {
  const totals = new Set(sums.map(({ total }) => total))
  return names.map((name) =>
    hidden.has(name) ? 0.001 : (1 + Math.log1p(cells.get(name) as number)) * (totals.has(name) ? 20 : 1),
  )
}

/** The cheapest way to raise one cell by `by` and keep every sum; undefined when it is not in whole numbers. */
function cheapestChange(
  table: CountTable,
  hidden: ReadonlySet<string>,
  target: string,
  by: number,
): Map<string, number> | undefined {
  const names = [...table.cells.keys()].filter((name) => name !== target && !table.known?.has(name))
  const place = new Map(names.map((name, i) => [name, i]))
  const cost = costs(table, hidden, names)
  const rows: number[][] = []
  const right: number[] = []
  for (const { total, parts } of table.sums) {
    const row = names.map(() => 0)
    let moved = 0
    for (const [name, sign] of [[total, 1] as const, ...parts.map((part) => [part, -1] as const)]) {
      if (name === target) moved -= sign * by
      else if (place.has(name)) row[place.get(name) as number]! += sign
    }
    rows.push([...row, ...row.map((value) => -value)])
    right.push(moved)
  }
  const upper = [
    ...names.map(() => Number.POSITIVE_INFINITY),
    ...names.map((name) => table.cells.get(name) as number),
  ]
  const found = minimise({ rows, right, upper, cost: [...cost, ...cost] })
  const changes = found && names.map((_, i) => found[i]! - found[names.length + i]!)
  if (!changes || changes.some((change) => Math.abs(change - Math.round(change)) > 1e-6)) return undefined
  const whole = names.flatMap((name, i) =>
    Math.round(changes[i]!) === 0 ? [] : [[name, Math.round(changes[i]!)] as const],
  )
  return new Map([[target, by], ...whole])
}

/** Always possible: raise one count at the bottom and everything it is counted in. */
function raised({ sums, known }: CountTable, target: string, by: number): Map<string, number> {
  let bottom = target
  for (
    let sum = sums.find(({ total }) => total === bottom);
    sum;
    sum = sums.find(({ total }) => total === bottom)
  ) {
    const part = sum.parts.find((each) => !known?.has(each))
    if (part === undefined) throw new Fault(`${bottom} has only parts known to be 0: it is known as well`)
    bottom = part
  }
  const changes = new Map([[bottom, by]])
  for (let grown = true; grown; ) {
    grown = false
    for (const { total, parts } of sums) {
      if (!changes.has(total) && parts.some((part) => changes.has(part))) {
        changes.set(total, by)
        grown = true
      }
    }
  }
  return changes
}
