import { judgeFiling, type Remark } from '../../engines/filing/judge-filing.ts'
import { withKnownRows } from '../../engines/filing/known-rows.ts'
import type { FiledAnswers } from '../../kernel/filed-answers.ts'
import { checkParameters, type Field, type Plan, type ReturnForm } from '../../plan/index.ts'
import { rulesOf } from './form-checks.ts'
import type { Beside } from './read-beside.ts'

/** 核验一份填报 — by the form's rules and the parameters of the day; facts the books hold count as answers. */
export function judge(
  plan: Plan,
  form: ReturnForm,
  filed: FiledAnswers,
  beside: Beside,
  day: string,
): Remark[] {
  const rules = rulesOf(plan, form.id)
  const { before, facts } = beside
  return judgeFiling(askedOnly(form), rules, withKnown(form, filed, beside), {
    ...(before && { before }),
    facts,
    parameters: checkParameters(plan, rules, day),
  })
}

/** 并入已有数据 — the answers together with what the books already say, asked once and line by line. */
export function withKnown(
  form: ReturnForm,
  filed: FiledAnswers,
  { fields, rows }: Pick<Beside, 'fields' | 'rows'>,
): FiledAnswers {
  const told = Object.entries(fields).flatMap(([id, { value }]) =>
    value === null ? [] : [[id, value] as const],
  )
  const shown = (form.lines?.fields ?? []).flatMap(({ id, shows }) => (shows ? [id] : []))
  const { once, lines } = withKnownRows(filed, rows, shown)
  return { once: { ...Object.fromEntries(told), ...once }, lines }
}

/** A fact that is only shown is owed by its own book, not by whoever fills the form. */
function askedOnly(form: ReturnForm): ReturnForm {
  const shown = (field: Field): Field => (field.shows === undefined ? field : { ...field, optional: true })
  return {
    ...form,
    parts: form.parts.map((part) => ({ ...part, fields: part.fields.map(shown) })),
    ...(form.lines && { lines: { ...form.lines, fields: form.lines.fields.map(shown) } }),
  }
}

/** 可填字段 — a field of the form that may be written, on the filing itself or on its lines. */
export function writableField(form: ReturnForm, line: number, id: string): Field | undefined {
  const fields = line === 0 ? form.parts.flatMap(({ fields }) => fields) : (form.lines?.fields ?? [])
  const field = fields.find((each) => each.id === id)
  return field?.shows === undefined ? field : undefined
}
