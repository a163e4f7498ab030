import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadPlan } from '../plan/index.ts'
import { commandLines, isSilent } from './command-lines.ts'
import type { DemoCounty } from './demo-county.ts'

const plan = loadPlan('plan', 'pingdingshan')
const county = (index: number): DemoCounty => ({
  ...{ id: 410_401 + index, index, seed: 1, plan },
  ...{ institutions: [], townships: [], filers: new Set(), classes: [], teachers: new Map() },
})
const all = Array.from({ length: 12 }, (_, index) => county(index))
const asked = [...plan.items.values()].filter(({ owners }) => owners.some((owner) => owner !== 'city')).length

test('of twelve counties ten name who does every item that asks something of them, one a part, one nothing', () => {
  assert.deepEqual(
    all.filter(isSilent).map(({ index }) => index),
    [11],
  )
  const lines = all.map((each) => commandLines['item-owner']!(each, '2024-09-01'))
  assert.ok(asked > 100)
  assert.equal(lines.slice(0, 10).filter(({ length }) => length === asked).length, 10)
  assert.ok(lines[10]!.length > 0 && lines[10]!.length < asked)
  for (const line of lines[0]!)
    for (const part of ['lead', 'measure', 'person', 'due']) assert.ok(line[part], `${line.item} ${part}`)
})

test('counties report on every item, each as far as it is: one has begun all, another is behind', () => {
  const lines = all.map((each) => commandLines['item-progress']!(each, '2024-09-01'))
  assert.ok(lines.slice(0, 10).every(({ length }) => length === asked))
  const notBegun = lines.map((of) => of.filter(({ status }) => status === 'not-started').length)
  assert.deepEqual([notBegun[2], notBegun[6]], [0, 0])
  assert.ok(notBegun[1]! > 2 * notBegun[0]! && notBegun[0]! > 0, notBegun.join())
})

test('the progress of a county stands at every step, and what is done names its paper', () => {
  const lines = commandLines['item-progress']!(county(0), '2024-09-01')
  const states = new Set(lines.map(({ status }) => status))
  assert.deepEqual([...states].sort(), ['done', 'not-started', 'under-way'])
  assert.ok(lines.filter(({ status }) => status === 'done').every(({ doc }) => doc))
})

test('a county’s inspections cover most measures, none twice, each ending after it began', () => {
  const whole = (each: DemoCounty) =>
    commandLines['inspection-plan']!(each, '2024-09-01').length === plan.measures.length
  assert.deepEqual(
    all
      .slice(0, 10)
      .filter((each) => !whole(each))
      .map(({ index }) => index),
    [1, 5, 9],
  )
  for (const each of all.slice(0, 10)) {
    const lines = commandLines['inspection-plan']!(each, '2024-09-01')
    assert.equal(new Set(lines.map(({ measure }) => measure)).size, lines.length)
    assert.ok(lines.length > plan.measures.length * 0.8)
    assert.ok(
      lines.every(({ from, to }) => String(from) < String(to) && !Number.isNaN(Date.parse(String(to)))),
    )
  }
})
