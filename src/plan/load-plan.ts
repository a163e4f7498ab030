import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '../kernel/fault.ts'
import type { Problem } from '../kernel/problem.ts'
import { crossCheck } from './cross-check.ts'
import { type Term, TermsShape } from './glossary.ts'
import { withItemCodes } from './item-codes.ts'
import type { LayeredStandard, Plan } from './plan.ts'
import { type Filed, type LayerContent, readLayer } from './read-layer.ts'
import { readShaped } from './read-shaped.ts'
import { readSource, type Source } from './read-sources.ts'
import type { ReturnForm } from './return-form.ts'

/** 读取结果 — the plan as far as it could be read, and everything wrong with its files. */
export interface PlanReading {
  readonly plan?: Plan
  readonly problems: readonly Problem[]
}

/**
 * 读入规划 — the plan of a layer and of all it extends, or a fault that names every broken file.
 *
 * `roots` are the folders in which layers lie side by side (the repository's is `plan`).
 */
export function loadPlan(roots: string | readonly string[], layerId: string): Plan {
  const { plan, problems } = readPlan(roots, layerId)
  if (!plan || problems.length > 0) {
    throw new Fault(`规划“${layerId}”不能使用：\n${problems.map(({ text }) => text).join('\n')}`)
  }
  return plan
}

/** 读取规划 — the same without the fault: what could be read, and the problems found. */
export function readPlan(roots: string | readonly string[], layerId: string): PlanReading {
  const folders = typeof roots === 'string' ? [roots] : roots
  const problems: Problem[] = []
  const layers = readLayers(folders, layerId, problems)
  if (!layers[0]) return { problems }
  const glossary = readTerms(folders, problems)
  problems.push(...crossCheck(layers))
  return { plan: assemble(layers, glossary), problems }
}

function readLayers(roots: readonly string[], layerId: string, problems: Problem[]): LayerContent[] {
  const layers: LayerContent[] = []
  let next: string | undefined = layerId
  while (next !== undefined && !layers.some(({ manifest }) => manifest.id === next)) {
    const layer = readLayer(roots, next, problems)
    if (!layer) break
    layers.push(layer)
    next = layer.manifest.extends
  }
  return layers
}

interface Glossary {
  readonly sources: readonly Source[]
  readonly terms: readonly Term[]
}

function readTerms(roots: readonly string[], problems: Problem[]): Glossary {
  const sources = roots
    .filter((root) => existsSync(join(root, 'terms.yaml')))
    .map((root) => readSource(root, 'terms.yaml'))
  const shaped = sources.map((source) => readShaped(TermsShape, source))
  problems.push(...shaped.flatMap((each) => each.problems))
  return { sources, terms: shaped.flatMap((each) => each.value?.terms ?? []) }
}

function assemble(layers: readonly LayerContent[], glossary: Glossary): Plan {
  const own = layers[0] as LayerContent
  const duties = [...own.targets, ...own.measures, ...own.organisation]
  const items = new Map(duties.flatMap(({ value }) => value.items).map((item) => [item.id, item]))
  const measures = own.measures.map(({ value }) => value)
  const indicators = nearest(layers.flatMap((layer) => layer.indicators))
  const forms = layers.flatMap((layer) =>
    layer.forms.map(({ value, file }) => ({
      value: withItemCodes(value, items.values(), measures, indicators.values()),
      file,
    })),
  )
  return deepFreeze({
    version: versionOf(layers, glossary.sources),
    layer: own.manifest,
    layers: layers.map(({ manifest }) => manifest),
    papers: nearest(layers.flatMap(({ papers }) => papers)),
    measures,
    organisation: own.organisation.map(({ value }) => value),
    targets: own.targets.map(({ value }) => value),
    items,
    standards: layeredStandards(layers),
    indicators,
    known: nearest(layers.flatMap(({ known }) => known)),
    forms: nearest(forms),
    checks: nearest(layers.flatMap(({ checks }) => checks)),
    coverage: nearest(layers.flatMap(({ coverage }) => coverage)),
    indicatorRules: nearest(layers.flatMap(({ indicatorRules }) => indicatorRules)),
    violations: nearest(layers.flatMap(({ violations }) => violations)),
    templates: nearest(layers.flatMap(({ templates }) => templates)),
    calendar: [...nearest(layers.flatMap(({ calendar }) => calendar)).values()],
    fileOf: filesOf(layers, forms),
    cases: [...nearest(layers.flatMap(({ cases }) => cases)).values()],
    terms: nearest(glossary.terms.map((value) => ({ value, file: 'terms.yaml' }))),
  })
}

/** The first entry of an id wins: layers come nearest first. */
function nearest<T extends { readonly id: string }>(entries: readonly Filed<T>[]): Map<string, T> {
  return new Map(entries.toReversed().map(({ value }) => [value.id, value]))
}

function filesOf(
  layers: readonly LayerContent[],
  forms: readonly Filed<ReturnForm>[],
): ReadonlyMap<object, string> {
  const entries: readonly Filed<object>[] = [
    ...forms,
    ...layers.flatMap(({ checks, coverage, indicators, targets, violations }) => [
      ...checks,
      ...coverage,
      ...indicators,
      ...targets,
      ...violations,
    ]),
  ]
  const items = layers.flatMap(({ targets, measures, organisation }) =>
    [...targets, ...measures, ...organisation].flatMap(({ value, file }) =>
      value.items.map((item) => [item, file] as const),
    ),
  )
  return new Map<object, string>([...entries.map(({ value, file }) => [value, file] as const), ...items])
}

function layeredStandards(layers: readonly LayerContent[]): Map<string, readonly LayeredStandard[]> {
  const all = layers.flatMap(({ manifest, standards }) =>
    standards.map(({ value, file }): LayeredStandard => ({ layer: manifest, standard: value, file })),
  )
  return Map.groupBy(all, ({ standard }) => standard.id)
}

function versionOf(layers: readonly LayerContent[], glossary: readonly Source[]): string {
  const named = [
    ...layers.flatMap(({ manifest, sources }) =>
      sources.map(({ path, content }) => [`${manifest.id}/${path}`, content] as const),
    ),
    ...glossary.map(({ path, content }) => [path, content] as const),
  ]
  const hash = createHash('sha256')
  for (const [path, content] of named.sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${path}\0${content}\0`)
  return hash.digest('hex')
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  const parts = value instanceof Map ? value.values() : Object.values(value)
  for (const part of parts) deepFreeze(part)
  return Object.freeze(value)
}
