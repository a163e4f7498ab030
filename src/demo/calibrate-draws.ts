import { bulletinYear, type Rolls } from './city-rolls.ts'
import { type InstitutionDraft, isRunning } from './institution-draft.ts'

/** Teaching points together may draw at most this share of a county's primary entrants. */
const teachingPointsAtMost = 0.25

/**
 * 小学招生校准 — scales what primary schools draw so that teaching points keep their small classes.
 *
 * Shares are relative; without this a teaching point of six entrants would swell wherever schools are few.
 */
export function calibrateDraws(drafts: readonly InstitutionDraft[], rolls: Rolls): void {
  const entrants = rolls.get('P1')!.get(bulletinYear)!
  const inStage = drafts.filter((draft) => draft.draws.has('primary'))
  const points = inStage.filter(({ kind }) => kind === 'teaching-point')
  const schools = inStage.filter(({ kind }) => kind !== 'teaching-point')
  const sum = (some: readonly InstitutionDraft[]) =>
    some
      .filter((draft) => isRunning(draft, bulletinYear))
      .reduce((total, draft) => total + draft.draws.get('primary')!, 0)
  const scale = (some: readonly InstitutionDraft[], factor: number) => {
    for (const draft of some) draft.draws.set('primary', draft.draws.get('primary')! * factor)
  }
  scale(points, Math.min(1, (entrants * teachingPointsAtMost) / Math.max(1, sum(points))))
  scale(schools, (entrants - sum(points)) / Math.max(1, sum(schools)))
}
