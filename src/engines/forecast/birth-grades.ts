import { gradesOf, stages } from '../../kernel/stage.ts'

/** The first grade of each stage, by its national name. */
const stageStarts = new Set<string>(stages.map((stage) => gradesOf[stage][0]!))

/**
 * 出生可及的年级 — grades whose entry may be read from births: the first two columns and every later first grade of a
 * stage, such as P1, six years after birth.
 *
 * Only where columns run on from one to the next (`source[g] = g − 1`), so that a grade is as many years older than
 * the first column as it stands after it. Which of them follow births is earned at past origins.
 */
export function birthGrades(grades: readonly string[], source: Int32Array): number[] {
  let running = true
  return grades.flatMap((name, grade) => {
    running &&= grade === 0 || source[grade] === grade - 1
    return grade < 2 || (running && stageStarts.has(name)) ? [grade] : []
  })
}
