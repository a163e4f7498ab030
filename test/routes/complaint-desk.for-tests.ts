import type { LayeredStandard } from '../../src/plan/plan.ts'
import type { ServedHamlet } from './served-hamlet.ts'

/** What is complained of. */
export const words = '九月二日中午，孩子说午饭的鸡块发酸，电话13912345678'

/** 在办幼儿园 — one of those there are now. */
export interface Kindergarten {
  readonly county: number
  readonly id: number
}

/** 在办幼儿园 — of a served hamlet, county by county. */
export async function kindergartensIn({ owner }: ServedHamlet): Promise<readonly Kindergarten[]> {
  const { rows } = await owner.query<Kindergarten>(`
    select county_id as county, institution_id::float8 as id from registry.institution
     where kind = 'kindergarten' and upper_inf(valid) and known_to = 'infinity' order by county_id, institution_id`)
  return rows
}

/** 投诉窗口 — complaints handed in to one county of a served hamlet, asked for and handled. */
export function complaintDesk(hamlet: () => ServedHamlet, county: () => number) {
  const handIn = (more: object = {}, account?: string) =>
    hamlet().ask(account, 'POST', '/api/complaint-form', {
      ...{ countyId: county(), rule: 'kindergarten-regulation.food-safety', school: '阳光幼儿园' },
      ...{ words, contact: '王女士 13912345678' },
      ...more,
    })
  const status = (receipt: string) => hamlet().ask(undefined, 'POST', '/api/complaint-status', { receipt })
  const listed = async (account: string, query = '') =>
    (await hamlet().ask(account, 'GET', `/api/complaints${query}`)).body
  const step = async (account: string, id: number, act: string, more: object = {}) => {
    const { body } = await hamlet().ask(account, 'GET', `/api/complaints/${id}`)
    const asked = { act, revision: body.revision, ...more }
    return hamlet().ask(account, 'POST', `/api/complaints/${id}/steps`, asked)
  }
  /** As if somebody had entered a length that nobody has. */
  const withEntered = async <T>(key: string, value: number, work: () => Promise<T>): Promise<T> => {
    const standards = hamlet().books.plan.standards as Map<string, readonly LayeredStandard[]>
    const before = standards.get(key)!
    const { notEntered: _, ...open } = before[0]!.standard
    const values = [{ from: '2024-01-01', value, status: 'own' }] as const
    standards.set(key, [
      { ...before[0]!, standard: { ...open, reviewBy: '2099-12-31', values: [...values] } },
    ])
    try {
      return await work()
    } finally {
      standards.set(key, before)
    }
  }
  return { handIn, status, listed, step, withEntered }
}
