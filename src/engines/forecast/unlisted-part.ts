import { type EnrolmentPanel, unitTree } from './enrolment-panel.ts'

/**
 * 未列出部分 — what a unit's own figures hold beyond the sum of the units listed under it.
 *
 * Where, in the last year, own figures exceed that sum, a nameless unit takes the difference of every
 * year, so that the listed units are not stretched to fill it. Appended after the named units; it is
 * projected with them and not published. Where the sum exceeds the own figures nothing is added and the
 * reconciliation settles it.
 */
export function withUnlistedParts(panel: EnrolmentPanel): { panel: EnrolmentPanel; parts: number[] } {
  const tree = unitTree(panel.parent)
  const parts: number[] = []
  const blocks: Float64Array[] = []
  for (const unit of tree.order) {
    const children = tree.children[unit]!
    if (children.length === 0 || !panel.present[unit * panel.years + panel.years - 1]) continue
    const rest = restOf(panel, unit, children)
    if (!rest) continue
    parts.push(unit)
    blocks.push(rest)
  }
  if (parts.length === 0) return { panel, parts }
  const years = panel.years
  const cells = joined([panel.cells, ...blocks])
  const present = new Uint8Array(panel.present.length + parts.length * years).fill(1)
  present.set(panel.present)
  return {
    panel: {
      ...panel,
      units: [...panel.units, ...parts.map((unit) => `${panel.units[unit]}(未列出部分)`)],
      parent: Int32Array.from([...panel.parent, ...parts]),
      cells,
      present,
      births: panel.births && {
        ...panel.births,
        cells: joined([panel.births.cells, unknown(parts.length * panel.births.years)]),
      },
    },
    parts,
  }
}

/** Own figures less the sum of the children, cell by cell; absent unless the last year shows more than was listed. */
function restOf(panel: EnrolmentPanel, unit: number, children: readonly number[]): Float64Array | undefined {
  const block = panel.years * panel.grades.length
  const rest = unknown(block)
  let beyond = 0
  let short = 0
  for (let cell = 0; cell < block; cell++) {
    const own = panel.cells[unit * block + cell]!
    const known = children
      .map((child) => panel.cells[child * block + cell]!)
      .filter((value) => !Number.isNaN(value))
    if (Number.isNaN(own) || known.length === 0) continue
    const difference = own - known.reduce((sum, value) => sum + value, 0)
    rest[cell] = Math.max(0, difference)
    if (cell < block - panel.grades.length) continue
    if (difference > 0) beyond += difference
    else short -= difference
  }
  return beyond > 0.5 && beyond > short ? rest : undefined
}

function unknown(size: number): Float64Array {
  return new Float64Array(size).fill(Number.NaN)
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
