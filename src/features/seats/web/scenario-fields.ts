import type { Assumptions, ScenarioAnswer, ScenarioBody } from '../scenario-contract.ts'

type Override = Assumptions['overrides'][number]
type SeniorShare = Assumptions['seniorShares'][number]

/** 表单所填 — a scenario as people fill it in: shares in percent, an override as a number and what it means. */
export interface ScenarioFields
  extends Pick<Assumptions, 'births' | 'capacityBasis' | 'classSize' | 'housing'> {
  readonly name: string
  readonly note?: string
  /** Absent: the visitor's own place, the whole city for the city's people. */
  readonly countyId?: number
  readonly townDriftPercent: number
  readonly seniorShares: readonly (Omit<SeniorShare, 'share'> & { readonly percent: number })[]
  readonly overrides: readonly (Omit<Override, 'pupils' | 'factor'> & {
    readonly as: 'pupils' | 'factor'
    readonly value: number
  })[]
}

/** 空白方案 — the middle births, no drift beyond the trend, rooms × standard classes, no lines. */
export const blankFields: ScenarioFields = {
  name: '',
  births: 'mid',
  townDriftPercent: 0,
  capacityBasis: 'rooms',
  classSize: 'standard',
  housing: [],
  seniorShares: [],
  overrides: [],
}

/** 由预警起草 — a new scenario about a warning: its words as name and note, saved for the county they speak of. */
export function draftFields(warning: string, county: string): ScenarioFields {
  const [about = warning] = warning.split('，')
  return {
    ...blankFields,
    name: about.slice(0, 60),
    note: warning,
    ...(/^\d+$/.test(county) && { countyId: Number(county) }),
  }
}

/** 已存方案填回表单. */
export function fieldsOf({ name, note, countyId, assumptions }: ScenarioAnswer): ScenarioFields {
  const { townDrift, seniorShares, overrides, ...same } = assumptions
  return {
    ...same,
    name,
    note,
    countyId,
    townDriftPercent: percentOf(townDrift),
    seniorShares: seniorShares.map(({ share, ...line }) => ({ ...line, percent: percentOf(share) })),
    overrides: overrides.map(({ pupils, factor, ...line }) => ({
      ...line,
      as: pupils === undefined ? 'factor' : 'pupils',
      value: pupils ?? factor ?? 0,
    })),
  }
}

/** 表单化为方案 — ready to send. */
export function bodyOf(fields: ScenarioFields): ScenarioBody {
  const { births, capacityBasis, classSize, housing } = fields
  return {
    name: fields.name.trim(),
    note: fields.note?.trim() ?? '',
    ...(fields.countyId !== undefined && { countyId: fields.countyId }),
    assumptions: {
      births,
      townDrift: shareOf(fields.townDriftPercent),
      capacityBasis,
      classSize,
      housing: [...housing],
      seniorShares: fields.seniorShares.map(({ percent, ...line }) => ({ ...line, share: shareOf(percent) })),
      overrides: fields.overrides.map(({ as, value, ...line }) => ({ ...line, [as]: value })),
    },
  }
}

/** Decimal places enough for a tenth of a percent and no binary dust: 0.07 × 100 → 7. */
const percentOf = (share: number) => Number((share * 100).toFixed(6))
const shareOf = (percent: number) => Number((percent / 100).toFixed(8))
