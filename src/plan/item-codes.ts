import type { Duty, Item } from './duty.ts'
import type { Indicator } from './indicator.ts'
import { type Field, fieldsOf, type ReturnForm } from './return-form.ts'

/** As much of an item's quotation as tells it from its neighbours in a list. */
const lettersShown = 24

/** 任务项、措施、指标选项 — a form with the items, measures or measured indicators of the plan listed where its `codesFrom` says. */
export function withItemCodes(
  form: ReturnForm,
  items: Iterable<Item>,
  measures: readonly Pick<Duty, 'id' | 'zh'>[],
  indicators: Iterable<Pick<Indicator, 'id' | 'zh' | 'sql'>>,
): ReturnForm {
  if (!fieldsOf(form).some(({ codesFrom }) => codesFrom)) return form
  const named = (id: string, words: string) => ({ code: id.toLowerCase(), zh: `${id} ${shorten(words)}` })
  const codes = {
    'plan-items': [...items].map(({ id, quote }) => named(id, [quote].flat()[0]!)),
    'plan-measures': measures.map(({ id, zh }) => named(id, zh)),
    'plan-indicators': [...indicators].flatMap(({ id, zh, sql }) => (sql ? [{ code: id, zh }] : [])),
  }
  const filled = (field: Field): Field =>
    field.codesFrom ? { ...field, codes: codes[field.codesFrom] } : field
  return {
    ...form,
    parts: form.parts.map((part) => ({ ...part, fields: part.fields.map(filled) })),
    ...(form.lines && { lines: { ...form.lines, fields: form.lines.fields.map(filled) } }),
  }
}

function shorten(quote: string): string {
  const letters = [...quote]
  return letters.length > lettersShown ? `${letters.slice(0, lettersShown).join('')}…` : quote
}
