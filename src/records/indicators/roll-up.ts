import { type Figure, sumFigures } from './figure.ts'

/** 树上的单位 — a unit of a tree with the one above it; null stands at the top. */
export interface TreeUnit {
  readonly unitId: number
  readonly countyId: number
  readonly name: string
  readonly parentId: number | null
}

/** 汇总范围 — the units of a tree, where each institution stands, and what each that is counted adds to the figure. */
export interface RollUpGround {
  readonly units: readonly TreeUnit[]
  /** Institution → unit, also of institutions that add nothing. */
  readonly belongsTo: ReadonlyMap<number, number>
  /** Institution → its part; one whose part is owed stands here with its Missing. */
  readonly parts: ReadonlyMap<number, Figure>
  /** The figure of nobody: 0 over 0, or 0 of a plain count. */
  readonly nothing: Figure
  /** The counties of whose institutions it is told how many stand in no unit; each part says by `unitId` whose it is. */
  readonly outsideOf: ReadonlySet<number>
}

/** 单位汇总 — a unit's figure over all institutions in it and below; `unitId` is null for those in no unit of the tree. */
export interface RolledUnit {
  readonly unitId: number | null
  readonly countyId: number | null
  readonly name: string
  readonly parentId: number | null
  readonly figure: Figure
  /** Who is counted in it, and below it. */
  readonly institutions: readonly number[]
}

/**
 * 逐级汇总 — every unit of a tree as the sum of its institutions' numerators over the sum of their denominators.
 *
 * Never an average of rates; one part that is owed makes every unit above it unknown, by name. Units in which no
 * institution stands are left out; whoever stands in none comes last, so that nobody is lost and nobody counts twice.
 */
export function rollUp(ground: RollUpGround): RolledUnit[] {
  const units = new Map(ground.units.map((unit) => [unit.unitId, unit]))
  const under = new Map<number | null, number[]>()
  for (const [institution, at] of placed(ground, units)) {
    // A circle in the tree ends where it closes: each unit above counts the institution once.
    const passed = new Set<number>()
    for (let unit = units.get(at); unit && !passed.has(unit.unitId); unit = units.get(unit.parentId ?? -1)) {
      passed.add(unit.unitId)
      push(under, unit.unitId, institution)
    }
  }
  const outside = [...ground.parts].flatMap(([institution, { unitId }]) =>
    units.has(ground.belongsTo.get(institution) ?? -1) || !ground.outsideOf.has(unitId) ? [] : [institution],
  )
  const rolled = ground.units
    .filter(({ unitId }) => under.has(unitId))
    .map((unit): RolledUnit => ({ ...unit, ...totalOf(ground, unit.unitId, under.get(unit.unitId) ?? []) }))
  if (outside.length === 0) return rolled
  const rest = { unitId: null, countyId: null, name: '', parentId: null }
  return [...rolled, { ...rest, ...totalOf(ground, 0, outside) }]
}

function placed({ belongsTo }: RollUpGround, units: ReadonlyMap<number, TreeUnit>) {
  return [...belongsTo].filter(([, unit]) => units.has(unit))
}

function totalOf({ parts, nothing }: RollUpGround, unitId: number, institutions: readonly number[]) {
  const counted = institutions.filter((institution) => parts.has(institution))
  const figures = counted.map((institution) => parts.get(institution) as Figure)
  return { figure: sumFigures(unitId, [{ ...nothing, unitId }, ...figures]), institutions: counted }
}

function push(lists: Map<number | null, number[]>, key: number, value: number): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}
