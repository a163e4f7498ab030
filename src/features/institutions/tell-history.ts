import { stageNames } from '../../kernel/stage.ts'
import type { Institution } from '../../records/registry/institution.ts'
import type { InstitutionHistory } from '../../records/registry/reads/institution-history.ts'
import {
  actNames,
  type Fact,
  type HistoryEntry,
  kindNames,
  profitNames,
  sectorNames,
  urbanRuralNames,
} from './contract.ts'

type Act = InstitutionHistory['acts'][number]

/** What a file says of an institution, in the order it is read: the word for it, and the value in words. */
const told: readonly (readonly [string, (institution: Institution) => string | undefined])[] = [
  ['名称', ({ name }) => name],
  ['标识码', ({ code }) => code],
  ['类别', ({ kind }) => kindNames[kind]],
  ['学段', ({ stages }) => stages.map((stage) => stageNames[stage]).join('、')],
  ['办学性质', ({ sector }) => sectorNames[sector]],
  ['营利性质', ({ profitStatus }) => (profitStatus ? profitNames[profitStatus] : undefined)],
  [
    '普惠认定',
    ({ publicInterest, stages }) => yesNo(stages.includes('preschool'), publicInterest, '普惠性', '非普惠'),
  ],
  ['乡镇中心', ({ townshipCentral }) => yesNo(townshipCentral, townshipCentral, '是', '否')],
  ['寄宿', ({ boarding }) => (boarding ? '寄宿制' : '非寄宿制')],
  ['城乡分类', ({ urbanRural }) => urbanRuralNames[urbanRural] ?? urbanRural],
]

function yesNo(applies: boolean, value: boolean, yes: string, no: string): string | undefined {
  return applies ? (value ? yes : no) : undefined
}

/** 当日登记 — the entry that holds on a day; undefined when the institution is not open then. */
export function entryOn(entries: readonly Institution[], day: string): Institution | undefined {
  return entries.find(({ from, to }) => from <= day && (!to || day < to))
}

/** 未在办的缘由 — why there is no entry on the day; undefined when there is one. */
export function whyNotOpen(entries: readonly Institution[], day: string): string | undefined {
  if (entryOn(entries, day)) return undefined
  const before = entries.filter(({ to }) => to && to <= day)
  const next = entries.find(({ from }) => from > day)
  if (next && before.length === 0) return `定于 ${next.from} 开办`
  const closed = before.at(-1)?.to
  return closed ? `已于 ${closed} 停办、并入他校或划出本县` : '当日未在办'
}

/**
 * 档案事实 — what is said of the institution on a day, each with the day since which it has been so and the
 * act that made it so.
 */
export function factsOf(history: InstitutionHistory, entry: Institution): Fact[] {
  return told.flatMap(([zh, words]) => {
    const value = words(entry)
    return value === undefined ? [] : [{ zh, value, ...basisOf(history, entry, words) }]
  })
}

/** 何时何据 — since when something of an entry has been as it is, and by which act. */
export function basisOf(
  { entries, acts }: InstitutionHistory,
  entry: Institution,
  of: (institution: Institution) => unknown,
): Pick<Fact, 'since' | 'docNumber' | 'recordedBy'> {
  const since = sinceWhen(entries, entry, of)
  const act = actOn(acts, since)
  return { since, docNumber: act?.docNumber ?? null, recordedBy: act?.recordedBy ?? null }
}

/** Back through the entries without a gap, as long as it stays the same. */
function sinceWhen(
  entries: readonly Institution[],
  entry: Institution,
  of: (institution: Institution) => unknown,
): string {
  let first = entry
  for (;;) {
    const before = entries.find(({ to }) => to === first.from)
    if (!before || of(before) !== of(entry)) return first.from
    first = before
  }
}

/** The act of the day; for what is older than the books, the act that first entered it. */
function actOn(acts: readonly Act[], day: string): Act | undefined {
  return (
    acts.findLast(({ effectiveOn }) => effectiveOn === day) ??
    acts.find(({ effectiveOn }) => effectiveOn > day)
  )
}

/** 变更沿革 — every act with its document, and what became different by it; the latest first. */
export function historyOf({ entries, acts }: InstitutionHistory, asOf: string): HistoryEntry[] {
  return acts
    .map((act) => ({
      day: act.effectiveOn,
      act: actNames[act.kind] ?? act.kind,
      docNumber: act.docNumber,
      recordedBy: act.recordedBy,
      note: act.note ?? null,
      ahead: act.effectiveOn > asOf,
      changes: changesOn(entries, act.effectiveOn),
    }))
    .toReversed()
}

function changesOn(entries: readonly Institution[], day: string): string[] {
  const before = entries.find(({ to }) => to === day)
  const after = entries.find(({ from }) => from === day)
  if (!before || !after) return []
  return told.flatMap(([zh, words]) => {
    const was = words(before) ?? '无'
    const is = words(after) ?? '无'
    return was === is ? [] : [`${zh}：${was} → ${is}`]
  })
}
