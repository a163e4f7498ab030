import assert from 'node:assert/strict'
import { test } from 'node:test'
import { areaOf, boundsOf, clipOutline, isInside, type Outline, roundOutline } from './outline.ts'

const square: Outline = [
  [
    [
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
      [0, 0],
    ],
  ],
]
/** A U open to the north: concave, so a cut across the arms leaves two parts. */
const cup: Outline = [
  [
    [
      [0, 0],
      [6, 0],
      [6, 4],
      [4, 4],
      [4, 2],
      [2, 2],
      [2, 4],
      [0, 4],
      [0, 0],
    ],
  ],
]

test('a point is inside, outside, or in the hollow of a concave outline', () => {
  assert.equal(isInside(square, [1, 1]), true)
  assert.equal(isInside(square, [5, 1]), false)
  assert.equal(isInside(cup, [1, 3]), true)
  assert.equal(isInside(cup, [3, 3]), false)
})

test('a hole is not inside', () => {
  const holed: Outline = [
    [
      square[0]![0]!,
      [
        [1, 1],
        [2, 1],
        [2, 2],
        [1, 2],
        [1, 1],
      ],
    ],
  ]
  assert.equal(isInside(holed, [1.5, 1.5]), false)
  assert.equal(areaOf(holed), 15)
})

test('clipping keeps the half on the positive side', () => {
  const west = clipOutline(square, ([lng]) => 1 - lng)
  assert.deepEqual(boundsOf(west), [0, 0, 1, 4])
  assert.equal(areaOf(west), 4)
  assert.deepEqual(
    clipOutline(square, ([lng]) => lng - 9),
    [],
  )
})

test('clipping a concave outline keeps its area', () => {
  assert.equal(areaOf(clipOutline(cup, ([, lat]) => lat - 3)), 4)
  assert.equal(areaOf(clipOutline(cup, ([, lat]) => 3 - lat)), 16)
})

test('rounding drops points that fall together', () => {
  const fine: Outline = [
    [
      [
        [0, 0],
        [0.00001, 0],
        [1, 0],
        [1, 1],
        [0, 0],
      ],
    ],
  ]
  assert.deepEqual(roundOutline(fine), [
    [
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 0],
      ],
    ],
  ])
})
