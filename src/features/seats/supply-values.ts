import { isMissing, type Measured } from '../../kernel/missing.ts'
import { type Stage, stages } from '../../kernel/stage.ts'
import type { ClassSizes } from './class-sizes.ts'
import type { ForecastGround, ForecastValue, PremisesYear } from './forecast-ground.ts'
import { type Supply, sumMeasured, totalSupply } from './seat-supply.ts'

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
        if (supply) values.push(...pair(unit, stage, year, supply))
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
  const byUnit = Map.groupBy(inUse, ({ unit }) => unit)
  const supply: (Supply | undefined)[] = ground.units.map((_, unit) => {
    const own = byUnit.get(unit)
    return own && totalSupply(own, sizes)
  })
  // Parents stand before their children: adding from the end carries every township up to the root.
  for (let unit = ground.units.length - 1; unit > 0; unit--) {
    const above = ground.units[unit]!.parent
    const own = supply[unit]
    if (above < 0 || !own) continue
    const held = supply[above]
    supply[above] = held ? added(held, own) : own
  }
  return supply
}

function added(one: Supply, other: Supply): Supply {
  return {
    rooms: sumMeasured([one.rooms, other.rooms]),
    approved: sumMeasured([one.approved, other.approved]),
  }
}

function pair(unit: number, stage: Stage, year: number, supply: Supply): ForecastValue[] {
  return [
    seatValue(unit, 'supply-rooms', stage, year, supply.rooms),
    seatValue(unit, 'supply-approved', stage, year, supply.approved),
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
