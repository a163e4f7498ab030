import type { Light } from '../../kernel/due-light.ts'
import type { ItemOwner } from '../../records/duties/list-item-owners.ts'
import { standingWords } from './contract.ts'
import type { Coverage, ItemFacts } from './item-facts.ts'

/** 状态灯 — a light, or that nothing is known: who reports nothing is not in order. */
export type Standing = Light | 'unknown'

/** 理由 — one reason for a light, as a sentence. */
export interface Reason {
  readonly light: Standing
  readonly says: string
}

/** 任务判断 — the light of an item in a county with all its reasons, the gravest first. */
export interface Judgement {
  readonly light: Standing
  readonly words: string
  readonly reasons: readonly Reason[]
}

/** 判断之日 — the day, and which light a day something is due on shows. */
export interface JudgingDay {
  readonly today: string
  readonly lightOf: (dueOn: string | null) => Light
}

/** The gravest first. */
const gravity: readonly Standing[] = ['red', 'yellow', 'unknown', 'green']

/**
 * 判断任务 — how an item stands in a county, computed from what is in the books and never set by hand.
 *
 * Red: a day passed — the paper's or the county's own — without the thing done; a duty that binds has gaps after its
 * day; a target missed at its end; a finding past its day; a form past its day. Yellow: nobody named for it, a gap
 * before its day, a target behind its path, an open finding, 完成 without evidence, a day that is near. Green: done with evidence,
 * everything covered, target reached or on its path, under way with evidence. Nothing of all that: 缺数据, which is never in order.
 * An item whose first day has not come asks only for its owner. An uncovered X of 鼓励 is told and changes no light.
 */
export function judgeItem(facts: ItemFacts, day: JudgingDay): Judgement {
  const waiting = facts.from !== undefined && facts.from > day.today
  const reasons = [
    ...ownerReasons(facts.owner),
    ...(waiting
      ? [{ light: 'green' as const, says: `${facts.from} 起实施，还没有到时候` }]
      : [
          ...dayReasons(facts, day),
          ...facts.coverage.flatMap((each) => coverageReasons(each, day)),
          ...targetReasons(facts),
          ...findingReasons(facts),
          ...formReasons(facts),
          ...progressReasons(facts),
          ...(isSilent(facts)
            ? [{ light: 'unknown' as const, says: '没有报进展，台账里也没有可以判断的数据' }]
            : []),
        ]),
  ].sort((one, other) => gravity.indexOf(one.light) - gravity.indexOf(other.light))
  const light = worstOf(reasons.map((reason) => reason.light))
  return { light, words: standingWords[light], reasons }
}

/** 最差状态 — of several; nothing at all is unknown. */
function worstOf(standings: readonly Standing[]): Standing {
  return gravity.find((light) => standings.includes(light)) ?? 'unknown'
}

/** 一格 — how the items of a section stand together in a county. */
export interface SectionStanding {
  readonly light: Standing
  readonly words: string
  readonly counts: Readonly<Record<Standing, number>>
}

/** 判断一格 — the worst light of the section's items, with how many show it; a section that asks nothing of the county says so. */
export function judgeSection(items: readonly Judgement[]): SectionStanding {
  const counts = { red: 0, yellow: 0, green: 0, unknown: 0 }
  for (const { light } of items) counts[light] += 1
  const light = worstOf(items.map((item) => item.light))
  const words =
    items.length === 0 ? '市级' : light === 'green' ? '正常' : `${standingWords[light]} ${counts[light]}`
  return { light, words, counts }
}

/** What a lead, measure, person and day are called where they are missing. */
const ownerParts = [
  ['lead', '牵头单位'],
  ['measure', '具体措施'],
  ['person', '责任人'],
  ['dueOn', '完成时限'],
] as const

/** 缺的责任要素 — what of the four parts nobody filed. */
export function missingOf(owner: ItemOwner | null): string[] {
  return ownerParts.flatMap(([part, zh]) => (owner?.[part] ? [] : [zh]))
}

function ownerReasons(owner: ItemOwner | null): Reason[] {
  const missing = missingOf(owner)
  if (missing.length === ownerParts.length)
    return [{ light: 'yellow', says: '没有落实责任：谁牵头、怎么做、谁负责、何时完成都没有登记' }]
  return missing.length > 0 ? [{ light: 'yellow', says: `责任没有落实完：缺${missing.join('、')}` }] : []
}

