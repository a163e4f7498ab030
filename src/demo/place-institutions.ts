import type { Grade, Stage } from '../kernel/stage.ts'
import type { TownshipDivision, VillageDivision } from '../records/divisions/divisions.ts'
import type { InstitutionKind } from '../records/registry/institution.ts'
import { childrenOn31August } from './child-years.ts'
import { bulletinYear, firstYear } from './city-rolls.ts'
import type { Counted } from './city-source.ts'
import type { InstitutionCounts } from './institution-counts.ts'
import type { InstitutionDraft, Setting } from './institution-draft.ts'
import { type RandomStream, randomStream } from './random-stream.ts'
import { shareOut, shareOutOneEach } from './share-out.ts'
import { type CountyPeople, isUrban, type VillagePeople } from './village-people.ts'

/** Beyond those running in 2021: shares that had closed before, and that open in 2022–2024. */
const closedBefore: Partial<Record<Counted, number>> = {
  teachingPoint: 0.12,
  kindergarten: 0.04,
  primary: 0.03,
}
const openedAfter: Partial<Record<Counted, number>> = { kindergarten: 0.012, primary: 0.008 }

/** Entrants a year an institution of a stage draws, by setting; the central one of a township draws more. */
const usualDraw: Readonly<Record<Stage, Readonly<Record<Setting, number>>>> = {
  preschool: { urban: 62, town: 42, rural: 22 },
  primary: { urban: 150, town: 70, rural: 26 },
  junior: { urban: 480, town: 330, rural: 220 },
  senior: { urban: 1000, town: 800, rural: 600 },
  vocational: { urban: 850, town: 700, rural: 500 },
  special: { urban: 60, town: 50, rural: 40 },
}
const centralDraws: Readonly<Partial<Record<Stage, number>>> = { preschool: 1.5, primary: 1.6, junior: 1.2 }
/** How far institutions of a stage differ in size by chance. */
const sizeSpread: Readonly<Partial<Record<Stage, number>>> = { preschool: 0.32, primary: 0.38, junior: 0.3 }

/** 机构选址 — every institution a county has had or will have in the years shown, with the village it stands in. */
export function placeInstitutions(
  people: CountyPeople,
  counts: InstitutionCounts,
  seed: number,
): InstitutionDraft[] {
  const random = randomStream(seed, `place/${people.county.code}`)
  const drafts: InstitutionDraft[] = []
  for (const [counted, running] of Object.entries(counts) as [Counted, number][]) {
    const gone = running > 0 ? Math.round(running * (closedBefore[counted] ?? 0) + 0.3) : 0
    const later = Math.round(running * (openedAfter[counted] ?? 0))
    const perTownship = townshipCounts(people, counted, running + gone + later)
    const places = people.county.townships.flatMap((township, i) =>
      villagesFor(people, township, counted, perTownship[i]!, random),
    )
    const fates = fatesOf(places, counted, gone, later, random)
    for (const [i, place] of places.entries()) {
      const id = people.county.code * 100_000 + drafts.length + 1
      drafts.push(draftOf(id, counted, place, fates[i]!, random))
    }
  }
  return drafts
}

/** Only the kinds that may vanish or appear are thinned; what must be everywhere gets one each first. */
function townshipCounts(people: CountyPeople, counted: Counted, total: number): number[] {
  const villagesOf = (township: TownshipDivision) =>
    people.villages.filter((place) => place.township === township)
  const weights = people.county.townships.map((township) => {
    const places = villagesOf(township)
    const children = places.reduce(
      (sum, place) => sum + childrenOn31August(place.children, bulletinYear, 9),
      0,
    )
    const rural = places.filter(({ village }) => !isUrban(village)).length
    const seat = township.kind === 'street' ? 1 : township.kind === 'town' ? 0.08 : 0
    if (counted === 'teachingPoint') return township.kind === 'street' ? rural * 0.3 : rural
    if (counted === 'primary') return children + 12 * places.length
    if (counted === 'kindergarten' || counted === 'junior') return children
    return children * seat
  })
  const everywhere = counted === 'primary' || counted === 'kindergarten' || counted === 'junior'
  const usable = weights.some((weight) => weight > 0) ? weights : weights.map(() => 1)
  return everywhere ? shareOutOneEach(total, usable) : shareOut(total, usable)
}

interface Place {
  readonly people: VillagePeople
  readonly central: boolean
}

/** The township's villages in the order institutions settle there: seat first, then by children and chance. */
function villagesFor(
  people: CountyPeople,
  township: TownshipDivision,
  counted: Counted,
  count: number,
  random: RandomStream,
): Place[] {
  const seat = (village: VillageDivision) => (/^(111|121|210)$/.test(village.urbanRural) ? 3 : 1)
  const rural = counted === 'teachingPoint'
  const all = people.villages.filter((place) => place.township === township)
  const fitting = rural ? all.filter(({ village }) => !isUrban(village)) : all
  const ordered = (fitting.length > 0 ? fitting : all)
    .map((place) => ({
      place,
      rank: random.next() ** (1 / (rural ? 1 : seat(place.village) * (0.2 + place.weight * all.length * 10))),
    }))
    .sort((one, other) => other.rank - one.rank)
    .map(({ place }) => place)
  return Array.from({ length: count }, (_, i) => ({
    people: ordered[i % ordered.length]!,
    central: i === 0 && !rural,
  }))
}

