import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dueLightsOn } from '../../kernel/due-light.ts'
import type { Coverage, ItemFacts } from './item-facts.ts'
import { judgeItem, judgeSection, missingOf, type Standing } from './rules.ts'

const today = '2026-11-27'
const day = {
  today,
  lightOf: dueLightsOn(today, { nearDays: 3, calendar: [] }),
}
const owner = {
  lead: '县教体局',
  partners: '县财政局',
  measure: '签协议',
  person: '张三',
  dueOn: '2027-06-30',
}
const progress = {
  status: 'under-way',
  period: '2026-1',
  evidence: '已签 3 份',
  document: null,
  on: '2026-10-01',
} as const
const nothing: ItemFacts = {
  itemId: 'M8.7',
  owner,
  progress: null,
  coverage: [],
  targets: [],
  findings: { open: 0, late: 0 },
  lateForms: [],
}
const duty: Coverage = { zh: '每校有帮扶', force: 'must', total: 5, covered: 5, uncovered: 0, unknown: 0 }
const gap = { ...duty, covered: 3, uncovered: 2 }
const late = { formId: 'f', period: '2026', zh: '条件表', dueOn: '2026-10-15', missing: 4 }
const judge = (more: Partial<ItemFacts>) => judgeItem({ ...nothing, ...more }, day)
const light = (more: Partial<ItemFacts>) => judge(more).light

test('who reports nothing and of whom no book speaks is 缺数据, never in order', () => {
  assert.equal(light({}), 'unknown')
  assert.equal(light({ owner: null }), 'yellow')
})

test('nobody named is yellow and says which parts are missing', () => {
  assert.match(judge({ owner: null, progress }).reasons[0]!.says, /没有落实责任/)
  const half = judge({ owner: { ...owner, person: null, dueOn: null }, progress })
  assert.equal(half.light, 'yellow')
  assert.equal(half.reasons[0]!.says, '责任没有落实完：缺责任人、完成时限')
  assert.deepEqual(missingOf(owner), [])
})

test('a day that passed without the thing done is red; with evidence of it done it is green', () => {
  const past = { due: '2024-12-31' }
  assert.equal(light({ ...past, progress }), 'red')
  assert.equal(light({ ...past, progress: { ...progress, status: 'done' } }), 'green')
  assert.equal(light({ ...past, progress: { ...progress, status: 'done', evidence: null } }), 'red')
  assert.equal(light({ ...past, coverage: [duty] }), 'green', 'every X has its Y: nobody need report it')
  assert.equal(light({ due: '2026-12-01', progress }), 'yellow', 'two working days left')
  assert.equal(light({ owner: { ...owner, dueOn: '2026-10-31' }, progress }), 'red', 'the county’s own day')
})

test('done without evidence is yellow', () => {
  assert.equal(light({ progress: { ...progress, status: 'done', evidence: null } }), 'yellow')
})

test('a gap in what binds is red, before its day yellow; one of 鼓励 changes no light', () => {
  assert.equal(light({ coverage: [gap] }), 'red')
  assert.equal(light({ coverage: [{ ...gap, due: '2027-12-31' }] }), 'yellow')
  assert.equal(light({ coverage: [{ ...gap, due: '2025-12-31' }] }), 'red')
  assert.equal(light({ coverage: [{ ...gap, force: 'in-principle' }] }), 'yellow')
  const encouraged = judge({ progress, coverage: [{ ...gap, force: 'encouraged' }] })
  assert.equal(encouraged.light, 'green')
  assert.ok(encouraged.reasons.some(({ says }) => says.includes('2 个没有')))
  assert.equal(light({ coverage: [{ ...duty, covered: 4, unknown: 1 }] }), 'yellow')
  assert.equal(light({ coverage: [{ ...duty, total: 0, covered: 0 }] }), 'unknown', 'no X, nothing known')
})

test('targets, findings and forms speak too', () => {
  const target = { zh: '公办园占比', sentence: '51%' }
  assert.equal(light({ targets: [{ ...target, sign: 'missed' }] }), 'red')
  assert.equal(light({ targets: [{ ...target, sign: 'behind' }] }), 'yellow')
  assert.equal(light({ targets: [{ ...target, sign: 'reached' }] }), 'green')
  assert.equal(light({ targets: [{ ...target, sign: 'missing' }] }), 'unknown')
  assert.equal(light({ progress, findings: { open: 2, late: 1 } }), 'red')
  assert.equal(light({ progress, findings: { open: 2, late: 0 } }), 'yellow')
  assert.equal(light({ progress, lateForms: [late] }), 'red')
})

test('before its first day an item asks only for its owner', () => {
  const coming = { from: '2027-01-01', coverage: [gap] }
  assert.equal(light(coming), 'green')
  assert.equal(light({ ...coming, owner: null }), 'yellow')
})

test('a section shows its worst item and how many; one that asks nothing of a county says so', () => {
  const section = judgeSection([judge({ progress }), judge({ coverage: [gap] }), judge({})])
  assert.equal(section.words, '滞后 1')
  assert.deepEqual(section.counts, { red: 1, yellow: 0, green: 1, unknown: 1 })
  assert.equal(judgeSection([judge({ progress })]).words, '正常')
  assert.equal(judgeSection([]).words, '市级')
})

const order: readonly Standing[] = ['green', 'unknown', 'yellow', 'red']
const anyFacts = fc.record({
  due: fc.constantFrom(undefined, '2024-12-31', '2026-11-30', '2027-12-31'),
  owner: fc.constantFrom(owner, null, { ...owner, person: null }),
  progress: fc.constantFrom(null, progress, { ...progress, status: 'done' as const }),
  coverage: fc.array(fc.constantFrom(duty, gap, { ...gap, force: 'encouraged' as const }), { maxLength: 3 }),
  findings: fc.constantFrom({ open: 0, late: 0 }, { open: 1, late: 0 }),
})

test('a graver fact never improves the light, and the order of facts is of no account', () => {
  fc.assert(
    fc.property(anyFacts, ({ due, ...rest }) => {
      const facts = { ...rest, ...(due && { due }) }
      const before = order.indexOf(light(facts))
      const graver: Partial<ItemFacts>[] = [
        { ...facts, findings: { open: 3, late: 1 } },
        { ...facts, coverage: [...facts.coverage, gap] },
        { ...facts, owner: null },
        { ...facts, lateForms: [late] },
      ]
      for (const [at, worse] of graver.entries()) {
        // Without an owner the county's own day is gone too; it lies ahead here.
        assert.ok(order.indexOf(light(worse)) >= before, `${at} ${JSON.stringify(facts)}`)
      }
      const turned = judge({ ...facts, coverage: [...facts.coverage].reverse() })
      assert.deepEqual(
        turned.reasons.map(({ light: each }) => each),
        judge(facts).reasons.map(({ light: each }) => each),
      )
    }),
  )
})

test('every light but unknown has a reason of its own colour', () => {
  fc.assert(
    fc.property(anyFacts, ({ due, ...rest }) => {
      const { light: shown, reasons } = judge({ ...rest, ...(due && { due }) })
      assert.equal(reasons[0]?.light, shown)
    }),
  )
})
