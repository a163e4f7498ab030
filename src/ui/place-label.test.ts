import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeLabel, placeLabels } from './place-label.ts'

const years = 20
const line = (value: (index: number) => number | null) => Array.from({ length: years }, (_, at) => value(at))

test('a label stands away from the line that runs close above', () => {
  const own = line((at) => at)
  const above = line((at) => at + 1)
  const far = line(() => 40)
  assert.equal(placeLabel(own, [above, far], 4).side, 'bottom')
  assert.equal(placeLabel(above, [own, far], 4).side, 'top')
})

test('the label of a falling line keeps clear of the line itself', () => {
  const own = line((at) => (at < 10 ? null : 100 - (at - 10) * 10))
  const level = line(() => 100)
  const { index, side, align } = placeLabel(own, [level], 6)
  const bottom = (own[index] ?? 0) + (side === 'top' ? 2.5 : -10)
  const left = index - 5.4 * { left: 0, center: 0.5, right: 1 }[align]
  for (const [at, value] of own.entries()) {
    if (value === null || at < left || at > left + 5.4) continue
    assert.ok(value <= bottom || value >= bottom + 7.5, `the line runs through its label at ${at}`)
  }
})

test('a label never hangs over the side of the drawing', () => {
  const short = line((at) => (at > 16 ? 5 : null))
  const { index } = placeLabel(short, [line(() => 0)], 2)
  assert.ok(index >= 17 && index <= 18)
})

test('a line that ends at the side of the drawing has its label turned inwards', () => {
  const { index, align } = placeLabel([null, 7], [], 12)
  assert.deepEqual([index, align], [1, 'right'])
})

test('labels of lines that run together do not stand on each other', () => {
  const values = line((at) => at)
  const twin = line((at) => at + 0.2)
  const [one, other] = placeLabels(
    [
      { values, letters: 5 },
      { values: twin, letters: 5 },
    ],
    [line(() => 60)],
  )
  assert.ok(one && other)
  assert.ok(one.side !== other.side || Math.abs(one.index - other.index) > 3)
})
