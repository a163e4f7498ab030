import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ApprovalLevel } from '../../kernel/approval-level.ts'
import { approvalPath } from '../../records/returns/approval-path.ts'
import { actNames } from './contract.ts'
import {
  actsOpenTo,
  type FilingAct,
  type FilingHand,
  type FilingState,
  moveFiling,
  needsReason,
} from './flow.ts'

const levels = ['township-centre', 'county', 'city'] as const satisfies readonly ApprovalLevel[]
const paths: readonly (readonly ApprovalLevel[])[] = [levels, ['county', 'city'], ['city'], ['county']]

interface Done {
  readonly act: FilingAct
  readonly hand: FilingHand
}

const step = fc.record({
  act: fc.constantFrom(...(Object.keys(actNames) as FilingAct[])),
  hand: fc.constantFrom<FilingHand>('filler', ...levels),
  reason: fc.constantFrom(undefined, '', '数据与上年差距过大'),
})

/** Follows a random history and gives what was done since the filing was last handed in. */
function follow(path: readonly ApprovalLevel[], steps: readonly (Done & { reason?: string })[]) {
  let state: FilingState = { phase: 'draft' }
  let since: Done[] = []
  const seen: { before: FilingState; done: Done; after: FilingState; since: readonly Done[] }[] = []
  for (const { act, hand, reason } of steps) {
    const before = state
    const moved = moveFiling(path, before, act, hand, reason)
    if (!moved.ok) continue
    assert.ok(!needsReason(act) || reason?.trim(), `${act} without a reason`)
    since = act === 'submit' ? [] : [...since, { act, hand }]
    state = moved.value
    seen.push({ before, done: { act, hand }, after: state, since })
  }
  return seen
}

test('a filing is approved only after every level in turn has taken it in hand and approved it, once', () => {
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.array(step, { maxLength: 120 }), (path, steps) => {
      for (const { after, since } of follow(path, steps)) {
        if (after.phase !== 'approved') continue
        assert.deepEqual(
          since,
          path.flatMap((hand) => [
            { act: 'accept', hand },
            { act: 'approve', hand },
          ]),
        )
      }
    }),
    { numRuns: 2000 },
  )
})

test('only the filler hands in, only the last level opens a locked filing, nobody acts for a level not his', () => {
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.array(step, { maxLength: 80 }), (path, steps) => {
      for (const { before, done } of follow(path, steps)) {
        if (done.act === 'submit' || done.act === 'withdraw') assert.equal(done.hand, 'filler')
        if (before.phase === 'approved') assert.deepEqual(done, { act: 'reopen', hand: path.at(-1) })
        if ('at' in before && done.act !== 'withdraw') assert.equal(done.hand, before.at)
      }
    }),
  )
})

test('from every state a filing can reach, it can still be approved', () => {
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.array(step, { maxLength: 40 }), (path, steps) => {
      let state = follow(path, steps).at(-1)?.after ?? { phase: 'draft' }
      for (let left = 12; state.phase !== 'approved'; left -= 1) {
        assert.ok(left > 0, `stuck in ${state.phase}`)
        const hand = 'at' in state ? state.at : 'filler'
        const act = (['submit', 'accept', 'approve'] as const).find((each) =>
          actsOpenTo(path, state, hand).includes(each),
        )
        assert.ok(act, `nothing open in ${state.phase}`)
        const moved = moveFiling(path, state, act, hand)
        assert.ok(moved.ok)
        state = moved.value
      }
    }),
  )
})

test('the same act twice is refused the second time, in words', () => {
  const once = moveFiling(['county'], { phase: 'draft' }, 'submit', 'filler')
  assert.ok(once.ok)
  const twice = moveFiling(['county'], once.value, 'submit', 'filler')
  assert.ok(!twice.ok)
  assert.equal(twice.refusal.code, 'filing.out-of-turn')
  assert.match(twice.refusal.text, /已提交，待县级教育主管部门受理/)
})

test('a township centre that comes or goes while filings are on their way lets none skip it, the county or the city', () => {
  const form: { approvedBy: ApprovalLevel[] } = { approvedBy: ['county', 'city'] }
  const hands: readonly FilingHand[] = ['filler', ...levels]
  // Every second try is one that is open now, so that filings come far; the others are whatever somebody may try.
  const trying = fc.record({ any: step, stray: fc.boolean(), pick: fc.nat(99), centre: fc.boolean() })
  let approvals = 0
  fc.assert(
    fc.property(fc.array(trying, { maxLength: 60 }), (tries) => {
      let state: FilingState = { phase: 'draft' }
      let since: Done[] = []
      let owed: readonly ApprovalLevel[] = []
      for (const { any, stray, pick, centre } of tries) {
        const path = approvalPath(form, { atLevel: 'at' in state ? state.at : null }, centre)
        const open = hands.flatMap((hand) => actsOpenTo(path, state, hand).map((act) => ({ act, hand })))
        const { act, hand } = stray || open.length === 0 ? any : open[pick % open.length]!
        const moved = moveFiling(path, state, act, hand, stray ? any.reason : '请核对')
        if (!moved.ok) continue
        if (act === 'submit') owed = centre ? levels : ['county', 'city']
        since = act === 'submit' ? [] : [...since, { act, hand }]
        state = moved.value
        if (state.phase !== 'approved') continue
        approvals += 1
        assert.deepEqual(
          since,
          owed.flatMap((level) => [
            { act: 'accept', hand: level },
            { act: 'approve', hand: level },
          ]),
        )
      }
    }),
    { numRuns: 1000 },
  )
  assert.ok(approvals > 0, 'some were approved at all')
})

test('a form that no county looks at passes no centre', () => {
  assert.deepEqual(approvalPath({ approvedBy: ['city'] }, { atLevel: null }, true), ['city'])
  assert.deepEqual(approvalPath({ approvedBy: ['county'] }, { atLevel: null }, true), [
    'township-centre',
    'county',
  ])
})
