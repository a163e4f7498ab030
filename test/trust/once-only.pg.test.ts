import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trustOnce } from './once-only.ts'

test('a saving sent many times at once is done once; its key serves nothing else; a name is given once', async () => {
  const { rows, requests } = await trustOnce(30, 10)
  assert.deepEqual([rows, requests], [30, 360])
})
