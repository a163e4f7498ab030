import type { Birth } from '../records/registry/birth.ts'
import { birthsIn } from './child-years.ts'
import { shareOut } from './share-out.ts'
import type { CountyPeople } from './village-people.ts'

const firstBirthYear = 2006
const lastBirthYear = 2023
/** Years of which the census showed more births than were first reported, and the share first reported. */
const corrected: Readonly<Record<number, number>> = Object.fromEntries(
  Array.from({ length: 10 }, (_, i) => [2011 + i, 0.93 + 0.004 * i]),
)
/** Years revised a year after their first release. */
const revisedLater: Readonly<Record<number, number>> = { 2021: 0.98, 2022: 0.985 }

interface Release {
  readonly vintage: string
  readonly share: number
  readonly source: string
}

/** 公布版本 — the releases of a year's births, first the earliest; the last one is what truly was. */
function releasesOf(year: number): Release[] {
  const first = (share: number) => ({ vintage: `${year + 1}-03-31`, share, source: '合成数据（当年初报）' })
  if (corrected[year]) {
    const census = { vintage: '2021-06-30', share: 1, source: '合成数据（据第七次人口普查修订）' }
    return [first(corrected[year]), census]
  }
  if (revisedLater[year]) {
    const annual = { vintage: `${year + 2}-03-31`, share: 1, source: '合成数据（次年修订）' }
    return [first(revisedLater[year]), annual]
  }
  return [first(1)]
}

/**
 * 出生登记 — births of 2006–2023 by village, township and county, with their releases.
 *
 * Projected back from the children counted at the census; after 2020 along the province's births. A
 * township's and county's figure is the sum of its villages'. `countyOnlyYear`: a year for which only the
 * county's own figure came in.
 */
export function birthHistory(people: CountyPeople, countyOnlyYear?: number): Birth[] {
  const rows: Birth[] = []
  for (let year = firstBirthYear; year <= lastBirthYear; year++) {
    for (const release of releasesOf(year)) {
      rows.push(...releaseRows(people, year, release, year === countyOnlyYear))
    }
  }
  return rows
}

function releaseRows(people: CountyPeople, year: number, release: Release, countyOnly: boolean): Birth[] {
  const { code: countyId } = people.county
  const row = (unitId: number, births: number): Birth => ({
    countyId,
    unitId,
    year,
    births,
    vintage: release.vintage,
    source: release.source,
  })
  const total = Math.round(birthsIn(people.children, year) * release.share)
  if (countyOnly) return [row(countyId, total)]
  const shares = shareOut(
    total,
    people.villages.map(({ children }) => birthsIn(children, year) + 1e-9),
  )
  const townships = new Map<number, number>()
  for (const [i, { township }] of people.villages.entries()) {
    townships.set(township.code, (townships.get(township.code) ?? 0) + shares[i]!)
  }
  return [
    row(countyId, total),
    ...[...townships].map(([code, births]) => row(code, births)),
    ...people.villages.map(({ village }, i) => row(village.code, shares[i]!)),
  ]
}
