import { carriageOf, type ItemCarriage, type Plan } from '../../plan/index.ts'

type Carrier = ItemCarriage['by'][number]

const statusWords = {
  carried: '已承载',
  'later-room': '待建功能',
  tracked: '仅跟踪',
  without: '无着落',
} as const

const kindWords = {
  room: '功能',
  target: '目标',
  form: '报表',
  check: '核验',
  coverage: '覆盖任务',
  violations: '问题种类',
  indicator: '指标',
  progress: '进展台账',
  'later-room': '待建功能',
} as const satisfies Record<Carrier['kind'], string>

/** 逐项承载 — every item of the plan, what it stands at and the files that carry it, then the sums. */
export function printCarriage(plan: Plan): string {
  const carriage = carriageOf(plan)
  const sums = Object.entries(statusWords)
    .map(([status, zh]) => `${zh} ${carriage.filter((each) => each.status === status).length}`)
    .join('，')
  return [...carriage.map(printed), `${plan.layer.zh}：任务项 ${carriage.length} 条，${sums}`, ''].join('\n')
}

/** 逐项承载的数据 — the same for a program. */
export function carriageData(plan: Plan) {
  return carriageOf(plan).map(({ item, status, by }) => ({
    item: item.id,
    status,
    ...(item.notYet && { notYet: item.notYet }),
    by: by.map((carrier) => ({ kind: carrier.kind, id: carrier.id, zh: carrier.zh, file: placeOf(carrier) })),
  }))
}

/** 无着落的任务项 — those nothing carries and nothing tracks, as sentences. */
export function uncarried(plan: Plan): string[] {
  return carriageOf(plan)
    .filter(({ status }) => status === 'without')
    .map(
      ({ item }) =>
        `${item.id} 没有着落：没有功能、报表、覆盖任务、核验或指标承载它，也没有进展台账收它的佐证，请在规划数据中补上。`,
    )
}

function printed({ item, status, by }: ItemCarriage): string {
  const files = by.map((carrier) => `${kindWords[carrier.kind]}“${carrier.zh}” ${placeOf(carrier)}`)
  const more = [...files.slice(1), ...(item.notYet ? [`尚缺：${item.notYet}`] : [])]
  return [`${item.id}\t${statusWords[status]}\t${files[0] ?? ''}`, ...more.map((line) => `\t\t${line}`)].join(
    '\n',
  )
}

function placeOf({ kind, id, file }: Carrier): string {
  return kind === 'room' ? `src/features/${id}/index.ts` : (file ?? '')
}
