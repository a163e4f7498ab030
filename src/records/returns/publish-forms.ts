import type pg from 'pg'
import { Fault } from '../../kernel/fault.ts'
import { type Field, fieldsOf, type Plan, type ReturnForm } from '../../plan/index.ts'
import { canonicalHash } from '../series/canonical-hash.ts'

/**
 * 发布报表 — keeps each form of the plan under its version, so that what was filled in it stays readable for good.
 *
 * A form whose words changed under the same version is a fault: old filings would be read by questions they were never
 * asked. Choices listed from the plan are no words of the form: new ones are added, and none that was there is taken away.
 */
export async function publishForms(pool: pg.Pool, plan: Plan): Promise<void> {
  for (const form of plan.forms.values()) {
    const hash = canonicalHash(form)
    await pool.query(
      'insert into returns.form (form_id, version, hash, definition) values ($1, $2, $3, $4) on conflict do nothing',
      [form.id, form.version, hash, JSON.stringify(form)],
    )
    const { rows } = await pool.query<{ hash: string; definition: ReturnForm }>(
      'select hash, definition from returns.form where form_id = $1 and version = $2',
      [form.id, form.version],
    )
    const kept = rows[0]!
    if (kept.hash === hash) continue
    if (canonicalHash(wordsOf(kept.definition, form)) !== canonicalHash(wordsOf(form, form)))
      throw new Fault(
        `《${form.zh}》第 ${form.version} 版的内容与已发布的不同。请把 version 改为 ${form.version + 1} 后再启动，已填的报表仍按原版保存。`,
      )
    await pool.query(
      'update returns.form set hash = $3, definition = $4 where form_id = $1 and version = $2',
      [form.id, form.version, hash, JSON.stringify(withEveryChoice(form, kept.definition))],
    )
  }
}

/** What a form says of itself: without the choices that `now` lists from the plan. */
function wordsOf(form: ReturnForm, now: ReturnForm): ReturnForm {
  const listed = new Set(fieldsOf(now).flatMap(({ id, codesFrom }) => (codesFrom ? [id] : [])))
  return withFields(form, ({ codesFrom, ...field }) => {
    if (!listed.has(field.id)) return field
    const { codes: _, ...words } = field
    return words
  })
}

function withEveryChoice(form: ReturnForm, before: ReturnForm): ReturnForm {
  const once = new Map(fieldsOf(before).map(({ id, codes }) => [id, codes ?? []]))
  return withFields(form, (field) => {
    const { codesFrom, codes = [] } = field
    if (!codesFrom) return field
    const gone = once.get(field.id)?.filter(({ code }) => !codes.some((each) => each.code === code)) ?? []
    return { ...field, codes: [...codes, ...gone] }
  })
}

function withFields(form: ReturnForm, change: (field: Field) => Field): ReturnForm {
  return {
    ...form,
    parts: form.parts.map((part) => ({ ...part, fields: part.fields.map(change) })),
    ...(form.lines && { lines: { ...form.lines, fields: form.lines.fields.map(change) } }),
  }
}
