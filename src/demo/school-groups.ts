import type { Dated } from '../records/registry/dated.ts'
import type { Unit } from '../records/registry/unit.ts'
import type { Tree } from '../records/registry/unit-link.ts'
import type { ActBook } from './act-book.ts'
import { firstYear } from './city-rolls.ts'
import type { InstitutionDraft } from './institution-draft.ts'
import { closingDay, openingDay } from './institution-states.ts'

/** Ids of units outside the administrative tree start here; centres of townships after them. */
const groupIds = 1_000_000_000_000_000
const centreIds = 2_000_000_000_000_000
/** In this year one school leaves its group for another. */
const regroupedIn = 2022

/** What the entries of groups are made from. */
interface Grouping {
  readonly countyId: number
  readonly drafts: readonly InstitutionDraft[]
  readonly names: ReadonlyMap<InstitutionDraft, string>
  readonly book: ActBook
}

/**
 * 教育集团与中心校 — two school groups in each county with enough town schools, a township centre for every
 * town and township; in 2022 one school is regrouped.
 */
export function enterGroups(grouping: Grouping): void {
  enterSchoolGroups(grouping)
  enterTownshipCentres(grouping)
}

function enterSchoolGroups({ countyId, drafts, names, book }: Grouping): void {
  const schools = drafts
    .filter(({ kind, opens, closes, sector }) => {
      return kind === 'primary-school' && opens <= firstYear && closes === undefined && sector === 'public'
    })
    .sort((one, other) => other.draws.get('primary')! - one.draws.get('primary')!)
    .slice(0, 8)
  if (schools.length < 4) return
  const since = openingDay(2018)
  const regrouped = openingDay(regroupedIn)
  const founding = book.under('load', since, '组建教育集团')
  const regrouping = book.under('regroup', regrouped, '教育集团调整')
  const groups = [0, 1].map((i) => groupIds + countyId * 1000 + i + 1)
  for (const [i, unitId] of groups.entries()) {
    enterUnit(founding, countyId, 'school-group', unitId, `${names.get(schools[i]!)}教育集团`, since)
  }
  const member = (school: InstitutionDraft, group: number, role: 'core' | 'member', dated: Dated) =>
    ({
      countyId,
      tree: 'school-group',
      unitId: groups[group]!,
      institutionId: school.id,
      role,
      ...dated,
    }) as const
  for (const [i, school] of schools.entries()) {
    const moves = i === 2
    const dated = moves ? { from: since, to: regrouped } : { from: since }
    const entries = moves ? regrouping : founding
    entries.memberships.push(member(school, i % 2, i < 2 ? 'core' : 'member', dated))
    if (moves) regrouping.memberships.push(member(school, 1, 'member', { from: regrouped }))
  }
}

/** 乡镇中心校 — its central primary school leads the primary schools, teaching points and junior schools there. */
function enterTownshipCentres({ countyId, drafts, book }: Grouping): void {
  const since = openingDay(firstYear)
  const entries = book.under('load', since, '乡镇中心校')
  const rural = drafts.filter(({ township }) => township.kind === 'town' || township.kind === 'township')
  for (const [township, own] of Map.groupBy(rural, (draft) => draft.township)) {
    const unitId = centreIds + township.code
    enterUnit(entries, countyId, 'township-centre', unitId, `${township.name}中心校`, since)
    for (const draft of own) {
      if (!draft.stages.includes('primary') && !draft.stages.includes('junior')) continue
      entries.memberships.push({
        countyId,
        tree: 'township-centre',
        unitId,
        institutionId: draft.id,
        role: draft.central && draft.kind === 'primary-school' ? 'core' : 'member',
        from: openingDay(Math.max(firstYear, draft.opens)),
        to: draft.closes === undefined ? null : closingDay(draft.closes),
      })
    }
  }
}

function enterUnit(
  entries: ReturnType<ActBook['under']>,
  countyId: number,
  kind: Unit['kind'] & Tree,
  unitId: number,
  name: string,
  from: string,
): void {
  entries.units.push({ countyId, unitId, kind, code: String(unitId), name, from })
  entries.unitLinks.push({ countyId, tree: kind, childId: unitId, parentId: countyId, from })
}
