import { isStage, stageNames } from '../../../kernel/stage.ts'

/** 授权 — as the server tells it. */
export interface GrantSeen {
  readonly grantId: number
  readonly account: string
  readonly role: string
  readonly counties: readonly number[]
  readonly institutions: readonly number[]
  readonly stages: readonly string[] | null
  readonly from: string
  readonly until: string | null
  readonly grantedBy: string
  readonly grantedAt: string
  readonly document: string
  readonly reason: string
  readonly delegatedBy: string | null
  readonly endedAt: string | null
  readonly endedBy: string | null
  readonly inForce: boolean
}

/** 可选项 — what a grant can name. */
export interface Choices {
  readonly roles: readonly { readonly role: string; readonly zh: string; readonly scope: string }[]
  readonly stages: readonly { readonly id: string; readonly name: string }[]
  readonly places: readonly { readonly id: number; readonly name: string }[]
}

/** 授权范围 — in words: which counties, institutions, stages. */
export function scopeWords(
  grant: Pick<GrantSeen, 'counties' | 'institutions' | 'stages'>,
  places: Choices['places'],
  cityId: number,
): string {
  const names = grant.counties.map((id) => places.find((place) => place.id === id)?.name ?? String(id))
  const where = grant.counties.includes(cityId) && names.length === places.length ? '全市' : names.join('、')
  const schools =
    grant.institutions.length > 0
      ? `，${grant.institutions.length} 所机构（${grant.institutions.join('、')}）`
      : ''
  const stages = grant.stages
    ? `，${grant.stages.map((id) => (isStage(id) ? stageNames[id] : id)).join('、')}`
    : ''
  return `${where}${schools}${stages}` || '平台本身，不含业务数据'
}

/** 起止 — from when until when, or that and by whom it was ended. */
export function termWords(grant: GrantSeen): string {
  if (grant.endedAt) return `${grant.from} 起，${grant.endedAt.slice(0, 10)} 由 ${grant.endedBy} 结束`
  return `${grant.from} 起${grant.until ? `，至 ${grant.until}` : '，无结束日'}`
}

/** 来由 — who gave it, on which paper, why. */
export function sourceWords(grant: GrantSeen): string {
  const giver = grant.delegatedBy ? `${grant.delegatedBy} 委托` : `${originWords(grant.grantedBy)} 授权`
  return [giver, grant.document, grant.reason].filter(Boolean).join('，')
}

const originWords = (by: string) => (by === 'first-start' ? '建站时' : by)
