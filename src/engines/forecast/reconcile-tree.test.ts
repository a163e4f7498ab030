import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { unitTree } from './enrolment-panel.ts'
import { reconcileTree } from './reconcile-tree.ts'

test('a parent and its children give way by their doubt', () => {
  const tree = unitTree(Int32Array.of(-1, 0, 0))
  const settled = reconcileTree(tree, Float64Array.of(100, 60, 50), Float64Array.of(4, 4, 8))
  assert.deepEqual(Array.from(settled), [102.5, 57.5, 45])
})

test('a parent without a figure takes the sum; a child without one takes no part', () => {
  const tree = unitTree(Int32Array.of(-1, 0, 0))
  const settled = reconcileTree(tree, Float64Array.of(Number.NaN, 60, Number.NaN), Float64Array.of(0, 4, 0))
  assert.equal(settled[0], 60)
  assert.ok(Number.isNaN(settled[2]!))
})

test('a child that would fall below 0 stops there and its sibling gives way', () => {
  const tree = unitTree(Int32Array.of(-1, 0, 0))
  const settled = reconcileTree(tree, Float64Array.of(10, 5, 40), Float64Array.of(0, 100, 1))
  assert.equal(settled[1], 0)
  assert.equal(settled[2], 10)
})

test('over any tree, children add up, nothing is negative, and three levels agree', () => {
  const units = 13
  const parent = Int32Array.from({ length: units }, (_, unit) =>
    unit === 0 ? -1 : Math.floor((unit - 1) / 3),
  )
  const tree = unitTree(parent)
  const figures = fc.array(fc.double({ min: 0, max: 1e5, noNaN: true }), {
    minLength: units,
    maxLength: units,
  })
  fc.assert(
    fc.property(figures, figures, (mean, variance) => {
      const settled = reconcileTree(tree, Float64Array.from(mean), Float64Array.from(variance))
      tree.children.forEach((children, unit) => {
        assert.ok(settled[unit]! >= 0)
        if (children.length === 0) return
        const sum = children.reduce((held, child) => held + settled[child]!, 0)
        assert.ok(Math.abs(sum - settled[unit]!) <= 1e-6 * Math.max(1, sum))
      })
    }),
  )
})
