import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../../src/app/data-folder.ts'
import { cruiseHouse } from './cruise-house.ts'
import { drawMap } from './draw-map.ts'

test('docs/map.md is the map of the code as it stands', async () => {
  const drawn = drawMap(await cruiseHouse())
  assert.equal(readFileSync(join(root, 'docs/map.md'), 'utf8'), drawn, 'run `npm run map`')
})

test('a map drawn from other code differs', async () => {
  assert.notEqual(drawMap(await cruiseHouse(join(root, 'test/house/planted'))), drawMap(await cruiseHouse()))
})
