import type { BirthTable, EnrolmentPanel } from '../../../engines/forecast/enrolment-panel.ts'
import type { Problem } from '../../../kernel/problem.ts'
import { type CsvTable, problem } from './csv-table.ts'

const keys = ['unit', 'year', 'births'] as const

/** 读出生表 — births by unit and calendar year up to `asOf`, or every problem found. */
export function readBirths(
  file: string,
  table: CsvTable,
  panel: EnrolmentPanel,
  asOf: number,
  largest: number,
): { births: BirthTable | undefined } | { problems: Problem[] } {
  const lacking = keys.filter((key) => !table.header.includes(key))
  if (lacking.length > 0) {
    return {
      problems: lacking.map((key) =>
        problem(file, 1, 'births.column-missing', `缺少列 ${key}——表头须有 unit,year,births。请补上。`),
      ),
    }
  }
  const index = new Map(panel.units.map((name, at) => [name, at]))
  const problems: Problem[] = []
  const seen = new Map<string, number>()
  const entries: BirthEntry[] = []
  for (const { line, cells } of table.rows) {
    const [unit, year, births] = keys.map((key) => cells[table.header.indexOf(key)]!) as [
      string,
      string,
      string,
    ]
    if (/^\d{4}$/.test(year) && Number(year) > asOf) continue
    const key = JSON.stringify([unit, year])
    const faults = judgeEntry(unit, year, births, index.has(unit), seen.get(key), largest)
    seen.set(key, line)
    problems.push(...faults.map(([code, why]) => problem(file, line, code, why)))
    if (faults.length === 0 && births !== '') {
      entries.push({ unit: index.get(unit)!, year: Number(year), births: Number(births) })
    }
  }
  if (problems.length > 0) return { problems }
  return { births: tableOf(entries, panel.units.length) }
}

interface BirthEntry {
  readonly unit: number
  readonly year: number
  readonly births: number
}

function judgeEntry(
  unit: string,
  year: string,
  births: string,
  known: boolean,
  earlier: number | undefined,
  largest: number,
): [string, string][] {
  const found: [string, string][] = []
  if (!/^\d{4}$/.test(year))
    found.push(['births.year', `年份“${year}”不是四位整数——出生按公历年。请改成如 2018。`])
  if (!known) found.push(['births.unit', `单位“${unit}”不在面板里——不知归谁。请核对名称或删去该行。`])
  if (earlier !== undefined) {
    found.push([
      'births.duplicate',
      `单位“${unit}”${year} 年在第 ${earlier} 行已出现——一个单位一年只能一行。请删去一行。`,
    ])
  }
  if (births !== '' && !/^\d+(\.\d+)?$/.test(births)) {
    const why = births.startsWith('-')
      ? `是负数 ${births}——出生数不能小于 0`
      : `“${births}”不是数——出生数须为数字`
    found.push(['births.number', `births 列${why}。请改正；不知道就留空。`])
  } else if (Number(births) > largest)
    found.push([
      'births.too-large',
      `births 列“${births}”超过 ${largest}——全国一年也没有这么多出生。请改正；不知道就留空。`,
    ])
  return found
}

function tableOf(entries: readonly BirthEntry[], units: number): BirthTable | undefined {
  if (entries.length === 0) return undefined
  const firstYear = entries.reduce((least, entry) => Math.min(least, entry.year), entries[0]!.year)
  const lastYear = entries.reduce((most, entry) => Math.max(most, entry.year), firstYear)
  const years = lastYear - firstYear + 1
  const cells = new Float64Array(units * years).fill(Number.NaN)
  for (const entry of entries) cells[entry.unit * years + entry.year - firstYear] = entry.births
  return { firstYear, years, cells }
}
