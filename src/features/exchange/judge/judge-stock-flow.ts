import { schoolYearLabel } from '../../../kernel/school-year.ts'
import { type Grade, gradesOf, type Stage, stageOfGrade } from '../../../kernel/stage.ts'
import type { CellProblem } from '../../../platform/sheets/cell-problem.ts'
import type { Enrolment } from '../../../records/registry/enrolment.ts'
import { gradeName } from '../tables/code-lists.ts'
import type { RowEntry } from './kind-rules.ts'
import { enrolmentKey, flowKey, type KnownBooks } from './known-books.ts'
import { fieldProblem } from './read-rows.ts'

/**
 * 存量流量核对 — does each grade follow from last year's, with who came and went?
 *
 * Expected = last year's next lower grade + its share of (moved in − moved out) of the stage; for the
 * first grade of a stage, the entrants on file. A figure further off than the larger of a share of the
 * expected and a number of heads is a doubt: such jumps happen, but not without a reason. Nothing is
 * said when last year is not known. Last year may stand in the books or in the same file.
 */
export function judgeStockFlow(rows: readonly RowEntry<Enrolment>[], known: KnownBooks): CellProblem[] {
  const inFile = new Map(rows.map(({ entry }) => [enrolmentKey(entry), entry]))
  const figureOf = (entry: Pick<Enrolment, 'institutionId' | 'schoolYear' | 'grade'>) =>
    (inFile.get(enrolmentKey(entry)) ?? known.enrolment.get(enrolmentKey(entry)))?.pupils
  return rows.flatMap(({ row, entry }) => {
    const expected = expectedPupils(entry, known, figureOf)
    if (!expected) return []
    const { share, heads } = known.limits.stockFlow
    const allowed = Math.max(heads, share * expected.pupils)
    const off = entry.pupils - expected.pupils
    if (Math.abs(off) <= allowed) return []
    return [
      fieldProblem(
        row,
        'pupils',
        'enrolment.stock-flow',
        `在校生 ${entry.pupils} 人，按${expected.from}应在 ${Math.round(expected.pupils)} 人左右，${off > 0 ? '多' : '少'}了 ${Math.abs(Math.round(off))} 人，超出容许的 ${Math.round(allowed)} 人—人不会凭空增减—请核对；属实的，确认时写明原因。`,
        'doubt',
      ),
    ]
  })
}

type FigureOf = (entry: Pick<Enrolment, 'institutionId' | 'schoolYear' | 'grade'>) => number | undefined

function expectedPupils(
  entry: Enrolment,
  known: KnownBooks,
  figureOf: FigureOf,
): { pupils: number; from: string } | undefined {
  const stage = stageOfGrade(entry.grade) as Stage
  const stageGrades: readonly Grade[] = gradesOf[stage]
  const flow = known.flows.get(flowKey({ ...entry, stage }))
  const place = stageGrades.indexOf(entry.grade)
  if (place === 0) {
    const entrants = flow?.entrants
    return entrants === null || entrants === undefined || stage === 'special'
      ? undefined
      : { pupils: entrants, from: `本学年登记的招生数 ${entrants} 人，` }
  }
  const lastYear = entry.schoolYear - 1
  const below = stageGrades[place - 1] as Grade
  const figure = (grade: Grade) => figureOf({ ...entry, schoolYear: lastYear, grade })
  const before = figure(below)
  if (before === undefined) return undefined
  const continuing = stageGrades.slice(0, -1).reduce((sum, grade) => sum + (figure(grade) ?? 0), 0)
  const net = (flow?.movedIn ?? 0) - (flow?.movedOut ?? 0)
  const moved = continuing > 0 ? (net * before) / continuing : 0
  const flowWords = moved === 0 ? '' : `和转入转出 ${net > 0 ? '+' : ''}${net} 人，`
  return {
    pupils: before + moved,
    from: `${schoolYearLabel(lastYear)}${gradeName(below)} ${before} 人${flowWords || '升级，'}`,
  }
}
