import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeNames } from './place-names.ts'

const square = (key: string, x: number, y: number, side: number) => ({
  properties: { key },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [x, y],
        [x + side, y],
        [x + side, y + side],
        [x, y + side],
      ] as [number, number][],
    ],
  },
})
const named = (key: string) => ({ key, name: `${key}\n缺 1,234` })

test('what has room carries name and words, what has less its name, what has none is left blank', () => {
  const outlines = {
    features: [square('大县', 0, 0, 10), square('小区', 5.5, 1.9, 1), square('小园', 5.6, 4.4, 1)],
  }
  const names = placeNames(outlines, [named('大县'), named('小区'), named('小园')], 400)
  assert.equal(names.get('大县'), '大县\n缺 1,234')
  assert.equal(names.get('小区'), '小区\n缺 1,234')
  assert.equal(names.get('小园'), undefined)
})

test('a name alone stands where its words would reach another', () => {
  const outlines = { features: [square('大县', 0, 0, 10), square('小区', 6.7, 4.5, 1)] }
  assert.equal(placeNames(outlines, [named('大县'), named('小区')], 400).get('小区'), '小区')
})
