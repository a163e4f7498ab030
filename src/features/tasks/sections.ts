import type { Item, Plan } from '../../plan/index.ts'

/** 任务章节 — a numbered section of the paper: a measure, a target, an organisation requirement. */
export interface Section {
  readonly id: string
  readonly kind: 'measure' | 'target' | 'organisation'
  readonly zh: string
  readonly heading: string
  /** Those that bind a county or those in it; the city's own are its alone. */
  readonly items: readonly Item[]
}

/** 各章节 — the measures first, then targets, then organisation; an item that names the city alone asks nothing of a county. */
export function sectionsOf(plan: Plan): readonly Section[] {
  const asks = ({ owners }: Item) => owners.some((owner) => owner !== 'city')
  const section =
    (kind: Section['kind']) =>
    ({ id, zh, heading, items }: Omit<Section, 'kind'>): Section => ({
      id,
      kind,
      zh,
      heading,
      items: items.filter(asks),
    })
  return [
    ...plan.measures.map(section('measure')),
    ...plan.targets.map(section('target')),
    ...plan.organisation.map(section('organisation')),
  ]
}
