import type { FormShown } from '../form-contract.ts'

/** 表中字段 — a field as the page puts it. */
export type ShownField = FormShown['parts'][number]['fields'][number]

/** 全部字段 — those asked once and those of the lines. */
export function everyField(form: FormShown): ShownField[] {
  return [...form.parts.flatMap((part) => part.fields), ...(form.lines?.fields ?? [])]
}
