import { join } from 'node:path'
import { Fault } from '../kernel/fault.ts'
import type { Stage } from '../kernel/stage.ts'
import type { Divisions } from '../records/divisions/divisions.ts'
import { readDivisions } from '../records/divisions/read-divisions.ts'
import { readTable } from '../records/divisions/read-table.ts'

/** 普查年龄组 — people of one age group of a county on 1 November 2020. */
export interface AgeGroup {
  readonly from: number
  readonly to: number
  readonly male: number
  readonly female: number
}

/** 县普查 — what the seventh census says of one county. */
export interface CountyCensus {
  readonly urban: number
  readonly rural: number
  readonly groups: readonly AgeGroup[]
}

/** 机构类别 — as the 2021 bulletin counts them; nine-year schools are counted among the junior schools. */
export const counted = [
  'kindergarten',
  'primary',
  'teachingPoint',
  'junior',
  'senior',
  'vocational',
  'special',
] as const
export type Counted = (typeof counted)[number]

/** 2021年总数 — the totals the generated city must reproduce. */
export interface CityTotals {
  readonly institutions: Readonly<Record<Counted, number>>
  readonly pupils: Readonly<Record<Stage, number>>
  readonly teachers: Readonly<Record<Stage, number>>
  readonly entrants: Readonly<Record<Exclude<Stage, 'preschool'>, number>>
  /** Children in public and public-interest kindergartens. */
  readonly inclusiveChildren: number
}

/** 生成依据 — everything real the city is generated from. */
export interface CitySource {
  readonly divisions: Divisions
  readonly census: ReadonlyMap<number, CountyCensus>
  readonly totals: CityTotals
  /** Births of Henan in 万 by calendar year. */
  readonly provinceBirths: ReadonlyMap<number, number>
}

/** 读取生成依据 — from the shipped `data` folder. */
export function readCitySource(dataFolder: string): CitySource {
  const births = readTable(join(dataFolder, 'births/henan-2011-2023.csv'))
  const divisions = readDivisions(dataFolder)
  const census = new Map(readTable(join(dataFolder, 'census/2020-county.csv')).map(censusOf))
  // The city's own row repeats the sum of its counties.
  census.delete(divisions.code)
  return {
    divisions,
    census,
    totals: readTotals(join(dataFolder, 'education/2021-city.csv')),
    provinceBirths: new Map(births.map((row) => [Number(row.year), Number(row.births_wan)])),
  }
}

function censusOf(row: Record<string, string>): [number, CountyCensus] {
  const groups = Object.keys(row)
    .filter((column) => column.startsWith('男_'))
    .map((column): AgeGroup => {
      const [from, to] = ageSpan(column.slice(2))
      return { from, to, male: Number(row[column]), female: Number(row[column.replace('男', '女')]) }
    })
  return [Number(row.区划代码), { urban: Number(row.城镇人口), rural: Number(row.乡村人口), groups }]
}

/** 0岁 → 0–0, 1到4岁 → 1–4, 85岁以上 → 85–120. */
function ageSpan(words: string): [number, number] {
  const [from, to] = words.match(/\d+/g)!.map(Number)
  if (to !== undefined) return [from!, to]
  return [from!, words.endsWith('以上') ? 120 : from!]
}

const bulletinStage: Readonly<Record<Stage, string>> = {
  preschool: '幼儿园',
  primary: '小学',
  junior: '初中',
  senior: '普通高中',
  vocational: '中等职业',
  special: '特殊教育',
}

function readTotals(file: string): CityTotals {
  const values = new Map(readTable(file).map((row) => [`${row.stage}/${row.measure}`, Number(row.value)]))
  const read = (stage: Stage, measure: string) => {
    const value = values.get(`${bulletinStage[stage]}/${measure}`)
    if (value === undefined) throw new Fault(`${file}: no ${measure} of ${bulletinStage[stage]}`)
    return value
  }
  const all = (measure: string) => ({
    primary: read('primary', measure),
    junior: read('junior', measure),
    senior: read('senior', measure),
    vocational: read('vocational', measure),
    special: read('special', measure),
  })
  const schools = all('schools')
  return {
    institutions: {
      ...schools,
      kindergarten: read('preschool', 'schools'),
      teachingPoint: read('primary', 'teaching_points'),
    },
    pupils: { ...all('pupils'), preschool: read('preschool', 'pupils') },
    teachers: { ...all('teachers'), preschool: read('preschool', 'teachers') },
    entrants: all('entrants'),
    inclusiveChildren: read('preschool', 'inclusive_pupils'),
  }
}
