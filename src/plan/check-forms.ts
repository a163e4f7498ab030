import { fieldsNamed, isExpression, parseExpression } from '../kernel/expression.ts'
import type { Problem } from '../kernel/problem.ts'
import type { DataCheck } from './data-check.ts'
import { factsOf } from './facts-of.ts'
import type { KnownDatum } from './known-datum.ts'
import type { Filed } from './read-layer.ts'
import { breach } from './read-shaped.ts'
import { type Field, fieldsOf, type ReturnForm } from './return-form.ts'

/**
 * 核对报表 — that a form hangs together, and that nothing is asked which is asked or known elsewhere (一数一源).
 *
 * The last is what keeps schools from writing one figure three times: a form that breaks it cannot be published.
 */
export function checkForms(
  forms: readonly Filed<ReturnForm>[],
  known: readonly Filed<KnownDatum>[],
): Problem[] {
  return [
    ...forms.flatMap((form) => [...checkParts(form), ...checkSources(form, known)]),
    ...askedTwice(forms, known),
  ]
}

function checkParts({ value: form, file }: Filed<ReturnForm>): Problem[] {
  const single = form.parts.flatMap(({ fields }) => fields)
  const ids = fieldsOf(form).map(({ id }) => id)
  const repeated = ids.filter((id, at) => ids.indexOf(id) !== at)
  const dates = new Set(single.filter(({ type }) => type === 'date').map(({ id }) => id))
  const days = [form.valid?.from, form.valid?.to].filter((day) => day !== undefined)
  return [
    ...repeated.map((id) => breach({ file }, '/parts', `字段 ${id} 出现两次，请改名`)),
    ...days
      .filter((day) => !dates.has(day))
      .map((day) => breach({ file }, '/valid', `${day} 不是本表的日期字段，请改为日期字段`)),
    ...(form.tracks === undefined ||
    fieldsOf(form).some(({ id, codesFrom }) => id === form.tracks && codesFrom)
      ? []
      : [breach({ file }, '/tracks', `${form.tracks} 不是本表用 codesFrom 列出任务项的字段，请改正`)]),
    ...(form.rhythm.kind === 'event' && !form.valid
      ? [breach({ file }, '/valid', '台账（rhythm 为 event）须用 valid 指明从哪一天起有效')]
      : []),
    ...[single, form.lines?.fields ?? []].flatMap((fields) =>
      fields.flatMap((field) => checkField(field, fields, file)),
    ),
  ]
}

function checkField(field: Field, beside: readonly Field[], file: string): Problem[] {
  const at = `/fields/${field.id}`
  const said = (text: string) => breach({ file }, at, text)
  const asks = beside.find(({ id }) => id === field.when?.field)
  const answers = asks?.type === 'yes-no' ? ['yes', 'no'] : (asks?.codes ?? []).map(({ code }) => code)
  return [
    ...((field.datum === undefined) === (field.shows === undefined)
      ? [said('datum 与 shows 二者必居其一：要么问一个新数据，要么展示已有数据')]
      : []),
    ...((field.type === 'code') === ((field.codes ?? field.codesFrom) !== undefined)
      ? []
      : [said('选项 codes（或 codesFrom）只用于、也必须用于 code 类型')]),
    ...(field.when && !answers.some((answer) => field.when?.is.includes(answer))
      ? [said(`when 所指的 ${field.when.field} 不是同一部分的选择或是否题，或没有这些答案`)]
      : []),
  ]
}

function checkSources(
  { value: form, file }: Filed<ReturnForm>,
  known: readonly Filed<KnownDatum>[],
): Problem[] {
  const facts = new Map(known.map(({ value }) => [value.id, value]))
  const single = form.parts.flatMap(({ fields }) => fields)
  const said = (at: string, text: string) => [breach({ file }, at, text)]
  const source = (id: string, at: string, isList: boolean) => {
    const fact = facts.get(id)
    if (!fact) return said(at, `没有已有数据 ${id}，请在 known/ 补上`)
    if ((fact.line !== undefined) !== isList)
      return said(at, `${fact.zh}${isList ? '不是一份清单' : '是一份清单'}，请换一个已有数据`)
    return fact.of === form.subject.each ? [] : said(at, `${fact.zh}不是本表填报对象的数据，不能展示`)
  }
  return [
    ...single.flatMap(({ id, shows }) => (shows ? source(shows, `/fields/${id}/shows`, false) : [])),
    ...checkLineSources(form, file, facts),
    ...(form.lines?.shows ? source(form.lines.shows, '/lines/shows', true) : []),
  ]
}

