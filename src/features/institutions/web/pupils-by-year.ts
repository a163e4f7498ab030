import type { GradeYear } from '../contract.ts'

/** 一年在校生 — all grades together; classes are null when one grade has not filed them. */
export interface PupilYear {
  readonly year: number
  readonly pupils: number
  readonly classes: number | null
  readonly byGrade: ReadonlyMap<string, GradeYear>
}

/** 历年在校生 — in the order of the years; a year nobody filed is absent. */
export function pupilsByYear(rows: readonly GradeYear[]): PupilYear[] {
  return [...Map.groupBy(rows, ({ schoolYear }) => schoolYear)]
    .sort(([one], [other]) => one - other)
    .map(([year, own]) => ({
      year,
      pupils: own.reduce((sum, { pupils }) => sum + pupils, 0),
      classes: own.some(({ classes }) => classes === null)
        ? null
        : own.reduce((sum, { classes }) => sum + (classes ?? 0), 0),
      byGrade: new Map(own.map((row) => [row.grade, row])),
    }))
}
