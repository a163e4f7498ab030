import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareZones } from './zones.ts'

test('every reading is the same to the byte, whatever zone the machine and the database keep', async () => {
  const { pairs, readings, unsteady } = await compareZones(['America/Los_Angeles'])
  assert.equal(pairs, 3)
  assert.ok(readings > 60, `${readings} compared; unsteady: ${unsteady}`)
})
