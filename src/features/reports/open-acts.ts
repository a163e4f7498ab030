import type { PaperTemplate } from '../../plan/index.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Paper } from '../../records/papers/paper.ts'
import { mayWrite } from './draft-paper.ts'
import { actNames, movesOpenTo, type PaperMove, reachesAll } from './flow.ts'
import { countiesOutOfSight } from './store.ts'

/** 可办 — the steps a visitor may take with a paper now, and why not those that others may. */
export interface OpenActs {
  readonly acts: PaperMove[]
  /** An issued paper may be drawn anew, unless it was already. */
  readonly mayReissue: boolean
  readonly waitsFor: string | null
}

/** 无可办 — for whoever only reads. */
export const nothingOpen: OpenActs = { acts: [], mayReissue: false, waitsFor: null }

/** 可办步骤 — of a paper for a visitor: what the steps' own rules would refuse him is not offered, and is said. */
export async function openActs(
  tx: Tx,
  visitor: Visitor,
  template: PaperTemplate,
  paper: Paper,
): Promise<OpenActs> {
  if (!mayWrite(visitor, template, paper.countyId)) return nothingOpen
  const all = movesOpenTo(paper, visitor.account)
  const beyond = template.issuedBy === 'city' && all.some(reachesAll) ? await countiesOutOfSight(tx) : []
  const acts = all.filter((act) => beyond.length === 0 || !reachesAll(act))
  return {
    acts,
    mayReissue: paper.phase === 'issued' && paper.voidedOn === null,
    waitsFor:
      beyond.length > 0
        ? `${all.filter(reachesAll).map((act) => actNames[act])}由职权覆盖全市的同事办理：您的职权范围没有${beyond.join('、')}。`
        : paper.phase === 'submitted' && acts.length === 0
          ? '等另一位同事审批：拟稿和送审的人不能审批自己的稿。'
          : null,
  }
}
