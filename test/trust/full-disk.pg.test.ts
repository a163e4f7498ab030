import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mayMount, trustFullDisk } from './full-disk.ts'

const skip = !mayMount() && 'no right to mount a small disk here'

for (const small of ['pg_wal', 'base'] as const)
  test(`the disk of ${small} is full: told so, nothing acknowledged lost, on again by itself`, {
    skip,
  }, async () => {
    const { refusals, acknowledged } = await trustFullDisk(small)
    assert.ok(acknowledged > 40)
    if (small === 'base') assert.ok((refusals.get(507) ?? 0) > 0, 'told that the disk is full')
  })
