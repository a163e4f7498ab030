import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomStream } from './random-stream.ts'

const take = (seed: number, name: string, count = 2000) => {
  const stream = randomStream(seed, name)
  return Array.from({ length: count }, () => stream.next())
}

test('the same seed and name give the same numbers, any other gives others', () => {
  assert.deepEqual(take(1, 'a'), take(1, 'a'))
  assert.notDeepEqual(take(1, 'a', 5), take(2, 'a', 5))
  assert.notDeepEqual(take(1, 'a', 5), take(1, 'b', 5))
})

test('numbers spread evenly over [0, 1)', () => {
  const numbers = take(7, 'even', 20_000)
  assert.ok(numbers.every((number) => number >= 0 && number < 1))
  for (let tenth = 0; tenth < 10; tenth++) {
    const share = numbers.filter((number) => Math.floor(number * 10) === tenth).length / numbers.length
    assert.ok(Math.abs(share - 0.1) < 0.01)
  }
})

test('the bell has mean 0 and deviation 1, and whole numbers include both ends', () => {
  const stream = randomStream(3, 'bell')
  const bells = Array.from({ length: 20_000 }, () => stream.bell())
  const mean = bells.reduce((sum, value) => sum + value, 0) / bells.length
  const variance = bells.reduce((sum, value) => sum + (value - mean) ** 2, 0) / bells.length
  assert.ok(Math.abs(mean) < 0.03)
  assert.ok(Math.abs(variance - 1) < 0.05)
  const rolls = new Set(Array.from({ length: 200 }, () => stream.whole(1, 6)))
  assert.deepEqual([...rolls].sort(), [1, 2, 3, 4, 5, 6])
})
