import type { ActKind } from '../records/registry/act.ts'
import type { Institution } from '../records/registry/institution.ts'
import { firstYear } from './city-rolls.ts'
import type { InstitutionDraft } from './institution-draft.ts'
import { renamed } from './institution-name.ts'
import { isTownshipCentral } from './kindergarten-sectors.ts'
import { randomStream } from './random-stream.ts'

/** The day new institutions begin, and the one on which closed ones end. */
export const openingDay = (year: number) => `${year}-09-01`
export const closingDay = (year: number) => `${year}-07-15`

/** 存续状态 — an institution as it stood over a range of days, and the act that made the entry. */
export interface InstitutionState {
  readonly institution: Institution
  readonly act: ActKind
  readonly effectiveOn: string
  readonly note: string
}

interface Change {
  readonly day: string
  readonly act: ActKind
  readonly note: string
  readonly what: Partial<Institution>
}

/** 历任状态 — the entries of an institution from its opening on, one after each change. */
export function institutionStates(
  draft: InstitutionDraft,
  named: { name: string; code: string; countyId: number },
  seed: number,
): InstitutionState[] {
  const changes = changesOf(draft, named.name).sort((one, other) => one.day.localeCompare(other.day))
  const ends = draft.closes === undefined ? undefined : closingDay(draft.closes)
  let current = firstState(draft, named, seed)
  const states: InstitutionState[] = [{ ...beginning(draft), institution: current }]
  for (const { day, act, note, what } of changes) {
    if (ends !== undefined && day >= ends) continue
    const last = states.pop()!
    if (last.institution.from !== day) {
      states.push({ ...last, institution: { ...last.institution, to: day } })
    }
    current = { ...current, ...what, from: day }
    states.push({ institution: current, act, effectiveOn: day, note })
  }
  if (ends !== undefined) {
    const institution = { ...states.pop()!.institution, to: ends }
    const act = draft.merged ? 'merge' : 'close'
    states.push({ institution, act, effectiveOn: ends, note: draft.merged ? '学校合并' : '停办' })
  }
  return states
}

function beginning(draft: InstitutionDraft): Omit<InstitutionState, 'institution'> {
  if (draft.opens <= firstYear) {
    return { act: 'load', effectiveOn: openingDay(firstYear), note: '建库时已有机构' }
  }
  return { act: 'open', effectiveOn: openingDay(draft.opens), note: '设立' }
}

function firstState(
  draft: InstitutionDraft,
  { name, code, countyId }: { name: string; code: string; countyId: number },
  seed: number,
): Institution {
  const random = randomStream(seed, `institution/${draft.id}`)
  const founded = random.whole(2000, firstYear - 1)
  const from = openingDay(draft.opens <= firstYear ? founded : draft.opens)
  const inclusive = draft.publicInterestFrom !== undefined && draft.publicInterestFrom <= draft.opens
  return {
    countyId,
    institutionId: draft.id,
    code,
    name,
    kind: draft.kind,
    stages: draft.stages,
    sector: draft.sector,
    profitStatus: draft.sector === 'private' ? profitStatus(draft, random.next()) : null,
    publicInterest: draft.kind === 'kindergarten' && (draft.sector === 'public' || inclusive),
    townshipCentral: isTownshipCentral(draft),
    boarding: draft.kind !== 'kindergarten' && random.next() < boardingChance(draft),
    urbanRural: draft.village.urbanRural,
    unitId: draft.village.code,
    parentInstitutionId: draft.kind === 'teaching-point' ? draft.heir?.id : null,
    from,
  }
}

/** For profit only where law allows it: not in compulsory education, not of public interest. */
function profitStatus(draft: InstitutionDraft, chance: number): 'non-profit' | 'for-profit' {
  const mayProfit = draft.kind === 'kindergarten' || draft.kind === 'senior-high'
  return mayProfit && draft.publicInterestFrom === undefined && chance < 0.4 ? 'for-profit' : 'non-profit'
}

function boardingChance({ kind, setting, central }: InstitutionDraft): number {
  if (kind === 'senior-high' || kind === 'complete-secondary' || kind === 'vocational-school') return 0.9
  if (kind === 'special-school') return 0.8
  if (kind === 'junior-school' || kind === 'nine-year-school') return setting === 'urban' ? 0.15 : 0.75
  return kind === 'primary-school' && central && setting !== 'urban' ? 0.2 : 0
}

function changesOf(draft: InstitutionDraft, name: string): Change[] {
  const changes: Change[] = []
  const { publicInterestFrom, convertedFrom, renamedFrom } = draft
  if (publicInterestFrom !== undefined && publicInterestFrom > draft.opens) {
    changes.push({
      day: openingDay(publicInterestFrom),
      act: 'convert',
      note: '认定为普惠性民办园',
      what: { publicInterest: true },
    })
  }
  if (convertedFrom !== undefined) {
    changes.push({
      day: openingDay(convertedFrom),
      act: 'convert',
      note: '民办园转为公办园',
      what: { sector: 'public', profitStatus: null, publicInterest: true },
    })
  }
  if (renamedFrom !== undefined) {
    changes.push({
      day: openingDay(renamedFrom),
      act: 'rename',
      note: `由${name}更名`,
      what: { name: renamed(name) },
    })
  }
  return changes
}
