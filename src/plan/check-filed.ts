import type { Problem } from '../kernel/problem.ts'
import type { Indicator } from './indicator.ts'
import type { Filed } from './read-layer.ts'
import { breach } from './read-shaped.ts'
import { fieldsOf, type ReturnForm } from './return-form.ts'

/** 核对填报指标 — that an indicator counted from filings names a form there is, and answers that form asks for. */
export function checkFiled(
  { value: { filed, per }, file }: Filed<Indicator>,
  forms: readonly Filed<ReturnForm>[],
): Problem[] {
  if (!filed) return []
  const form = forms.find(({ value }) => value.id === filed.form)?.value
  if (!form) return [breach({ file }, '/filed/form', `没有报表 ${filed.form}，请在 returns/ 补上`)]
  const asked = new Set(fieldsOf(form).map(({ id }) => id))
  const named = Object.values(filed).flatMap((text) =>
    [...text.matchAll(/answers->>'([^']+)'/g)].map(([, field]) => field as string),
  )
  const bySchool = form.subject.each === 'institution' || filed.institution !== undefined
  return [
    ...[...new Set(named)]
      .filter((field) => !asked.has(field))
      .map((field) => breach({ file }, '/filed', `报表 ${form.id} 没有字段 ${field}，请核对字段名`)),
    ...(bySchool === (per === undefined)
      ? []
      : [
          breach(
            { file },
            '/per',
            `报表 ${form.id} ${bySchool ? '分得到校，请删去' : '分不到校，请写明'} per: county`,
          ),
        ]),
  ]
}
