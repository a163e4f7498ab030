import { chainOfGrades, type EnrolmentPanel } from '../enrolment-panel.ts'
import { seededChance } from '../seeded-chance.ts'

/** 合成面板的样子 — what kind of place to make up. */
export interface PanelShape {
  readonly units: number
  readonly years: number
  readonly grades: number
  /** Pupils of an entry cohort of the middle unit. */
  readonly entry: number
  /** Yearly log growth of entry cohorts, its noise, and the noise of moving up. */
  readonly growth: number
  readonly entryNoise: number
  readonly moveNoise: number
  /** Share of cells blanked, of units that open or close on the way, and of units that start at the middle grade. */
  readonly blank?: number
  readonly turnover?: number
  readonly upper?: number
  /** Grades wander on their own instead of moving up. */
  readonly wander?: boolean
  readonly parent?: boolean
}

/** 合成面板类型(合成数据)— places unlike each other, to see whether a method holds beyond one panel. */
export const panelShapes: Readonly<Record<string, PanelShape>> = {
  小规模学校减员县: {
    units: 60,
    years: 9,
    grades: 6,
    entry: 22,
    growth: -0.05,
    entryNoise: 0.15,
    moveNoise: 0.03,
    parent: true,
  },
  增长镇: {
    units: 12,
    years: 9,
    grades: 9,
    entry: 120,
    growth: 0.06,
    entryNoise: 0.06,
    moveNoise: 0.02,
    parent: true,
  },
  噪声大: { units: 40, years: 8, grades: 12, entry: 60, growth: 0, entryNoise: 0.2, moveNoise: 0.1 },
  各年级随机游走: {
    units: 40,
    years: 8,
    grades: 8,
    entry: 80,
    growth: 0,
    entryNoise: 0.06,
    moveNoise: 0.06,
    wander: true,
  },
  开办停办: {
    units: 50,
    years: 9,
    grades: 6,
    entry: 45,
    growth: -0.03,
    entryNoise: 0.08,
    moveNoise: 0.03,
    turnover: 0.25,
    parent: true,
  },
  缺格: {
    units: 40,
    years: 8,
    grades: 9,
    entry: 70,
    growth: -0.02,
    entryNoise: 0.08,
    moveNoise: 0.03,
    blank: 0.06,
    parent: true,
  },
  含空年级: {
    units: 40,
    years: 8,
    grades: 9,
    entry: 50,
    growth: -0.02,
    entryNoise: 0.08,
    moveNoise: 0.03,
    upper: 0.4,
    parent: true,
  },
  短历史: { units: 40, years: 6, grades: 9, entry: 80, growth: -0.03, entryNoise: 0.06, moveNoise: 0.03 },
  单个区: { units: 1, years: 10, grades: 12, entry: 300, growth: -0.02, entryNoise: 0.04, moveNoise: 0.015 },
}

/** 合成面板(合成数据)— pupils counted whole, with chance in births, moves and head counts; same seed, same panel. */
export function syntheticPanel(shape: PanelShape, seed: number): EnrolmentPanel {
  const chance = seededChance(seed)
  const gauss = (): number => {
    let sum = -6
    for (let at = 0; at < 12; at++) sum += chance()
    return sum
  }
  const units = shape.units + (shape.parent ? 1 : 0)
  const cells = new Float64Array(units * shape.years * shape.grades).fill(Number.NaN)
  const present = new Uint8Array(units * shape.years)
  const luck = Array.from({ length: shape.years }, () => gauss() * shape.entryNoise * 0.3)
  for (let unit = 0; unit < shape.units; unit++) fillUnit(shape, unit, luck, chance, gauss, cells, present)
  const names = Array.from({ length: units }, (_, unit) =>
    unit < shape.units ? `合成${String(unit).padStart(3, '0')}` : '合成县',
  )
  return {
    units: names,
    parent: new Int32Array(units).map((_, unit) => (shape.parent && unit < shape.units ? shape.units : -1)),
    grades: Array.from({ length: shape.grades }, (_, grade) => `G${grade + 1}`),
    source: chainOfGrades(shape.grades),
    firstYear: 2010,
    years: shape.years,
    cells,
    present,
  }
}

function fillUnit(
  shape: PanelShape,
  unit: number,
  luck: readonly number[],
  chance: () => number,
  gauss: () => number,
  cells: Float64Array,
  present: Uint8Array,
): void {
  const size = shape.entry * Math.exp(gauss() * 0.6)
  const lean = gauss() * 0.02
  const first = chance() < (shape.upper ?? 0) ? shape.grades >> 1 : 0
  const turns = chance() < (shape.turnover ?? 0)
  const opens = turns && chance() < 0.5 ? 1 + Math.floor(chance() * (shape.years - 2)) : 0
  const closes = turns && opens === 0 ? 2 + Math.floor(chance() * (shape.years - 2)) : shape.years
  let before: number[] = []
  let level = size
  for (let year = 0; year < shape.years; year++) {
    level *= Math.exp(shape.growth + gauss() * shape.entryNoise * 0.5)
    const now: number[] = []
    for (let grade = first; grade < shape.grades; grade++) {
      const entering = level * Math.exp(luck[year]! + gauss() * shape.entryNoise)
      const own =
        before[grade] === undefined ? entering : before[grade]! * Math.exp(gauss() * shape.moveNoise)
      const moved =
        before[grade - 1] === undefined
          ? entering
          : before[grade - 1]! * Math.exp(lean + gauss() * shape.moveNoise)
      now[grade] = Math.max(0, Math.round(shape.wander ? own : grade === first ? entering : moved))
    }
    before = now
    if (year < opens || year >= closes) continue
    present[unit * shape.years + year] = 1
    for (let grade = 0; grade < shape.grades; grade++) {
      const at = (unit * shape.years + year) * shape.grades + grade
      cells[at] = chance() < (shape.blank ?? 0) ? Number.NaN : (now[grade] ?? 0)
    }
  }
}
