import { readFileSync } from 'node:fs'
import { baselines } from '../src/engines/forecast/baselines/baseline.ts'
import { citySize, syntheticCity } from '../src/engines/forecast/cases/synthetic-city.ts'
import { panelShapes, syntheticPanel } from '../src/engines/forecast/cases/synthetic-panel.ts'
import { chainOfGrades, type EnrolmentPanel, panelAsOf } from '../src/engines/forecast/enrolment-panel.ts'
import { forecastPanel, type PanelForecastRow, totalGrade } from '../src/engines/forecast/forecast-panel.ts'
import { preparePanel } from '../src/engines/forecast/prepared-panel.ts'
import { projectPupils } from '../src/engines/forecast/project-pupils.ts'

const horizons = [1, 2, 3, 5]
const methods = ['ours', ...baselines.map((baseline) => baseline.name)]

/** Misses by `scope|horizon|method`, and hits of the band under the method `band`. */
type Tally = Map<string, { missed: number; actual: number }>

/** 预测基准测试 — accuracy against the baselines on the real panel and on made-up ones, and the time for a whole city. */
export async function benchForecast(): Promise<void> {
  const real = realPanel()
  const tally: Tally = new Map()
  for (const asOf of [2009, 2010, 2011, 2012, 2013]) holdAgainst(real, asOf, tally)
  printTally('60 个真实学区 PK–12(起点 2009—2013,区间只用起点以前的年份设定)', tally)
  for (const [name, shape] of Object.entries(panelShapes)) {
    const made: Tally = new Map()
    for (let seed = 1; seed <= (shape.units === 1 ? 10 : 1); seed++) {
      const panel = syntheticPanel(shape, seed)
      for (let year = 3; year < panel.years - 1; year++) holdAgainst(panel, panel.firstYear + year, made)
    }
    printTally(`${name}(合成数据)`, made)
  }
  const started = performance.now()
  const city = projectPupils(syntheticCity(citySize, 7))
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const figures = city.scenarios.reduce((sum, scenario) => sum + scenario.byGrade.mean.length, 0)
  process.stdout.write(
    `\n全市推算(合成数据,161 个单位 × 18 年级 × 12 年 × 3 情景 × 1000 次抽样,${figures} 个数):${seconds} 秒,限 10 秒\n`,
  )
}

function realPanel(): EnrolmentPanel {
  const text = readFileSync(new URL('./data/district_grade_2007_2014.csv', import.meta.url), 'utf8')
  const [header, ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(','))
  const grades = header!.slice(2)
  const units = [...new Set(rows.map((row) => row[0]!))].sort()
  const years = 8
  const cells = new Float64Array(units.length * years * grades.length).fill(Number.NaN)
  const present = new Uint8Array(units.length * years)
  for (const row of rows) {
    const at = units.indexOf(row[0]!) * years + Number(row[1]) - 2007
    present[at] = 1
    grades.forEach((_, grade) => {
      if (row[2 + grade] !== '') cells[at * grades.length + grade] = Number(row[2 + grade])
    })
  }
  const parent = new Int32Array(units.length).fill(-1)
  return {
    units,
    parent,
    grades,
    source: chainOfGrades(grades.length),
    firstYear: 2007,
    years,
    cells,
    present,
  }
}

function holdAgainst(panel: EnrolmentPanel, asOf: number, tally: Tally): void {
  const known = preparePanel(panelAsOf(panel, asOf))
  const origin = asOf - panel.firstYear
  const longest = Math.max(...horizons)
  const said = new Map<string, PanelForecastRow>()
  for (const row of forecastPanel(panel, asOf, horizons).rows)
    said.set(`${row.unit}|${row.grade}|${row.horizon}`, row)
  const rivals = baselines.map((baseline) => baseline.project(known, origin, longest))
  panel.units.forEach((unit, at) => {
    if (panel.parent.includes(at)) return
    for (const horizon of horizons.filter((ahead) => origin + ahead < panel.years)) {
      const sums = methods.map(() => 0)
      let total = 0
      let whole = true
      panel.grades.forEach((grade, which) => {
        const actual = panel.cells[(at * panel.years + origin + horizon) * panel.grades.length + which]!
        const row = said.get(`${unit}|${grade}|${horizon}`)
        if (Number.isNaN(actual) || !row) {
          whole &&= Number.isNaN(actual) && !row
          return
        }
        const rival = rivals.map(
          (paths) => paths[(at * longest + horizon - 1) * panel.grades.length + which]!,
        )
        const says = [row.mean, ...rival]
        if (says.some((value) => Number.isNaN(value))) return
        total += actual
        says.forEach((value, method) => {
          sums[method]! += value
          book(tally, `grade|${horizon}|${methods[method]}`, Math.abs(value - actual), actual)
        })
        if (actual > 0 || row.mean > 0) book(tally, `grade|${horizon}|band`, inside(row, actual), 1)
      })
      if (total === 0) continue
      sums.forEach((value, method) => {
        book(tally, `total|${horizon}|${methods[method]}`, Math.abs(value - total), total)
      })
      const row = said.get(`${unit}|${totalGrade}|${horizon}`)
      if (row && whole) book(tally, `total|${horizon}|band`, inside(row, total), 1)
    }
  })
}

function inside(row: PanelForecastRow, actual: number): number {
  return actual >= row.lo80 && actual <= row.hi80 ? 1 : 0
}

function book(tally: Tally, key: string, missed: number, actual: number): void {
  const held = tally.get(key) ?? { missed: 0, actual: 0 }
  held.missed += missed
  held.actual += actual
  tally.set(key, held)
}

function printTally(title: string, tally: Tally): void {
  const share = (key: string): number => {
    const held = tally.get(key)
    return held ? held.missed / held.actual : Number.NaN
  }
  const lines = [tableLine(['范围', '年', ...methods, '对上年', '对直线', '对升级率', '80%区间'])]
  for (const scope of ['grade', 'total']) {
    for (const horizon of horizons) {
      const wapes = methods.map((method) => share(`${scope}|${horizon}|${method}`))
      if (Number.isNaN(wapes[0]!)) continue
      const ratios = [1, 2, 3].map((rival) => (wapes[0]! / wapes[rival]!).toFixed(3))
      const figures = [scope, String(horizon), ...wapes.map((wape) => (100 * wape).toFixed(2)), ...ratios]
      lines.push(tableLine([...figures, (100 * share(`${scope}|${horizon}|band`)).toFixed(1)]))
    }
  }
  process.stdout.write(`\n${title} WAPE %\n${lines.join('\n')}\n`)
}

/** Columns wide enough for the longest method's name. */
const columnWidth = Math.max(...methods.map((method) => method.length), 8) + 2

/** Words set right in equal columns; a Chinese character takes the room of two letters. */
function tableLine(words: readonly string[]): string {
  return words
    .map(
      (word) => ' '.repeat(columnWidth - word.length - (word.match(/\p{Script=Han}/gu)?.length ?? 0)) + word,
    )
    .join('')
}
