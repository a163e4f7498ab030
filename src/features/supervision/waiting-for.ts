import type { FindingPhase } from '../../kernel/finding.ts'
import { admit } from '../../platform/access/policy.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Share } from '../../platform/db/scope.ts'
import type { WaitingFor } from '../../records/findings/list-findings.ts'
import { findingAccess } from './access.ts'

const toMend: readonly FindingPhase[] = ['assigned', 'signed']
const toJudge: readonly FindingPhase[] = ['opened', 'answered', 'rechecked']

type Act = keyof typeof findingAccess
type Way = WaitingFor['ways'][number]

/**
 * 等谁办 — what waits for this visitor: to be mended by their own unit, judged by their office, or given what it lacks.
 *
 * As `handsOf` has it: where they belong to the unit that must mend they judge nothing, and each office reaches only the
 * counties and institutions it was given for.
 */
export function waitingFor(visitor: Visitor): WaitingFor {
  const held = (...acts: readonly Act[]): Share[] =>
    acts.flatMap((act) => {
      const admitted = admit(findingAccess[act], visitor)
      return admitted ? (admitted.shares ?? [admitted]) : []
    })
  const mend = (act: Act, way: Pick<Way, 'ownerLevel'> & Partial<Way>): Way => ({
    side: 'rectify',
    phases: toMend,
    within: held(act),
    barred: [],
    ...way,
  })
  const judge = (way: Pick<Way, 'ownerLevel' | 'ofCity'>, mends: Act, ...acts: readonly Act[]): Way => ({
    side: 'judge',
    phases: toJudge,
    within: held(...acts),
    ...way,
    barred: [
      { within: held(mends) },
      { within: held('confer-money'), cause: 'money' },
      { within: held('confer-posts'), cause: 'posts' },
    ],
  })
  const ways = [
    mend('rectify-institution', { ownerLevel: 'institution', ofCity: false }),
    mend('rectify-county', { ownerLevel: 'county', ofCity: false }),
    mend('rectify-city', { ownerLevel: 'county', ofCity: true }),
    mend('confer-money', { ownerLevel: 'county', unconferred: 'money' }),
    mend('confer-posts', { ownerLevel: 'county', unconferred: 'posts' }),
    judge(
      { ownerLevel: 'institution', ofCity: false },
      'rectify-institution',
      'judge-county',
      'judge-inspector',
    ),
    judge({ ownerLevel: 'county', ofCity: false }, 'rectify-county', 'judge-city'),
    judge({ ownerLevel: 'county', ofCity: true }, 'rectify-city', 'judge-own-city'),
  ]
  return { account: visitor.account, ways: ways.filter(({ within }) => within.length > 0) }
}
