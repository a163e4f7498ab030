import { refused } from '../../kernel/result.ts'
import type { Sector } from '../../records/registry/institution.ts'

/** 办学性质与营利性质 — as an act would leave them. */
export interface Nature {
  readonly sector: Sector
  readonly profitStatus?: string | null
}

/** 能否如此登记 — only a private institution is non-profit or for-profit; undefined when nothing stands against it. */
export function cannotBe({ sector, profitStatus }: Nature) {
  if (sector === 'private' || !profitStatus) return undefined
  return refused({
    code: 'institutions.public-has-no-profit-status',
    text: '公办机构不分营利与非营利—营利性质只登记民办机构—请去掉营利性质，或把办学性质改为民办。',
    facts: { sector, profitStatus },
  })
}
