import type { Missing } from '../../kernel/missing.ts'
import type { SchoolYear } from '../../kernel/school-year.ts'

/**
 * 指标值 — one indicator of one county (or the city) for one year, as the books give it.
 *
 * `numerator` or `denominator` is null where the books do not hold it; `denominator` is absent for a
 * plain count. `refused` says why nothing was computed.
 */
export interface Figure {
  readonly unitId: number
  readonly year: SchoolYear
  /** The day the figure speaks of. */
  readonly day: string
  readonly reading?: string
  readonly numerator: number | null
  readonly denominator?: number | null
  readonly missing: readonly Missing[]
  readonly refused?: string
}

/**
 * 取值 — numerator ÷ denominator, or the numerator of a plain count.
 *
 * Null when a part is not known, and when the denominator is 0: nobody is counted, so nothing is
 * required (a county under 200,000 people has no duty to found a special school).
 */
export function figureValue(figure: Figure): number | null {
  const { numerator, denominator } = figure
  if (numerator === null || denominator === null || denominator === 0) return null
  return denominator === undefined ? numerator : numerator / denominator
}

/** 是否不适用 — known, but nobody is counted. */
export function isIdle(figure: Figure): boolean {
  return figure.denominator === 0 && !figure.refused
}

/**
 * 全市合计 — the sums of the counties' numerators and denominators, never an average of rates.
 *
 * Unknown as soon as one county's part is unknown; the missing of all counties come along.
 */
export function sumFigures(cityId: number, parts: readonly [Figure, ...Figure[]]): Figure {
  const sum = (of: (figure: Figure) => number | null | undefined) =>
    parts.reduce<number | null>((total, part) => {
      const value = of(part)
      return total === null || value === null || value === undefined ? null : total + value
    }, 0)
  const [{ year, day, reading, denominator }] = parts
  const refused = parts.find((part) => part.refused)?.refused
  return {
    unitId: cityId,
    year,
    day,
    ...(reading !== undefined && { reading }),
    numerator: sum((part) => part.numerator),
    ...(denominator !== undefined && { denominator: sum((part) => part.denominator) }),
    missing: parts.flatMap((part) => part.missing),
    ...(refused !== undefined && { refused }),
  }
}
