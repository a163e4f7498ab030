import { lastYear } from './city-rolls.ts'
import { type InstitutionDraft, isRunning } from './institution-draft.ts'
import type { RandomStream } from './random-stream.ts'

/** Half of the schools and teaching points that close are merged into another by a formal act. */
const mergedShare = 0.5

/**
 * 定去向 — names for every teaching point and every closing institution who takes over its pupils.
 *
 * The central one of the same stage in the same township, else any there, else the largest in the county;
 * never another teaching point, and one that is there on that day and stays. Each county that closed any
 * has a merge among them.
 */
export function appointHeirs(drafts: readonly InstitutionDraft[], random: RandomStream): void {
  const lasting = drafts.filter((draft) => draft.closes === undefined && draft.kind !== 'teaching-point')
  for (const draft of drafts) {
    if (draft.closes === undefined && draft.kind !== 'teaching-point') continue
    const stage = draft.stages[0]!
    const fitting = lasting.filter((other) => other.stages.includes(stage) && isRunning(other, 2017))
    const near = fitting.filter(({ township }) => township === draft.township)
    draft.heir = largest(near.filter(({ central }) => central)) ?? largest(near) ?? largest(fitting)
    draft.merged = draft.closes !== undefined && stage !== 'preschool' && random.next() < mergedShare
  }
  const closed = drafts.filter(
    ({ closes, stages }) => closes && closes <= lastYear && stages[0] === 'primary',
  )
  if (closed[0] && !closed.some(({ merged }) => merged)) closed[0].merged = true
}

function largest(drafts: readonly InstitutionDraft[]): InstitutionDraft | undefined {
  const draw = (draft: InstitutionDraft) => [...draft.draws.values()][0]!
  return drafts.length === 0
    ? undefined
    : drafts.reduce((best, draft) => (draw(draft) > draw(best) ? draft : best))
}
