import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type FindingAct, type FindingHand, findingActs, findingHands } from '../../kernel/finding.ts'
import { actsOpenTo, type FindingDoing, type FindingState, moveFinding, needsWords, sideOf } from './flow.ts'

/** Everybody wears every hat by turns: the flow alone must keep them apart. */
const doing = fc.record({
  act: fc.constantFrom(...(Object.keys(findingActs) as FindingAct[])),
  hand: fc.constantFrom(...(Object.keys(findingHands) as FindingHand[])),
  account: fc.constantFrom('clerk', 'principal', 'inspector', 'officer'),
  says: fc.constantFrom(undefined, ' ', '已补签协议', '已换下旧线路', '施工队下周进场'),
  dueOn: fc.constantFrom(undefined, '2026-01-05', '2026-02-02', '2026-03-02'),
  promisedOn: fc.constantFrom(undefined, '2026-01-05', '2026-02-02'),
  evidence: fc.nat({ max: 1 }),
  today: fc.constant('2026-01-12'),
})

interface Run {
  readonly state: FindingState
  readonly done: readonly {
    readonly doing: FindingDoing
    readonly before: FindingState
    readonly after: FindingState
  }[]
}

function follow(ownerLevel: FindingState['ownerLevel'], doings: readonly FindingDoing[]): Run {
  const first: FindingState = {
    phase: 'opened',
    ownerLevel,
    dueOn: null,
    conditionMet: false,
    sides: new Map(),
  }
  return doings.reduce<Run>(
    (run, doing) => {
      const moved = moveFinding(run.state, doing)
      if (!moved.ok) return run
      const { act, hand, account, dueOn } = doing
      const state: FindingState = {
        phase: moved.value,
        ownerLevel,
        dueOn: act === 'reopen' ? null : act === 'assign' || act === 'extend' ? dueOn! : run.state.dueOn,
        conditionMet:
          act === 'condition-met' || (run.state.conditionMet && act !== 'condition-lost' && act !== 'reopen'),
        sides: hand === 'platform' ? run.state.sides : new Map(run.state.sides).set(account, sideOf(hand)),
      }
      return { state, done: [...run.done, { doing, before: run.state, after: state }] }
    },
    { state: first, done: [] },
  )
}

const runs = fc.tuple(
  fc.constantFrom('institution' as const, 'county' as const),
  fc.array(doing, { minLength: 200, maxLength: 400, size: 'max' }),
)

test('whatever is tried: the rectified unit, and nobody within it, rechecks, closes, dismisses or extends its own', () => {
  const judged = new Set<FindingAct>(['recheck', 'close', 'dismiss', 'send-back', 'extend', 'assign'])
  let closings = 0
  fc.assert(
    fc.property(runs, ([ownerLevel, doings]) => {
      const rectifiers = new Set<string>()
      const judges = new Set<string>()
      for (const {
        doing: { act, hand, account },
      } of follow(ownerLevel, doings).done) {
        if (hand === 'rectifier' || hand === 'partner') rectifiers.add(account)
        else if (hand !== 'platform') judges.add(account)
        if (judged.has(act)) {
          assert.ok(
            hand === 'city' || (ownerLevel === 'institution' && (hand === 'county' || hand === 'inspector')),
          )
          if (act === 'close') closings += 1
        }
      }
      for (const account of rectifiers) assert.ok(!judges.has(account), `${account} stood on both sides`)
    }),
    { numRuns: 300 },
  )
  assert.ok(closings > 0, 'no path closed anything: the property would hold of nothing')
})

test('whatever is tried: a deadline is set when it is handed over, and moves only later, signed from above, with a reason', () => {
  let moved = 0
  fc.assert(
    fc.property(runs, ([ownerLevel, doings]) => {
      for (const { doing, before, after } of follow(ownerLevel, doings).done) {
        if (before.dueOn === after.dueOn) continue
        if (before.dueOn === null) assert.equal(doing.act, 'assign')
        else if (after.dueOn === null) assert.equal(doing.act, 'reopen')
        else {
          moved += 1
          assert.equal(doing.act, 'extend')
          assert.ok(doing.says?.trim())
          assert.ok(after.dueOn > before.dueOn)
          assert.notEqual(doing.hand, 'rectifier')
        }
      }
    }),
    { numRuns: 300 },
  )
  assert.ok(moved > 0, 'no path moved a deadline: the property would hold of nothing')
})

test('whatever is tried: a department that says what it will do says it with a day to come, moves nothing and judges nothing', () => {
  let said = 0
  fc.assert(
    fc.property(runs, ([ownerLevel, doings]) => {
      for (const { doing, before, after } of follow(ownerLevel, doings).done) {
        assert.equal(doing.hand === 'partner', doing.act === 'confer')
        if (doing.act !== 'confer') continue
        said += 1
        assert.ok(doing.says?.trim() && doing.promisedOn! >= doing.today)
        assert.deepEqual([after.phase, after.dueOn], [before.phase, before.dueOn])
        assert.equal(after.sides.get(doing.account), 'rectify')
      }
    }),
    { numRuns: 300 },
  )
  assert.ok(said > 0, 'nobody said anything: the property would hold of nothing')
})

test('the platform alone never brings a finding nearer to its end, and no phase is skipped without the books showing it', () => {
  fc.assert(
    fc.property(runs, ([ownerLevel, doings]) => {
      for (const { doing, before, after } of follow(ownerLevel, doings).done) {
        if (doing.hand === 'platform' && doing.act !== 'reopen') assert.equal(after.phase, before.phase)
        if (after.phase === 'rechecked' && before.phase !== 'rechecked')
          assert.ok(before.phase === 'answered' || before.conditionMet)
        if (after.phase === 'closed' && before.phase !== 'closed')
          assert.ok(before.phase === 'rechecked' || doing.act === 'dismiss')
      }
    }),
    { numRuns: 300 },
  )
})

test('what the page offers is what the flow grants, given its words, date and evidence', () => {
  fc.assert(
    fc.property(
      runs,
      fc.constantFrom(...(Object.keys(findingHands) as FindingHand[])),
      ([ownerLevel, doings], hand) => {
        const { state } = follow(ownerLevel, doings)
        const full = {
          hand,
          account: 'clerk',
          says: '事由',
          dueOn: '2099-01-01',
          promisedOn: '2099-01-01',
          evidence: 1,
          today: '2026-01-12',
        }
        const offered = actsOpenTo(state, hand, 'clerk')
        for (const act of Object.keys(findingActs) as FindingAct[])
          assert.equal(
            moveFinding(state, { ...full, act }).ok,
            offered.includes(act),
            `${hand} ${act} at ${state.phase}`,
          )
      },
    ),
    { numRuns: 500 },
  )
  assert.equal(needsWords('extend'), true)
})
