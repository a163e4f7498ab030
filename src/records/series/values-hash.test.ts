import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonicalJson } from '../../kernel/canonical-json.ts'
import { Fault } from '../../kernel/fault.ts'
import { canonicalHash } from './canonical-hash.ts'
import type { PublishedValue } from './published-value.ts'
import { valuesHash } from './values-hash.ts'

const base: PublishedValue = {
  countyId: 410422,
  unitId: 410422001,
  measure: 'demand',
  stage: 'primary',
  grade: 'P1',
  year: 2027,
  scenario: 'mid',
  mean: 0.1 + 0.2,
}

test('the hash does not depend on the order of the values', () => {
  const values = fc.array(
    fc.record({ mean: fc.double({ noNaN: true, noDefaultInfinity: true }), year: fc.nat(99) }),
  )
  fc.assert(
    fc.property(values, (changes) => {
      const list = changes.map((change) => ({ ...base, ...change }))
      assert.equal(valuesHash(list), valuesHash(list.toReversed()))
    }),
  )
})

test('it differs by the last bit, by what is missing and by the key', () => {
  const hash = valuesHash([base])
  assert.notEqual(valuesHash([{ ...base, mean: 0.3 }]), hash)
  assert.notEqual(valuesHash([{ ...base, mean: null }]), hash)
  assert.notEqual(valuesHash([{ ...base, grade: 'P2' }]), hash)
  assert.notEqual(valuesHash([base, base]), hash)
})

test('absent and null are one, and so are zero and minus zero', () => {
  assert.equal(valuesHash([{ ...base, lo80: null }]), valuesHash([base]))
  assert.equal(valuesHash([{ ...base, mean: -0 }]), valuesHash([{ ...base, mean: 0 }]))
})

test('no number that is none gets published', () => {
  assert.throws(() => valuesHash([{ ...base, mean: Number.NaN }]), Fault)
  assert.throws(() => valuesHash([{ ...base, hi80: Number.POSITIVE_INFINITY }]), Fault)
})

test('inputs hash by content, whatever the order of keys', () => {
  assert.equal(
    canonicalJson({ b: [1, undefined, { d: null, c: '学' }], a: undefined }),
    '{"b":[1,null,{"c":"学","d":null}]}',
  )
  assert.equal(canonicalHash({ a: 1, b: 2 }), canonicalHash({ b: 2, a: 1 }))
  assert.notEqual(canonicalHash([1, 2]), canonicalHash([2, 1]))
})
