import type { Answers, FiledAnswers } from '../../kernel/filed-answers.ts'
import { isAsked } from './judge-filing.ts'
import type { AskedField } from './read-answer.ts'

interface LoadField extends AskedField {
  readonly shows?: string
  readonly freshEachTime?: true
}

interface LoadForm {
  readonly parts: readonly { readonly fields: readonly LoadField[] }[]
  readonly lines?: { readonly atLeast?: number; readonly fields: readonly LoadField[] }
}

/** 一份报表的负担 — how many fields it asks, and of how many the answer is there before anybody writes. */
export interface FormLoad {
  readonly fields: number
  /** Shown from the books. */
  readonly shown: number
  /** Offered from the period before, to be confirmed. */
  readonly offered: number
  /** To be written by hand; what the books should show and do not know is asked but cannot be written. */
  readonly write: number
}

/** 数填报负担 — of one filing: `written` says which fields are asked; where nothing is written yet, the period before does. */
export function countLoad(
  form: LoadForm,
  written: FiledAnswers,
  before: FiledAnswers | undefined,
  known: Answers,
): FormLoad {
  const once = form.parts.flatMap(({ fields }) => fields)
  const lines = form.lines?.fields ?? []
  const places = linesAsked(form, written, before).map((line) =>
    countPlace(lines, answersOf(written, line), answersOf(before, line), {}),
  )
  return [countPlace(once, written.once, before?.once ?? {}, known), ...places].reduce(addLoads)
}

/** 合计负担 — of several filings together. */
export function addLoads(one: FormLoad, other: FormLoad): FormLoad {
  return {
    fields: one.fields + other.fields,
    shown: one.shown + other.shown,
    offered: one.offered + other.offered,
    write: one.write + other.write,
  }
}

function linesAsked({ lines }: LoadForm, written: FiledAnswers, before: FiledAnswers | undefined): number[] {
  if (!lines) return []
  const there = written.lines.length > 0 ? written.lines : (before?.lines ?? [])
  return there.length > 0
    ? there.map(({ line }) => line)
    : Array.from({ length: lines.atLeast ?? 0 }, (_, at) => at + 1)
}

const answersOf = (filed: FiledAnswers | undefined, line: number): Answers =>
  filed?.lines.find((each) => each.line === line)?.answers ?? {}

function countPlace(
  fields: readonly LoadField[],
  written: Answers,
  before: Answers,
  known: Answers,
): FormLoad {
  const offers = Object.fromEntries(
    fields.filter(({ freshEachTime }) => !freshEachTime).map(({ id }) => [id, before[id]]),
  )
  const isEmpty = Object.values(written).every((answer) => answer === undefined)
  const answers = { ...(isEmpty && offers), ...known, ...written }
  const asked = fields.filter((field) => isAsked(field, answers))
  const [showing, asking] = [asked.filter(({ shows }) => shows), asked.filter(({ shows }) => !shows)]
  const offered = asking.filter(({ id }) => offers[id] !== undefined).length
  return {
    fields: asked.length,
    shown: showing.filter(({ id }) => known[id] !== undefined).length,
    offered,
    write: asking.length - offered,
  }
}
