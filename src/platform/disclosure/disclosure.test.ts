import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { minimise } from './minimise.ts'
import { type CountTable, smallestCell, suppressCells } from './suppress-cells.ts'
import { type Grid, gridTable, suppressGrid } from './suppress-grid.ts'

const gridOf = (counts: readonly (readonly number[])[]): Grid => ({
  rows: counts.map((_, i) => `行${i}`),
  columns: (counts[0] ?? []).map((_, j) => `列${j}`),
  counts,
})

/** Counts as they come: many small, some none, some large. */
const count = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 14 }) },
  { weight: 4, arbitrary: fc.integer({ min: 10, max: 900 }) },
)
const grids = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 6 }))
  .chain(([rows, columns]) =>
    fc.array(fc.array(count, { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  )
  .map(gridOf)

/** Towns of counties of a city, by grade: sums over three levels. */
const towns = fc
  .array(fc.array(fc.tuple(count, count, count), { minLength: 1, maxLength: 4 }), {
    minLength: 2,
    maxLength: 4,
  })
  .map((counties): CountTable => {
    const cells = new Map<string, number>()
    const sums: { total: string; parts: string[] }[] = []
    const sum = (total: string, parts: string[]) => {
      cells.set(
        total,
        parts.reduce((all, part) => all + cells.get(part)!, 0),
      )
      sums.push({ total, parts })
    }
    const columns = ['a', 'b', 'c']
    counties.forEach((county, c) => {
      county.forEach((town, t) => {
        columns.forEach((column, j) => {
          cells.set(`${c}.${t}/${column}`, town[j]!)
        })
        sum(
          `${c}.${t}/all`,
          columns.map((column) => `${c}.${t}/${column}`),
        )
      })
      for (const column of [...columns, 'all'])
        sum(
          `${c}/${column}`,
          county.map((_, t) => `${c}.${t}/${column}`),
        )
    })
    for (const column of [...columns, 'all'])
      sum(
        `city/${column}`,
        counties.map((_, c) => `${c}/${column}`),
      )
    for (const place of [...counties.map((_, c) => String(c)), 'city'])
      sums.push({ total: `${place}/all`, parts: columns.map((column) => `${place}/${column}`) })
    return { cells, sums }
  })

/** What stands against a suppressed table: an alternative that reads the same but is not small there. */
function assertCovered(table: CountTable): void {
  const { hidden, alternatives } = suppressCells(table)
  for (const [name, value] of table.cells) {
    if (value >= smallestCell) continue
    assert.ok(hidden.has(name), `${name} is shown`)
    const other = alternatives.get(name)!
    assert.ok(other.get(name)! >= smallestCell, `${name} is known to be small`)
    for (const [each, count] of other) {
      assert.ok(Number.isInteger(count) && count >= 0)
      if (!hidden.has(each)) assert.equal(count, table.cells.get(each), `${each} is shown and differs`)
    }
    for (const { total, parts } of table.sums)
      assert.equal(
        parts.reduce((sum, part) => sum + other.get(part)!, 0),
        other.get(total),
        `${total} does not add up`,
      )
  }
}

/** The attacker: from all shown cells and sums, ever narrower bounds for each hidden cell. */
function attack({ cells, sums }: CountTable, hidden: ReadonlySet<string>): Map<string, [number, number]> {
  const bounds = new Map(
    [...cells].map(([name, value]): [string, [number, number]] => [
      name,
      hidden.has(name) ? [0, Number.POSITIVE_INFINITY] : [value, value],
    ]),
  )
  const at = (name: string) => bounds.get(name)!
  for (let narrowed = true; narrowed; ) {
    narrowed = false
    const narrow = (name: string, low: number, high: number) => {
      const [oldLow, oldHigh] = at(name)
      if (low <= oldLow && high >= oldHigh) return
      bounds.set(name, [Math.max(low, oldLow), Math.min(high, oldHigh)])
      narrowed = true
    }
    for (const { total, parts } of sums) {
      const sum = (which: 0 | 1, except?: string) =>
        parts.reduce((all, part) => all + (part === except ? 0 : at(part)[which]), 0)
      narrow(total, sum(0), sum(1))
      for (const part of parts) narrow(part, at(total)[0] - sum(1, part), at(total)[1] - sum(0, part))
    }
  }
  return bounds
}

const known = (bounds: Map<string, [number, number]>, { cells }: CountTable) =>
  [...cells].filter(([name, value]) => value < smallestCell && bounds.get(name)![1] < smallestCell)

test('no small cell of any table can be worked out: there is another table that reads the same', () => {
  fc.assert(
    fc.property(grids, (grid) => assertCovered(gridTable(grid))),
    { numRuns: 400 },
  )
})

test('nor of tables with several levels of sums', () => {
  fc.assert(fc.property(towns, assertCovered), { numRuns: 60 })
})

test('an attacker with all sums bounds no small cell below the minimum', () => {
  fc.assert(
    fc.property(grids, (grid) => {
      const table = gridTable(grid)
      assert.deepEqual(known(attack(table, suppressCells(table).hidden), table), [])
    }),
    { numRuns: 300 },
  )
})

test('the attacker is worth something: it breaks a table where only the small cells are hidden', () => {
  const table = gridTable(
    gridOf([
      [3, 40, 50],
      [60, 70, 80],
      [90, 20, 30],
    ]),
  )
  const naive = new Set([...table.cells].filter(([, value]) => value < smallestCell).map(([name]) => name))
  const bounds = attack(table, naive)
  assert.deepEqual(bounds.get('0/0'), [3, 3])
  // Two in a row are still bounded by their sum.
  const row = gridTable(
    gridOf([
      [3, 4, 50],
      [60, 70, 80],
    ]),
  )
  assert.equal(known(attack(row, new Set(['0/0', '0/1'])), row).length, 2)
})

test('totals stay where they can, and a table without small cells stays whole', () => {
  const shown = suppressGrid(
    gridOf([
      [3, 40, 50],
      [60, 70, 80],
      [90, 20, 30],
    ]),
  )
  assert.deepEqual(
    shown.map((row) => row[3]),
    [93, 210, 140, 443],
  )
  assert.deepEqual(shown[3], [153, 130, 160, 443])
  assert.equal(shown.flat().filter((cell) => cell === null).length, 4)
  const whole = [
    [30, 40],
    [50, 60],
  ]
  assert.ok(
    suppressGrid(gridOf(whole))
      .flat()
      .every((cell) => cell !== null),
  )
})

test('a city’s board of eleven counties and six stages is covered whole', () => {
  const counts = Array.from({ length: 11 }, (_, i) =>
    Array.from({ length: 6 }, (_, j) => (i * 37 + j * 101) % 60),
  )
  assertCovered(gridTable(gridOf(counts)))
})

test('cells everybody knows to be 0 stay shown and serve as no cover', () => {
  const table = {
    ...gridTable(
      gridOf([
        [0, 5, 60],
        [70, 80, 90],
      ]),
    ),
    known: new Set(['0/0']),
  }
  const { hidden, alternatives } = suppressCells(table)
  assert.ok(!hidden.has('0/0') && hidden.has('0/1'))
  assert.equal(alternatives.get('0/1')!.get('0/0'), 0)
})

test('a table whose sums do not hold, or that holds no counts, is a fault', () => {
  const table = gridTable(
    gridOf([
      [3, 40],
      [50, 60],
    ]),
  )
  assert.throws(
    () => suppressCells({ ...table, cells: new Map(table.cells).set('total/total', 1) }),
    /not the sum/,
  )
  assert.throws(() => suppressCells(gridTable(gridOf([[0.5, 1.5]]))), /counts only/)
  assert.throws(() => suppressCells({ ...table, known: new Set(['0/0']) }), /known to be 0/)
})

test('the smallest of a small programme is found, bounds kept; an impossible one is said to be', () => {
  assert.deepEqual(
    minimise({ rows: [[1, 1, 1]], right: [10], upper: [4, 3, Number.POSITIVE_INFINITY], cost: [1, 2, 5] }),
    [4, 3, 3],
  )
  assert.equal(minimise({ rows: [[1, 1]], right: [10], upper: [4, 3], cost: [1, 1] }), undefined)
})
