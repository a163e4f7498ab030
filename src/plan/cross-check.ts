import type { Problem } from '../kernel/problem.ts'
import { checkFiled } from './check-filed.ts'
import { checkChecks, checkForms } from './check-forms.ts'
import type { CoverageDuty } from './coverage-duty.ts'
import type { Duty, Item, Target } from './duty.ts'
import type { IndicatorRule } from './indicator-rule.ts'
import { type PaperTemplate, placesOf } from './paper-template.ts'
import type { Filed, LayerContent } from './read-layer.ts'
import { breach } from './read-shaped.ts'
import type { ReturnForm } from './return-form.ts'
import type { Standard, StandardValue } from './standard.ts'
import type { ViolationList } from './violation-list.ts'

/** 层间核对 — what no single file can show: ids used twice, names of things that do not exist, gaps in time. */
export function crossCheck(layers: readonly LayerContent[]): Problem[] {
  const known = namesOf(layers)
  const forms = nearestOnly(layers.map((layer) => layer.forms))
  const facts = nearestOnly(layers.map((layer) => layer.known))
  return [
    ...layers.flatMap((layer) => checkLayer(layer, known)),
    ...checkForms(forms, facts),
    ...checkChecks(nearestOnly(layers.map((layer) => layer.checks)), forms, facts),
    ...nearestOnly(layers.map((layer) => layer.indicators)).flatMap((each) => checkFiled(each, forms)),
    ...checkServed(layers),
    ...layers.flatMap(({ coverage }) => coverage).flatMap((duty) => checkCoverage(duty, layers, forms)),
    ...layers.flatMap(({ templates }) => templates).flatMap((template) => checkTemplate(template, layers)),
    ...layers.flatMap(({ violations }) => violations).flatMap((list) => checkViolations(list, layers)),
    ...layers.flatMap(({ indicatorRules }) => indicatorRules).flatMap((rule) => checkRule(rule, layers)),
  ]
}

function checkLayer(layer: LayerContent, known: Names): Problem[] {
  return [
    ...twice([...layer.measures, ...layer.organisation, ...layer.targets]),
    ...twice(layer.standards),
    ...twice(layer.indicators),
    ...twice(layer.known),
    ...twice(layer.forms),
    ...twice(layer.checks),
    ...twice(layer.coverage),
    ...twice(layer.templates),
    ...twice(layer.indicatorRules),
    ...twice(layer.violations),
    ...[...layer.measures, ...layer.organisation].flatMap((duty) => checkDuty(duty, known)),
    ...layer.targets.flatMap((target) => checkTarget(target, known)),
    ...layer.standards.flatMap((standard) => checkStandard(standard, known)),
  ]
}

/** What holds in the end: of entries with one id, that of the nearest layer. */
function nearestOnly<T extends { readonly id: string }>(
  layers: readonly (readonly Filed<T>[])[],
): Filed<T>[] {
  const seen = new Map<string, Filed<T>>()
  for (const entry of layers.flat()) if (!seen.has(entry.value.id)) seen.set(entry.value.id, entry)
  return [...seen.values()]
}

/** What serves an item must name one that there is, in its layer or in one that extends it. */
function checkServed(layers: readonly LayerContent[]): Problem[] {
  const items = itemIds(layers)
  const serving: readonly Filed<{ readonly serves?: readonly string[] }>[] = layers.flatMap(
    ({ forms, checks, indicators }) => [...forms, ...checks, ...indicators],
  )
  return serving.flatMap(({ value, file }) =>
    (value.serves ?? [])
      .filter((item) => !items.has(item))
      .map((item) => breach({ file }, '/serves', `没有任务项 ${item}，请核对编号`)),
  )
}

