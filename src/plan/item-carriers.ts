import { type Item, laterRooms } from './duty.ts'
import type { Plan } from './plan.ts'

/** 承载物 — a file of the plan, or a room of the house, that carries an item. */
export interface Carrier {
  readonly kind:
    | 'room'
    | 'target'
    | 'form'
    | 'check'
    | 'coverage'
    | 'violations'
    | 'indicator'
    | 'progress'
    | 'later-room'
  readonly id: string
  readonly zh: string
  /** The file of the plan; absent for a room. */
  readonly file?: string
}

/** 承载状态 — what stands between an item of the paper and the software. */
export interface ItemCarriage {
  readonly item: Item
  /**
   * `carried` by something of its own; `later-room` while the room its rule needs is not built, whatever else serves it;
   * `tracked` where only its progress and evidence are filed; `without` anything.
   */
  readonly status: 'carried' | 'later-room' | 'tracked' | 'without'
  readonly by: readonly Carrier[]
}

/** 任务项承载 — for every item what carries it, read off the plan's own files: nobody keeps this list. */
export function carriageOf(plan: Plan): ItemCarriage[] {
  const own = ownCarriers(plan)
  const progress = progressForms(plan)
  return [...plan.items.values()].map((item): ItemCarriage => {
    const carriers = [...roomsOf(item), ...(own.get(item.id) ?? [])]
    if (item.laterRoom)
      return { item, status: 'later-room', by: [...laterOf(plan, item), ...carriers, ...progress] }
    if (carriers.length > 0) return { item, status: 'carried', by: carriers }
    return { item, status: progress.length > 0 ? 'tracked' : 'without', by: progress }
  })
}

function roomsOf({ carriedBy }: Item): Carrier[] {
  return carriedBy === 'tracked' ? [] : carriedBy.map((id) => ({ kind: 'room', id, zh: id }))
}

function laterOf(plan: Plan, item: Item): Carrier[] {
  return item.laterRoom
    ? [{ kind: 'later-room', id: item.laterRoom, zh: laterRooms[item.laterRoom], ...fileOf(plan, item) }]
    : []
}

function ownCarriers(plan: Plan): ReadonlyMap<string, readonly Carrier[]> {
  const carriers: [string, Carrier][] = []
  const add = (
    items: readonly string[],
    kind: Carrier['kind'],
    entry: { readonly id: string; readonly zh: string },
  ) => {
    const { id, zh } = entry
    for (const item of items) carriers.push([item, { kind, id, zh, ...fileOf(plan, entry) }])
  }
  for (const target of plan.targets) {
    const indicator = plan.indicators.get(target.indicator)
    // A target whose figure nothing counts is watched for, and its board stays empty: its file carries nothing.
    if (!indicator?.sql && !indicator?.boards) continue
    add([target.id], 'target', target)
    add([target.id], 'indicator', indicator)
  }
  for (const form of plan.forms.values()) if (form.tracks === undefined) add(form.serves, 'form', form)
  for (const check of plan.checks.values()) add(check.serves ?? [], 'check', check)
  for (const duty of plan.coverage.values()) add([duty.item], 'coverage', duty)
  for (const list of plan.violations.values())
    add([list.item, ...list.kinds.flatMap(({ serves = [] }) => serves)], 'violations', list)
  for (const indicator of plan.indicators.values()) add(indicator.serves ?? [], 'indicator', indicator)
  return new Map(
    [...Map.groupBy(carriers, ([item]) => item)].map(([item, of]) => [
      item,
      of.map(([, carrier]) => carrier),
    ]),
  )
}

function progressForms(plan: Plan): Carrier[] {
  return [...plan.forms.values()]
    .filter(({ tracks }) => tracks !== undefined)
    .map((form) => ({ kind: 'progress', id: form.id, zh: form.zh, ...fileOf(plan, form) }))
}

function fileOf(plan: Plan, entry: object): { file?: string } {
  const file = plan.fileOf.get(entry)
  return file === undefined ? {} : { file }
}