/** A line shows what its own list says, and asks what tells one line from another. */
function checkLineSources({ lines }: ReturnForm, file: string, facts: ReadonlyMap<string, KnownDatum>) {
  const asked = new Set(lines?.fields.flatMap(({ id, shows }) => (shows ? [] : [id])))
  const keys = (lines?.shows && facts.get(lines.shows)?.line) || []
  return [
    ...(lines?.owed && !lines.shows
      ? [breach({ file }, '/lines/owed', '没有用 shows 指明清单，就不知道哪些行应报，请补上')]
      : []),
    ...keys
      .filter((key) => !asked.has(key))
      .map((key) =>
        breach({ file }, '/lines/shows', `清单以 ${key} 区分各行，本表各行却没有问它，请补上字段`),
      ),
    ...(lines?.fields ?? [])
      .filter(({ shows }) => shows !== undefined && shows !== lines?.shows)
      .map(({ id }) =>
        breach({ file }, `/fields/${id}/shows`, '各行只能展示 lines.shows 所指的清单，请改正'),
      ),
  ]
}

/** One fact, one question: by the datum's id, and by the words a form asks it in. */
function askedTwice(forms: readonly Filed<ReturnForm>[], known: readonly Filed<KnownDatum>[]): Problem[] {
  const owner = new Map<string, string>()
  for (const { value } of known) {
    owner.set(value.id, `${value.origin}已有`)
    for (const words of [value.zh, ...(value.alsoCalled ?? [])])
      owner.set(wordsKey(words, value.of), `${value.origin}已有`)
  }
  return forms.flatMap(({ value: form, file }) =>
    fieldsOf(form).flatMap((field) => {
      if (field.datum === undefined) return []
      const keys = [
        field.datum,
        ...(form.lines?.fields.includes(field) ? [] : [wordsKey(field.zh, form.subject.each)]),
      ]
      const elsewhere = keys.map((key) => owner.get(key)).find((found) => found !== undefined)
      for (const key of keys) owner.set(key, owner.get(key) ?? `《${form.zh}》已问`)
      return elsewhere === undefined
        ? []
        : [
            breach(
              { file },
              `/fields/${field.id}`,
              `“${field.zh}”${elsewhere}，不得重复填报；请改为 shows，或写清与之不同的是什么`,
            ),
          ]
    }),
  )
}

/** The same words about the same kind of thing are the same question. */
function wordsKey(words: string, of: string): string {
  return `${of} ${words.replace(/[\s（）()的、，]/g, '')}`
}

/** 核对核验规则 — that a check speaks of a form and fields that exist, in an expression that can be read. */
export function checkChecks(
  checks: readonly Filed<DataCheck>[],
  forms: readonly Filed<ReturnForm>[],
  known: readonly Filed<KnownDatum>[],
): Problem[] {
  const byId = new Map(forms.map(({ value }) => [value.id, value]))
  return checks.flatMap(({ value: check, file }) => {
    const form = byId.get(check.form)
    if (!form) return [breach({ file }, '/form', `没有报表 ${check.form}，请在 returns/ 补上`)]
    if ((check.holds === undefined) === (check.sql === undefined))
      return [breach({ file }, '', 'holds 与 sql 二者必居其一')]
    const ids = new Set(fieldsOf(form).map(({ id }) => id))
    const strange = check.marks.filter((id) => !ids.has(id))
    return [
      ...strange.map((id) => breach({ file }, '/marks', `《${form.zh}》没有字段 ${id}`)),
      ...(check.holds === undefined ? [] : checkExpression(check.holds, form, ids, file)),
      ...checkFacts({ value: check, file }, form, [...byId.values()], known),
    ]
  })
}

function checkExpression(holds: string, form: ReturnForm, ids: ReadonlySet<string>, file: string): Problem[] {
  const parsed = parseExpression(holds)
  if (!isExpression(parsed)) return [breach({ file }, '/holds', `第 ${parsed.at + 1} 个字符处${parsed.why}`)]
  return [...fieldsNamed(parsed)]
    .filter((id) => !ids.has(id))
    .map((id) => breach({ file }, '/holds', `《${form.zh}》没有字段 ${id}`))
}

/** What is named from elsewhere is one figure of the same subject: of a book, or of another return filed by period. */
function checkFacts(
  { value: check, file }: Filed<DataCheck>,
  form: ReturnForm,
  forms: readonly ReturnForm[],
  known: readonly Filed<KnownDatum>[],
): Problem[] {
  const keys = factsOf(check)
  const said = (text: string) => breach({ file }, '/holds', text)
  const tellable = (key: string) =>
    known.some(({ value: { id, of, line } }) => id === key && of === form.subject.each && !line) ||
    forms.some((other) => isFieldOf(other, form, key))
  return [
    ...keys
      .filter((key) => !tellable(key))
      .map((key) => said(`${key} 既不是本表填报对象的已有数据，也不是其他按期报表中的字段，请核对`)),
    ...(keys.length > 0 && check.serves
      ? [said('规划任务的规则只以本表为准，不能引用表外数据；请去掉 serves，或改用 sql')]
      : []),
  ]
}

function isFieldOf(other: ReturnForm, form: ReturnForm, key: string): boolean {
  return (
    other.id !== form.id &&
    other.subject.each === form.subject.each &&
    other.rhythm.kind !== 'event' &&
    other.parts.some(({ fields }) =>
      fields.some(({ id, shows }) => shows === undefined && `${other.id}.${id}` === key),
    )
  )
}
