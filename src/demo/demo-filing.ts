import type { ApprovalLevel } from '../kernel/approval-level.ts'
import type { Answer, FiledAnswers } from '../kernel/filed-answers.ts'
import { fieldsOf, type ReturnForm } from '../plan/index.ts'
import type { Tx } from '../platform/db/transaction-client.ts'
import { approvalPath, hasTownshipCentre } from '../records/returns/approval-path.ts'
import type { Filing } from '../records/returns/filing.ts'
import { openFiling } from '../records/returns/open-filing.ts'
import type { Subject } from '../records/returns/subject.ts'
import { enterFiling, type FilingStep, takeStep } from '../records/returns/take-step.ts'
import { type CellChange, type Writer, writeAnswers } from '../records/returns/write-answers.ts'

/** 演示结局 — how far a generated filing has come. */
export type Outcome = 'draft' | 'submitted' | 'returned' | 'approved' | 'approved-late'

interface Turn {
  readonly id: string
  readonly from: string
  readonly dueOn: string | null
}

interface Written {
  readonly outcome: Outcome
  /** What the period before said: taken over where it still helps. */
  readonly before?: FiledAnswers | undefined
  readonly answers: FiledAnswers
  /** What tells a form's rows apart where a book knows them: found there, not written by hand. */
  readonly keys?: readonly string[]
  /** Nothing is done after this day. */
  readonly today: string
}

const by = '合成数据'

/** 写一份演示填报 — through the writers of the returns: opened, answered, taken through the offices, entered; its answers. */
export async function writeFiling(
  tx: Tx,
  form: ReturnForm,
  turn: Turn,
  subject: Subject,
  { outcome, before, answers, keys = [], today }: Written,
): Promise<FiledAnswers> {
  const filing = await opened(tx, form, turn, subject)
  const taken = before ? takenOver(form, before) : { once: {}, lines: [] }
  const [book, past] = parted(cellsOf(taken), keys)
  const day = dayOf(turn, outcome, today)
  const write = (cells: readonly CellChange[], origin: Writer['origin']) =>
    writeAnswers(tx, filing, [], cells, { name: by, origin, at: `${day}T09:00:00+08:00` })
  await write(book, 'book')
  await write(past, 'before')
  if (outcome === 'draft' && before) return taken
  const full = {
    once: { ...answers.once, ...taken.once },
    lines: taken.lines.length > 0 ? merged(answers, taken) : answers.lines,
  }
  await write(
    cellsOf(full).filter((cell) => !stands(taken, cell)),
    'hand',
  )
  let standing = filing
  const path = approvalPath(form, filing, await hasTownshipCentre(tx, filing))
  for (const step of stepsTo(path, outcome, day)) {
    await takeStep(tx, standing, step)
    standing = { ...standing, revision: standing.revision + 1 }
  }
  if (outcome.startsWith('approved')) await enterFiling(tx, standing, form, full)
  return full
}

async function opened(tx: Tx, form: ReturnForm, turn: Turn, subject: Subject): Promise<Filing> {
  const filingId = await openFiling(tx, form, turn, subject, by)
  return {
    countyId: subject.countyId,
    filingId,
    formId: form.id,
    version: form.version,
    period: turn.id,
    subjectKind: subject.kind,
    subjectId: subject.id,
    dueOn: turn.dueOn,
    phase: 'draft',
    atLevel: null,
    revision: 0,
    firstSubmittedAt: null,
    approvedAt: null,
  }
}

/** What a clerk finds filled in: answers of the period before, without those wanted fresh each time. */
function takenOver(form: ReturnForm, { once, lines }: FiledAnswers): FiledAnswers {
  const fresh = new Set(fieldsOf(form).flatMap(({ id, freshEachTime }) => (freshEachTime ? [id] : [])))
  const kept = (answers: FiledAnswers['once']) =>
    Object.fromEntries(Object.entries(answers).filter(([id]) => !fresh.has(id)))
  const still = form.lines?.freshEachTime ? [] : lines
  return { once: kept(once), lines: still.map(({ line, answers }) => ({ line, answers: kept(answers) })) }
}

/** Those a book knows, and the others. */
function parted(cells: readonly CellChange[], keys: readonly string[]): [CellChange[], CellChange[]] {
  const known = ({ line, field }: CellChange) => line > 0 && keys.includes(field)
  return [cells.filter(known), cells.filter((cell) => !known(cell))]
}

function merged(answers: FiledAnswers, taken: FiledAnswers): FiledAnswers['lines'] {
  const drawn = new Map(answers.lines.map((each) => [each.line, each.answers]))
  return taken.lines.map(({ line, answers: known }) => ({ line, answers: { ...drawn.get(line), ...known } }))
}

function cellsOf({ once, lines }: FiledAnswers): CellChange[] {
  return [{ line: 0, answers: once }, ...lines].flatMap(({ line, answers }) =>
    Object.entries(answers).flatMap(([field, value]) =>
      value === undefined ? [] : [{ line, field, value, saw: null }],
    ),
  )
}

function stands(taken: FiledAnswers, { line, field }: CellChange): boolean {
  const answers = line === 0 ? taken.once : taken.lines.find((each) => each.line === line)?.answers
  return (answers?.[field] as Answer | undefined) !== undefined
}

/** Handed in five days before it is due, or twelve days after. */
function dayOf({ from, dueOn }: Turn, outcome: Outcome, today: string): string {
  const day = new Date(`${dueOn ?? from}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + (dueOn === null ? 0 : outcome === 'approved-late' ? 12 : -5))
  const done = day.toISOString().slice(0, 10)
  return done < today ? done : today
}

function stepsTo(path: readonly ApprovalLevel[], outcome: Outcome, day: string): FilingStep[] {
  const at = `${day}T10:00:00+08:00`
  const [first] = path
  const submit: FilingStep = {
    act: 'submit',
    hand: 'filler',
    after: { phase: 'submitted', atLevel: first! },
    by,
    at,
  }
  const accept = (level: ApprovalLevel): FilingStep => ({
    act: 'accept',
    hand: level,
    after: { phase: 'accepted', atLevel: level },
    by,
    at,
  })
  if (outcome === 'draft') return []
  if (outcome === 'submitted') return [submit]
  if (outcome === 'returned') {
    const reason = '合成数据：数字与上一学年相差较大，请核对后再报'
    const after = { phase: 'returned', atLevel: null } as const
    return [submit, accept(first!), { act: 'return', hand: first!, after, reason, by, at }]
  }
  const approve = (level: ApprovalLevel, next: ApprovalLevel | undefined): FilingStep => ({
    act: 'approve',
    hand: level,
    after: next ? { phase: 'submitted', atLevel: next } : { phase: 'approved', atLevel: null },
    by,
    at,
  })
  return [submit, ...path.flatMap((level, place) => [accept(level), approve(level, path[place + 1])])]
}
