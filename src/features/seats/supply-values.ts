import { isMissing, type Measured } from '../../kernel/missing.ts'
import { type Stage, stages } from '../../kernel/stage.ts'
import type { ClassSizes } from './class-sizes.ts'
import type { ForecastGround, ForecastValue, PremisesYear } from './forecast-ground.ts'
import { type Supply, totalSupply } from './seat-supply.ts'

/**
 * 供给值 — seats by unit, stage and school year in both counts, from the premises in use on 1 September.
 *
 * Openings and closings the book already knows take effect in their year. A unit's seats are those of its
 * institutions; a county's those of its townships. A stage nobody runs in a unit has no value.
 */
export function supplyValues(
  ground: ForecastGround,
  until: number,
  sizes: Readonly<Record<number, ClassSizes>>,
): ForecastValue[] {
  const values: ForecastValue[] = []
  const byStage = Map.groupBy(ground.premises, ({ stage }) => stage)
  for (const stage of stages) {
    const byYear = Map.groupBy(byStage.get(stage) ?? [], ({ year }) => year)
    if (byYear.size === 0) continue
    for (let year = ground.firstYear; year <= until; year++) {
      const size = sizes[year]
      if (!size) continue
      unitSupplies(ground, byYear.get(year) ?? [], size).forEach((supply, unit) => {
        if (supply) values.push(...supplyOf(unit, stage, year, supply))
      })
    }
  }
  return values
}

function unitSupplies(
  ground: ForecastGround,
  inUse: readonly PremisesYear[],
  sizes: ClassSizes,
): (Supply | undefined)[] {
  const standing = new Map<number, PremisesYear[]>()
  for (const premises of inUse) {
    for (let unit = premises.unit; unit >= 0; unit = ground.units[unit]!.parent) {
      const list = standing.get(unit)
      if (list) list.push(premises)
      else standing.set(unit, [premises])
    }
  }
  return ground.units.map((_, unit) => {
    const own = standing.get(unit)
    return own && totalSupply(own, sizes)
  })
}

/** The counts of substitutes are published where there are any. */
function supplyOf(unit: number, stage: Stage, year: number, supply: Supply): ForecastValue[] {
  const { rooms, approved } = supply.substituted
  return [
    seatValue(unit, 'supply-rooms', stage, year, supply.rooms),
    seatValue(unit, 'supply-approved', stage, year, supply.approved),
    ...(rooms > 0 ? [seatValue(unit, 'substituted-rooms', stage, year, rooms)] : []),
    ...(approved > 0 ? [seatValue(unit, 'substituted-approved', stage, year, approved)] : []),
  ]
}

function seatValue(
  unit: number,
  measure: string,
  stage: Stage,
  year: number,
  seats: Measured<number>,
): ForecastValue {
  const known = isMissing(seats) ? null : seats
  return {
    unit,
    measure,
    stage,
    grade: '',
    year,
    scenario: '',
    mean: known,
    lo80: null,
    hi80: null,
    missing: isMissing(seats) ? seats : null,
  }
}
