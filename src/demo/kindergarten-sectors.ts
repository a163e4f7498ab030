import { gradesOf } from '../kernel/stage.ts'
import { bulletinYear, firstYear, lastYear } from './city-rolls.ts'
import type { CityTotals } from './city-source.ts'
import { type InstitutionDraft, pupilsIn } from './institution-draft.ts'
import { type RandomStream, randomStream } from './random-stream.ts'

/** Children in public kindergartens in 2021, of all: short of what the plan asks for. */
const publicShare = 0.485
/** Of the townships that are to have a public central kindergarten, this share has one. */
const centralPublicShare = 0.92

/**
 * 幼儿园公办民办与普惠 — decides who is public and of public interest, so that the 2021 shares come out.
 *
 * Public ones: most central ones of towns and townships, then by chance until they hold the share of
 * children. Public interest: private ones by chance until coverage equals the bulletin. Some were converted
 * or recognised on the way, some are after 2021.
 */
export function decideSectors(drafts: readonly InstitutionDraft[], totals: CityTotals, seed: number): void {
  const random = randomStream(seed, 'sectors')
  const all = drafts.filter(({ kind }) => kind === 'kindergarten')
  const ranked = all
    .map((draft) => ({ draft, rank: publicRank(draft, random) }))
    .sort((one, other) => other.rank - one.rank)
    .map(({ draft }) => draft)
  const children = (draft: InstitutionDraft) => pupilsIn(draft, gradesOf.preschool, bulletinYear)
  const isPublic = takeUntil(ranked, totals.pupils.preschool * publicShare, children)
  for (const draft of all) draft.sector = isPublic.has(draft) ? 'public' : 'private'
  const reserve = ranked.filter((draft) => !isPublic.has(draft))
  const shuffled = shuffle(reserve, random)
  const inclusive = takeUntil(shuffled, totals.inclusiveChildren - sumOf([...isPublic], children), children)
  dateRecognition(shuffled, inclusive, random)
  dateConversions([...isPublic], shuffled, random)
}

/** 乡镇公办中心园 — is it the central public kindergarten of a town or township? */
export function isTownshipCentral(draft: InstitutionDraft): boolean {
  const rural = draft.township.kind === 'town' || draft.township.kind === 'township'
  return draft.kind === 'kindergarten' && draft.central && rural && draft.sector === 'public'
}

function publicRank(draft: InstitutionDraft, random: RandomStream): number {
  const rural = draft.township.kind === 'town' || draft.township.kind === 'township'
  if (draft.central && rural) return random.next() < centralPublicShare ? 2 : -1
  return random.next() + (draft.setting === 'urban' ? 0.1 : 0)
}

/** Takes in order whatever still fits under the limit. */
function takeUntil(
  ranked: readonly InstitutionDraft[],
  limit: number,
  children: (draft: InstitutionDraft) => number,
): Set<InstitutionDraft> {
  const taken = new Set<InstitutionDraft>()
  let sum = 0
  for (const draft of ranked) {
    const own = children(draft)
    if (sum + own > limit) continue
    taken.add(draft)
    sum += own
  }
  return taken
}

function sumOf(drafts: readonly InstitutionDraft[], of: (draft: InstitutionDraft) => number): number {
  return drafts.reduce((sum, draft) => sum + of(draft), 0)
}

function shuffle<T>(items: readonly T[], random: RandomStream): T[] {
  return items
    .map((item) => ({ item, rank: random.next() }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item)
}

/** Over half of the recognised were so before the history begins; a quarter of the rest follows after 2021. */
function dateRecognition(
  privates: readonly InstitutionDraft[],
  inclusive: ReadonlySet<InstitutionDraft>,
  random: RandomStream,
): void {
  for (const draft of privates) {
    if (inclusive.has(draft)) {
      draft.publicInterestFrom =
        random.next() < 0.55 ? draft.opens : Math.max(draft.opens, random.whole(firstYear + 1, bulletinYear))
    } else if (random.next() < 0.25) {
      draft.publicInterestFrom = Math.max(draft.opens, random.whole(bulletinYear + 1, lastYear))
    }
  }
}

/** One in thirty public ones was private until some year up to 2021; one in fifty private ones is converted after. */
function dateConversions(
  publics: readonly InstitutionDraft[],
  privates: readonly InstitutionDraft[],
  random: RandomStream,
): void {
  const convertible = (draft: InstitutionDraft) =>
    draft.opens <= firstYear && draft.closes === undefined && !draft.central
  const some = (drafts: readonly InstitutionDraft[], oneIn: number) => {
    const fitting = drafts.filter(convertible)
    return fitting.slice(0, Math.max(1, Math.round(fitting.length / oneIn)))
  }
  for (const draft of some(publics, 30)) {
    draft.sector = 'private'
    draft.convertedFrom = random.whole(firstYear + 2, bulletinYear)
  }
  for (const draft of some(privates, 50)) draft.convertedFrom = random.whole(bulletinYear + 1, lastYear)
}