interface Fate {
  readonly opens: number
  readonly closes?: number
}

/** Who had closed before 2021, who opened on the way, who closes after; central ones stay throughout. */
function fatesOf(
  places: readonly Place[],
  counted: Counted,
  gone: number,
  later: number,
  random: RandomStream,
): Fate[] {
  const fates: Fate[] = places.map(() => ({ opens: firstYear }))
  const free = places
    .map((place, i) => ({ i, place, rank: random.next() - (isUrban(place.people.village) ? 0.5 : 0) }))
    .filter(({ place }) => !place.central)
    .sort((one, other) => other.rank - one.rank)
    .map(({ i }) => i)
  const take = (count: number, from: 'rural' | 'urban', fate: () => Fate) => {
    for (let n = 0; n < count && free.length > 0; n++) {
      fates[from === 'rural' ? free.shift()! : free.pop()!] = fate()
    }
  }
  const share = (part: number) => Math.round((places.length - gone - later) * part)
  take(gone, 'rural', () => ({ opens: firstYear, closes: random.whole(2017, 2021) }))
  take(later, 'urban', () => ({ opens: random.whole(2022, 2024) }))
  const closing = { teachingPoint: 0.13, kindergarten: 0.08, primary: 0.03 }[counted as string] ?? 0
  const opening = { kindergarten: 0.1, primary: 0.03, junior: 0.04, senior: 0.05 }[counted as string] ?? 0
  take(share(closing), 'rural', () => ({ opens: firstYear, closes: random.whole(2022, 2024) }))
  take(share(opening), 'urban', () => ({ opens: random.whole(2017, 2021) }))
  return fates
}

function draftOf(
  id: number,
  counted: Counted,
  { people, central }: Place,
  fate: Fate,
  random: RandomStream,
): InstitutionDraft {
  const { village, township } = people
  const setting = settingOf(village, township)
  const { kind, stages } = kindOf(counted, setting, central, random)
  const chance = random.bell()
  const draw = (stage: Stage) => {
    if (kind === 'teaching-point') return random.between(2, 8)
    const factor = (central ? (centralDraws[stage] ?? 1) : 1) * Math.exp((sizeSpread[stage] ?? 0.2) * chance)
    return usualDraw[stage][setting] * factor * (stages.length > 1 ? 0.6 : 1)
  }
  return {
    id,
    kind,
    stages,
    township,
    village,
    setting,
    central,
    ...fate,
    merged: false,
    draws: new Map(stages.map((stage) => [stage, draw(stage)])),
    lastGrade: kind === 'teaching-point' ? random.pick<Grade>(['P2', 'P3', 'P4', 'P4', 'P6']) : undefined,
    crowding: random.between(0.93, 1.09),
    sector: privateShare(kind, setting) > random.next() ? 'private' : 'public',
    rolls: new Map(),
  }
}

function settingOf(village: VillageDivision, township: TownshipDivision): Setting {
  if (!isUrban(village)) return 'rural'
  return township.kind === 'street' || village.urbanRural === '111' ? 'urban' : 'town'
}

/** Kindergartens get their sector later, when it is known how many children each has. */
function privateShare(kind: InstitutionKind, setting: Setting): number {
  if (kind === 'kindergarten' || kind === 'teaching-point' || kind === 'special-school') return 0
  if (kind === 'primary-school') return setting === 'rural' ? 0 : 0.03
  return kind === 'junior-school' ? 0.04 : 0.2
}

function kindOf(
  counted: Counted,
  setting: Setting,
  central: boolean,
  random: RandomStream,
): { kind: InstitutionKind; stages: readonly Stage[] } {
  const chance = random.next()
  if (counted === 'kindergarten') return { kind: 'kindergarten', stages: ['preschool'] }
  if (counted === 'primary') return { kind: 'primary-school', stages: ['primary'] }
  if (counted === 'teachingPoint') return { kind: 'teaching-point', stages: ['primary'] }
  if (counted === 'vocational') return { kind: 'vocational-school', stages: ['vocational'] }
  if (counted === 'special') return { kind: 'special-school', stages: ['special'] }
  if (counted === 'junior') {
    return !central && chance < 0.25
      ? { kind: 'nine-year-school', stages: ['primary', 'junior'] }
      : { kind: 'junior-school', stages: ['junior'] }
  }
  return setting === 'urban' && chance < 0.15
    ? { kind: 'complete-secondary', stages: ['junior', 'senior'] }
    : { kind: 'senior-high', stages: ['senior'] }
}
