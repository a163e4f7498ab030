import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '../../kernel/fault.ts'
import { type TownshipKind, type UrbanRural, urbanRuralCodes } from '../registry/unit.ts'
import type { CountyDivision, Divisions, TownshipDivision, VillageDivision } from './divisions.ts'
import type { Outline, Point } from './outline.ts'
import { readTable } from './read-table.ts'
import { townshipCells } from './township-cells.ts'
import { deriveUrbanRural } from './urban-rural-class.ts'

type Row = Record<string, string>

const townshipKinds: Readonly<Record<string, TownshipKind>> = {
  街道: 'street',
  镇: 'town',
  乡: 'township',
  其他: 'other',
}

/** 读取区划 — the city's divisions from the `divisions` and `boundaries` folders of the shipped data. */
export function readDivisions(dataFolder: string): Divisions {
  const table = (name: string) => readTable(join(dataFolder, 'divisions', `${name}.csv`))
  const outlines = readOutlines(join(dataFolder, 'boundaries/counties-wgs84.geojson'))
  const townships = Map.groupBy(table('townships'), (row) => row.county)
  const villages = Map.groupBy(table('villages'), (row) => row.code!.slice(0, 9))
  const rows = table('counties')
  const city = rows.find((row) => row.kind === 'city')
  if (!city)
    throw new Fault(`${dataFolder}/divisions/counties.csv names no city: give one row the kind "city"`)
  const counties = rows
    .filter((row) => row.kind === 'county')
    .map((row) => countyOf(row, outlines.get(row.code!), townships.get(row.code) ?? [], villages))
  return { code: Number(city.code), name: city.name!, counties }
}

function readOutlines(file: string): Map<string, Outline> {
  const { features } = JSON.parse(readFileSync(file, 'utf8')) as {
    features: { properties: { code: string }; geometry: { coordinates: Outline } }[]
  }
  return new Map(features.map(({ properties, geometry }) => [properties.code, geometry.coordinates]))
}

function countyOf(
  row: Row,
  outline: Outline | undefined,
  townships: readonly Row[],
  villages: ReadonlyMap<string, readonly Row[]>,
): CountyDivision {
  if (!outline) throw new Fault(`county ${row.code} has no outline in boundaries/counties-wgs84.geojson`)
  const kinds = townships.map((township) => kindOf(township))
  const seats = townships.map(seatOf)
  const cells = townshipCells(
    outline,
    kinds.map((kind, i) => ({ street: kind === 'street' || kind === 'other', seat: seats[i] })),
  )
  return {
    code: Number(row.code),
    name: row.name!,
    outline,
    townships: townships.map(
      (township, i): TownshipDivision => ({
        code: Number(township.code),
        name: township.name!,
        kind: kinds[i]!,
        seat: seats[i],
        cell: cells[i]!,
        villages: villagesOf(villages.get(township.code!) ?? [], kinds[i]!),
      }),
    ),
  }
}

function kindOf(township: Row): TownshipKind {
  const kind = townshipKinds[township.type!]
  if (!kind) throw new Fault(`township ${township.code} is of an unknown type "${township.type}"`)
  return kind
}

function seatOf(township: Row): Point | undefined {
  return township.lng_wgs84 ? [Number(township.lng_wgs84), Number(township.lat_wgs84)] : undefined
}

function villagesOf(rows: readonly Row[], township: TownshipKind): VillageDivision[] {
  const read = rows.map((row) => ({
    code: Number(row.code),
    name: row.name!,
    community: row.type !== '村委会',
    urbanRural: urbanRuralCodes.find((code): code is UrbanRural => code === row.urban_rural_2016),
  }))
  return read.map((village) => ({
    ...village,
    urbanRural: village.urbanRural ?? deriveUrbanRural(village.community, township, read),
    derived: village.urbanRural === undefined,
  }))
}