/** Done as the county says with evidence, as every binding duty says, or as every target says. */
function isDone({ progress, coverage, targets }: ItemFacts): boolean {
  if (progress?.status === 'done' && hasEvidence(progress)) return true
  const judged = coverage.filter(({ refused, total }) => refused === undefined && total > 0)
  const whole = judged.length > 0 && judged.every(({ covered, total }) => covered === total)
  const reached = targets.length > 0 && targets.every(({ sign }) => sign === 'reached' || sign === 'idle')
  return (whole && targets.length === 0) || (reached && judged.length === 0) || (whole && reached)
}

function dayReasons(facts: ItemFacts, { today, lightOf }: JudgingDay): Reason[] {
  if (isDone(facts)) return []
  return (
    [
      [facts.due, '文件要求'],
      [facts.owner?.dueOn ?? undefined, '本县自定'],
    ] as const
  ).flatMap(([due, whose]): Reason[] => {
    if (due === undefined) return []
    if (due < today) return [{ light: 'red', says: `${whose} ${due} 前完成，已过期，没有完成的依据` }]
    const light = lightOf(due)
    return light === 'green' ? [] : [{ light, says: `${whose} ${due} 前完成，临近期限` }]
  })
}

function coverageReasons(each: Coverage, { today }: JudgingDay): Reason[] {
  const { zh, force, total, covered, uncovered, unknown, due, refused } = each
  if (refused !== undefined) return [{ light: 'unknown', says: `${zh}：${refused}` }]
  if (total === 0) return []
  const reasons: Reason[] = []
  if (uncovered > 0) {
    const says = `${zh}：应有 ${total} 个，${uncovered} 个没有`
    if (force === 'encouraged') reasons.push({ light: 'green', says: `${says}（文件为鼓励，不算未完成）` })
    else if (force === 'must' && (due === undefined || due < today)) reasons.push({ light: 'red', says })
    else reasons.push({ light: 'yellow', says: due === undefined ? says : `${says}，应在 ${due} 前补齐` })
  }
  if (unknown > 0) reasons.push({ light: 'yellow', says: `${zh}：${unknown} 个台账没有说明` })
  if (covered === total) reasons.push({ light: 'green', says: `${zh}：${total} 个全部有` })
  return reasons
}

const targetLights = {
  reached: 'green',
  'on-path': 'green',
  idle: 'green',
  behind: 'yellow',
  missed: 'red',
  open: 'unknown',
  missing: 'unknown',
} as const satisfies Record<ItemFacts['targets'][number]['sign'], Standing>

function targetReasons({ targets }: ItemFacts): Reason[] {
  return targets.map(({ zh, sign, sentence }) => ({
    light: targetLights[sign],
    says: `${zh}：${sentence}`,
  }))
}

function findingReasons({ findings: { open, late } }: ItemFacts): Reason[] {
  if (late > 0) return [{ light: 'red', says: `有 ${late} 个问题整改逾期，共 ${open} 个未销号` }]
  return open > 0 ? [{ light: 'yellow', says: `有 ${open} 个问题正在整改` }] : []
}

function formReasons({ lateForms }: ItemFacts): Reason[] {
  return lateForms.map(({ zh, dueOn, missing }) => ({
    light: 'red',
    says: `《${zh}》${dueOn} 到期，还有 ${missing} 份没有报`,
  }))
}

function progressReasons({ progress }: ItemFacts): Reason[] {
  if (!progress) return []
  if (progress.status === 'not-started') return [{ light: 'yellow', says: '本县报：尚未启动' }]
  const evidence = [progress.evidence, progress.document].filter(Boolean).join('；')
  if (!hasEvidence(progress))
    return [{ light: 'yellow', says: `本县报：${progressNames[progress.status]}，没有佐证` }]
  return [{ light: 'green', says: `本县报：${progressNames[progress.status]}。${evidence}` }]
}

/** 进展说法. */
export const progressNames = { 'not-started': '未启动', 'under-way': '推进中', done: '完成' } as const

function hasEvidence({ evidence, document }: NonNullable<ItemFacts['progress']>): boolean {
  return Boolean(evidence || document)
}

/** Nobody reported anything, and no book speaks of it. */
function isSilent({ progress, coverage, targets, findings, lateForms }: ItemFacts): boolean {
  return (
    !progress &&
    coverage.every(({ total, refused }) => total === 0 || refused !== undefined) &&
    targets.length === 0 &&
    findings.open === 0 &&
    lateForms.length === 0
  )
}
