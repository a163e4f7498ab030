import { schoolYearLabel } from '../../../kernel/school-year.ts'
import { type Grade, gradesOf, type Stage, stageOfGrade } from '../../../kernel/stage.ts'
import type { CellProblem } from '../../../platform/sheets/cell-problem.ts'
import type { Enrolment } from '../../../records/registry/enrolment.ts'
import { gradeName } from '../tables/code-lists.ts'
import type { RowEntry } from './kind-rules.ts'
import { enrolmentKey, flowKey, type KnownBooks } from './known-books.ts'
import { type FieldRow, fieldProblem } from './read-rows.ts'

/**
 * 存量流量核对 — does each grade follow from last year's, with who came and went?
 *
 * Expected = last year's next lower grade + its share of (moved in − moved out) of the stage; for the
 * first grade of a stage, the entrants on file. Children join a kindergarten at any age, so there the
 * whole stage is held: last year + entrants − graduates + moved in − moved out. A figure further off than
 * the larger of a share of the expected and a number of heads is a doubt: such jumps happen, but not
 * without a reason. Nothing is said when last year is not known. It may stand in the books or in the file.
 */
export function judgeStockFlow(rows: readonly RowEntry<Enrolment>[], known: KnownBooks): CellProblem[] {
  const inFile = new Map(rows.map(({ entry }) => [enrolmentKey(entry), entry]))
  const figureOf: FigureOf = (entry) =>
    (inFile.get(enrolmentKey(entry)) ?? known.enrolment.get(enrolmentKey(entry)))?.pupils
  const children = rows.filter(({ entry }) => stageOfGrade(entry.grade) === 'preschool')
  const kindergartens = Map.groupBy(children, ({ entry }) => `${entry.institutionId}|${entry.schoolYear}`)
  return [
    ...rows
      .filter(({ entry }) => stageOfGrade(entry.grade) !== 'preschool')
      .flatMap(({ row, entry }) =>
        holdAgainst(row, entry.pupils, '在校生', expectedPupils(entry, known, figureOf), known),
      ),
    ...[...kindergartens.values()].flatMap(([first]) => judgeKindergarten(first!, known, figureOf)),
  ]
}

interface Expected {
  readonly pupils: number
  readonly from: string
}

function holdAgainst(
  row: FieldRow,
  pupils: number,
  words: string,
  expected: Expected | undefined,
  known: KnownBooks,
): CellProblem[] {
  if (!expected) return []
  const { share, heads } = known.limits.stockFlow
  const allowed = Math.max(heads, share * expected.pupils)
  const off = pupils - expected.pupils
  if (Math.abs(off) <= allowed) return []
  return [
    fieldProblem(
      row,
      'pupils',
      'enrolment.stock-flow',
      `${words} ${pupils} 人，按${expected.from}应在 ${Math.round(expected.pupils)} 人左右，${off > 0 ? '多' : '少'}了 ${Math.abs(Math.round(off))} 人，超出容许的 ${Math.round(allowed)} 人—人不会凭空增减—请核对；属实的，确认时写明原因。`,
      'doubt',
    ),
  ]
}

function judgeKindergarten(
  { row, entry }: RowEntry<Enrolment>,
  known: KnownBooks,
  figureOf: FigureOf,
): CellProblem[] {
  const total = (schoolYear: number) => {
    const figures = gradesOf.preschool.map((grade) => figureOf({ ...entry, schoolYear, grade }))
    const all = figures.every((figure) => figure !== undefined)
    return all ? figures.reduce((sum, figure) => sum + (figure ?? 0), 0) : undefined
  }
  const flow = known.flows.get(flowKey({ ...entry, stage: 'preschool' }))
  const [now, before] = [total(entry.schoolYear), total(entry.schoolYear - 1)]
  const { entrants, graduates, movedIn, movedOut } = flow ?? {}
  if (now === undefined || before === undefined) return []
  if (typeof entrants !== 'number' || typeof graduates !== 'number') return []
  const pupils = before + entrants - graduates + (movedIn ?? 0) - (movedOut ?? 0)
  const from = `${schoolYearLabel(entry.schoolYear - 1)}在园 ${before} 人、入园 ${entrants} 人、离园 ${graduates} 人，`
  return holdAgainst(row, now, '全园各班合计', { pupils, from }, known)
}

type FigureOf = (entry: Pick<Enrolment, 'institutionId' | 'schoolYear' | 'grade'>) => number | undefined

function expectedPupils(entry: Enrolment, known: KnownBooks, figureOf: FigureOf): Expected | undefined {
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
