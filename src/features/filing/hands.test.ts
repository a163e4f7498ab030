import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type ApprovalLevel, approvalLevels } from '../../kernel/approval-level.ts'
import { actNames } from './contract.ts'
import { actsOpenTo, type FilingAct, type FilingHand, type FilingState, moveFiling } from './flow.ts'
import { barredHands, mayWrite } from './hands.ts'

const everyHand: readonly FilingHand[] = ['filler', ...approvalLevels]
const paths: readonly (readonly ApprovalLevel[])[] = [approvalLevels, ['county', 'city'], ['city']]
const accounts = fc.array(fc.subarray([...everyHand], { minLength: 1 }), { minLength: 2, maxLength: 6 })
const tries = fc.array(
  fc.record({
    who: fc.nat(99),
    write: fc.boolean(),
    stray: fc.boolean(),
    pick: fc.nat(99),
    act: fc.constantFrom(...(Object.keys(actNames) as FilingAct[])),
    hand: fc.constantFrom(...everyHand),
  }),
  { minLength: 40, maxLength: 160 },
)

test('whatever offices people hold together: who filled, handed in or looked at a filing never looks at it higher up', () => {
  let approvals = 0
  let held = 0
  fc.assert(
    fc.property(fc.constantFrom(...paths), accounts, tries, (path, people, all) => {
      let state: FilingState = { phase: 'draft' }
      const past: { who: number; hand: FilingHand }[] = []
      let chain = new Set<number>()
      for (const { who: any, write, stray, pick, ...given } of all) {
        const who = any % people.length
        const granted = people[who]!
        const acted = past.filter((each) => each.who === who).map(({ hand }) => hand)
        const barred = barredHands(granted, acted)
        const hands = granted.filter((hand) => !barred.includes(hand))
        if (write && mayWrite(state, hands)) past.push({ who, hand: 'filler' })
        const open = hands.flatMap((hand) => actsOpenTo(path, state, hand).map((act) => ({ act, hand })))
        const { act, hand } = stray || open.length === 0 ? given : open[pick % open.length]!
        const moved = moveFiling(path, state, act, hand, '请核对')
        if (moved.ok && barred.includes(hand)) held += 1
        if (!moved.ok || !hands.includes(hand)) continue
        // said anew here, in figures: nobody steps up
        const height = (of: FilingHand) => ['filler', 'township-centre', 'county', 'city'].indexOf(of)
        for (const done of past) if (done.who === who) assert.ok(height(done.hand) >= height(hand))
        past.push({ who, hand })
        if (act === 'submit')
          chain = new Set(past.filter((each) => each.hand === 'filler').map((each) => each.who))
        if (act === 'approve') {
          assert.ok(!chain.has(who), 'one person, two levels of one handing-in')
          chain.add(who)
        }
        state = moved.value
        if (state.phase === 'approved') approvals += 1
      }
    }),
    { numRuns: 1500 },
  )
  assert.ok(approvals > 100 && held > 100, `${approvals} approved, ${held} held back`)
})

test('somebody else of the same office is not barred by a colleague, and who looked higher up may fill again', () => {
  assert.deepEqual(barredHands(['filler', 'county'], []), [])
  assert.deepEqual(barredHands(['filler', 'county'], ['county']), [])
  assert.deepEqual(barredHands(['filler', 'county', 'city'], ['filler']), ['county', 'city'])
  assert.deepEqual(barredHands(['township-centre', 'county'], ['township-centre']), ['county'])
})
