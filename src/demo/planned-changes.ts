import { lastYear } from './city-rolls.ts'
import type { InstitutionDraft } from './institution-draft.ts'
import type { RandomStream } from './random-stream.ts'

/**
 * 已定未行 — what is decided but lies after the history: a new school in town, a small one to be closed.
 *
 * Every county with two schools of a kind plans one opening (primary and junior in turn, 2025–2027), and
 * closes its smallest teaching point or village school in 2026 or 2027.
 */
export function planChanges(drafts: InstitutionDraft[], countyIndex: number, random: RandomStream): void {
  const kind = countyIndex % 2 === 0 ? 'primary-school' : 'junior-school'
  const urban = drafts.filter((draft) => draft.kind === kind && draft.setting !== 'rural')
  const model = urban.at(-1)
  if (model) {
    drafts.push({
      ...model,
      id: Math.max(...drafts.map(({ id }) => id)) + 1,
      central: false,
      opens: lastYear + 1 + (countyIndex % 3),
      closes: undefined,
      sector: 'public',
      draws: new Map([[model.stages[0]!, random.between(180, 320)]]),
      rolls: new Map(),
    })
  }
  const small = drafts
    .filter(
      ({ kind, central, closes, setting }) =>
        (kind === 'teaching-point' || (kind === 'primary-school' && setting === 'rural')) &&
        !central &&
        closes === undefined,
    )
    .sort((one, other) => one.draws.get('primary')! - other.draws.get('primary')!)
  if (small[0] && small.length > 1) small[0].closes = lastYear + 2 + (countyIndex % 2)
}
