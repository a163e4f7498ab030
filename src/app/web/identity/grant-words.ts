import { isStage, stageNames } from '../../../kernel/stage.ts'
import type { Choices, GrantSeen } from '../../../platform/access/identity-contract.ts'

/** 授权范围 — in words: which counties, institutions, units, stages. */
export function scopeWords(
  grant: Pick<GrantSeen, 'counties' | 'institutions' | 'units' | 'stages'>,
  places: Choices['places'],
  cityId: number,
): string {
  const names = grant.counties.map((id) => places.find((place) => place.id === id)?.name ?? String(id))
  const where = grant.counties.includes(cityId) && names.length === places.length ? '全市' : names.join('、')
  const schools =
    grant.institutions.length > 0
      ? `，${grant.institutions.length} 所机构（${grant.institutions.join('、')}）`
      : ''
  const units = grant.units ? `，${grant.units.length} 个单位（${grant.units.join('、')}）所属的机构` : ''
  const stages = grant.stages
    ? `，${grant.stages.map((id) => (isStage(id) ? stageNames[id] : id)).join('、')}`
    : ''
  return `${where}${schools}${units}${stages}` || '平台本身，不含业务数据'
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