/** A figure of a template must be one the plan has. */
function checkTemplate({ value, file }: Filed<PaperTemplate>, layers: readonly LayerContent[]): Problem[] {
  const of = (listed: (layer: LayerContent) => readonly Filed<{ readonly id: string }>[]) =>
    new Set(layers.flatMap(listed).map((each) => each.value.id))
  const ids: Readonly<Record<string, ReadonlySet<string>>> = {
    indicator: of(({ indicators }) => indicators),
    covered: of(({ coverage }) => coverage),
    uncovered: of(({ coverage }) => coverage),
  }
  return placesOf(value)
    .filter((place) => place.includes(':'))
    .filter((place) => !ids[place.split(':')[0]!]?.has(place.split(':')[1]!))
    .map((place) => breach({ file }, '/body', `占位 {${place}} 在规划里没有对应的指标或覆盖任务，请核对编号`))
}

function checkCoverage(
  { value, file }: Filed<CoverageDuty>,
  layers: readonly LayerContent[],
  forms: readonly Filed<ReturnForm>[],
): Problem[] {
  const published = new Set(forms.map((form) => form.value.id))
  return [
    ...(itemIds(layers).has(value.item)
      ? []
      : [breach({ file }, '/item', `没有任务项 ${value.item}，请核对编号`)]),
    ...(value.keptIn ?? [])
      .filter((id) => !published.has(id))
      .map((id) => breach({ file }, '/keptIn', `没有报表 ${id}，请在 returns/ 补上`)),
  ]
}

/** A place can be late only for a figure to be reached by a last day. */
function checkRule({ value, file }: Filed<IndicatorRule>, layers: readonly LayerContent[]): Problem[] {
  const target = layers
    .flatMap(({ targets }) => targets)
    .find((each) => each.value.id === value.target)?.value
  if (!target) return [breach({ file }, '/target', `没有目标 ${value.target}，请核对编号`)]
  return target.line !== undefined && target.items[0]?.due !== undefined
    ? []
    : [breach({ file }, '/target', `${value.target} 没有目标值或没有期限，到期与否无从判断，请改用有的目标`)]
}

/** Each kind is called what the item calls it. */
function checkViolations({ value, file }: Filed<ViolationList>, layers: readonly LayerContent[]): Problem[] {
  const item = layers
    .flatMap(({ measures, organisation }) => [...measures, ...organisation])
    .flatMap((duty) => duty.value.items)
    .find(({ id }) => id === value.item)
  if (!item) return [breach({ file }, '/item', `没有任务项 ${value.item}，请核对编号`)]
  const words = [item.quote].flat().join('')
  const items = itemIds(layers)
  const strange = value.kinds.flatMap(({ serves = [] }) => serves).filter((id) => !items.has(id))
  return [
    ...strange.map((id) => breach({ file }, '/kinds/serves', `没有任务项 ${id}，请核对编号`)),
    ...value.kinds
      .filter(({ zh }) => !words.includes(zh))
      .map(({ id, zh }) =>
        breach({ file }, `/kinds/${id}`, `${value.item} 的原文里没有“${zh}”，请照原文改正`),
      ),
  ]
}

function itemIds(layers: readonly LayerContent[]): ReadonlySet<string> {
  const duties = layers.flatMap(({ targets, measures, organisation }) => [
    ...targets,
    ...measures,
    ...organisation,
  ])
  return new Set(duties.flatMap(({ value }) => value.items.map(({ id }) => id)))
}

interface Names {
  readonly papers: ReadonlySet<string>
  readonly standards: ReadonlySet<string>
  readonly indicators: ReadonlySet<string>
}

function namesOf(layers: readonly LayerContent[]): Names {
  const ids = (entries: readonly Filed<{ readonly id: string }>[]) =>
    new Set(entries.map(({ value }) => value.id))
  return {
    papers: ids(layers.flatMap(({ papers }) => papers)),
    standards: ids(layers.flatMap(({ standards }) => standards)),
    indicators: ids(layers.flatMap(({ indicators }) => indicators)),
  }
}

