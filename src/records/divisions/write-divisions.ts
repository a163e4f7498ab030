import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Boundary } from '../registry/boundary.ts'
import type { County } from '../registry/county.ts'
import type { Unit } from '../registry/unit.ts'
import { writeBoundaries } from '../registry/write-boundaries.ts'
import { writeUnitLinks } from '../registry/write-unit-links.ts'
import { writeUnits } from '../registry/write-units.ts'
import type { CountyDivision, Divisions, TownshipDivision } from './divisions.ts'
import type { Outline } from './outline.ts'

/** Earlier than any figure a bureau is likely to import; the divisions' own history is not recorded. */
const from = '2000-01-01'

/** 县级单位名录 — the city and its counties as the reference table holds them. */
export function divisionCounties(city: Divisions): County[] {
  const entry = (code: number, name: string, kind: County['kind']): County => ({
    countyId: code,
    code: String(code),
    name,
    kind,
    cityId: city.code,
  })
  return [
    entry(city.code, city.name, 'city'),
    ...city.counties.map(({ code, name }) => entry(code, name, 'county')),
  ]
}

/** 登记本市 — the city's own unit. */
export async function writeCityDivision(tx: Tx, actId: number, city: Divisions): Promise<void> {
  await writeUnits(tx, actId, [unit(city.code, city, { kind: 'city' })])
}

/** 登记一县区划 — a county with its townships and villages, their links upward and their outlines. */
export async function writeCountyDivision(
  tx: Tx,
  actId: number,
  cityId: number,
  county: CountyDivision,
): Promise<void> {
  const { code: countyId, townships } = county
  await writeUnits(tx, actId, [
    unit(countyId, county, { kind: 'county' }),
    ...townships.map((township) => townshipUnit(countyId, township)),
    ...townships.flatMap(({ villages }) =>
      villages.map((village) => unit(countyId, village, { kind: 'village', urbanRural: village.urbanRural })),
    ),
  ])
  const link = (childId: number, parentId: number) =>
    ({ countyId, tree: 'administrative', childId, parentId, from }) as const
  await writeUnitLinks(tx, actId, [
    link(countyId, cityId),
    ...townships.map((township) => link(township.code, countyId)),
    ...townships.flatMap((township) => township.villages.map((village) => link(village.code, township.code))),
  ])
  await writeBoundaries(tx, [
    boundary(countyId, county.code, county.outline, false, 'tudigong（MIT），简化边界，误差0.5–1公里'),
    ...townships.map(({ code, cell }) =>
      boundary(countyId, code, cell, true, '示意：县界内距驻地最近的范围，不是法定界线'),
    ),
  ])
}

function unit(
  countyId: number,
  { code, name }: { code: number; name: string },
  more: Pick<Unit, 'kind'> & Partial<Unit>,
): Unit {
  return { countyId, unitId: code, code: String(code), name, from, ...more }
}

function townshipUnit(countyId: number, township: TownshipDivision): Unit {
  return unit(countyId, township, {
    kind: 'township',
    townshipKind: township.kind,
    seatLng: township.seat?.[0],
    seatLat: township.seat?.[1],
  })
}

function boundary(
  countyId: number,
  unitId: number,
  outline: Outline,
  indicative: boolean,
  source: string,
): Boundary {
  const geometry = { type: 'MultiPolygon', coordinates: outline }
  return { countyId, unitId, geometry, datum: 'WGS-84', indicative, source }
}
