import type { Answers } from '../kernel/filed-answers.ts'
import type { ReturnForm } from '../plan/index.ts'
import { commandLines } from './command-lines.ts'
import type { DemoCounty } from './demo-county.ts'

/** Where a form says of nothing in particular what its lines are, so many are made. */
const linesOtherwise = 3

/** 演示行次 — one line for each class or grade of the school, each item of the plan, or of other things a few. */
export function demoLines(
  form: ReturnForm,
  institutionId: number,
  county: DemoCounty,
  day: string,
): Answers[] {
  if (!form.lines) return []
  const command = commandLines[form.id]
  if (command) return command(county, day)
  const field = (id: string) => form.lines!.fields.find((each) => each.id === id)
  const items = field('item') ?? field('measure')
  if (items?.codes) return items.codes.map(({ code }) => ({ [items.id]: code }))
  const grades = county.classes
    .filter((each) => each.institutionId === institutionId)
    .map((each) => ({ grade: each.grade.toLowerCase(), classes: each.classes, pupils: each.pupils }))
    .filter(({ grade }) => field('grade')?.codes?.some(({ code }) => code === grade))
  if (grades.length === 0) return Array.from({ length: linesOtherwise }, () => ({}))
  return grades.flatMap(({ grade, classes: many, pupils }): Answers[] =>
    field('class')
      ? Array.from({ length: many }, (_, at) => ({
          grade,
          class: at + 1,
          ...(field('lessons') && weekOf(grade)),
        }))
      : [{ grade, 'grade-classes': many, 'grade-pupils': pupils }],
  )
}

/** A week of lessons as the national plans of courses have it. */
function weekOf(grade: string): Answers {
  if (grade === 'p1' || grade === 'p2') return { lessons: 26 }
  return { lessons: grade.startsWith('p') ? 30 : grade.startsWith('j') ? 34 : 35 }
}