function twice(entries: readonly Filed<{ readonly id: string }>[]): Problem[] {
  const first = new Map<string, string>()
  return entries.flatMap(({ value, file }) => {
    const earlier = first.get(value.id)
    first.set(value.id, earlier ?? file)
    return earlier === undefined
      ? []
      : [breach({ file }, '/id', `编号 ${value.id} 已在 ${earlier} 用过，请改号`)]
  })
}

function checkDuty({ value, file }: Filed<Duty>, known: Names): Problem[] {
  const number = value.id.startsWith('O') ? value.id : `M${Number(value.id.slice(1))}`
  const misnumbered = value.items.flatMap((item, at) => {
    const due = value.items.length === 1 && item.id === value.id ? value.id : `${number}.${at + 1}`
    return item.id === due
      ? []
      : [breach({ file }, `/items/${at}/id`, `应为 ${due}，现为 ${item.id}，请补上缺的项或改号`)]
  })
  return [...misnumbered, ...checkPaper(value, file, known), ...checkItems(value.items, file, known)]
}

function checkTarget({ value, file }: Filed<Target>, known: Names): Problem[] {
  const lines = [value.line, ...(value.otherLines ?? [])].filter((key) => key !== undefined)
  return [
    ...(value.items[0]?.id === value.id
      ? []
      : [breach({ file }, '/items/0/id', `应与目标编号 ${value.id} 相同，请改号`)]),
    ...(known.indicators.has(value.indicator)
      ? []
      : [breach({ file }, '/indicator', `没有指标 ${value.indicator}，请在 indicators/ 补上`)]),
    ...unknownKeys(lines, known, file, '/line'),
    ...checkPaper(value, file, known),
    ...checkItems(value.items, file, known),
  ]
}

function checkPaper({ paper }: { readonly paper: string }, file: string, known: Names): Problem[] {
  return known.papers.has(paper) ? [] : [breach({ file }, '/paper', `没有文件 ${paper}，请在 papers/ 补上`)]
}

function checkItems(items: readonly Item[], file: string, known: Names): Problem[] {
  return items.flatMap((item) =>
    unknownKeys(item.standards ?? [], known, file, `/items/${item.id}/standards`),
  )
}

function unknownKeys(keys: readonly string[], known: Names, file: string, field: string): Problem[] {
  return keys
    .filter((key) => !known.standards.has(key))
    .map((key) => breach({ file }, field, `没有参数 ${key}，请在 standards/ 补上`))
}

function checkStandard({ value, file }: Filed<Standard>, known: Names): Problem[] {
  const values = value.values ?? []
  const either = values.length > 0 !== (value.notEntered !== undefined)
  return [
    ...(either ? [] : [breach({ file }, '', '要么给出 values，要么写明 notEntered，二者必居其一')]),
    ...values.flatMap((each, at) => checkValue(value, each, at, file, known)),
  ]
}

function checkValue(
  standard: Standard,
  value: StandardValue,
  at: number,
  file: string,
  known: Names,
): Problem[] {
  const field = `/values/${at}`
  const next = standard.values?.[at + 1]
  const found: Problem[] = []
  if (value.to !== undefined && value.to < value.from)
    found.push(breach({ file }, field, 'to 早于 from,请改正'))
  if (next && (value.to === undefined || value.to >= next.from)) {
    found.push(breach({ file }, field, '与下一个取值的日期重叠，请写明 to'))
  }
  if (value.status === 'own' && !standard.rationale)
    found.push(breach({ file }, field, '自定参数须写明 rationale'))
  if (value.status !== 'own' && !value.cite) found.push(breach({ file }, field, '缺少出处 cite,请补上'))
  if (value.cite && 'paper' in value.cite && !known.papers.has(value.cite.paper)) {
    found.push(breach({ file }, `${field}/cite/paper`, `没有文件 ${value.cite.paper}，请在 papers/ 补上`))
  }
  return found
}
