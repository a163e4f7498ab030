import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import type pg from 'pg'
import { listen } from './listen.ts'

/** A connection that never was: what is asked of it, and whether it was given back. */
class Line extends EventEmitter {
  released = 0
  readonly #says: (line: Line) => Promise<void>
  constructor(says: (line: Line) => Promise<void> = async () => {}) {
    super()
    this.#says = says
  }
  query = () => this.#says(this)
  release = () => {
    this.released += 1
  }
}

const poolOf = (lines: readonly (Line | Promise<Line>)[]) => {
  const left = [...lines]
  const pool = { given: 0, connect: async () => left[pool.given++] }
  return pool as typeof pool & pg.Pool
}

test('a connection that breaks within its first statement is replaced by one, not by two', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const breaking = new Line(async (line) => {
    line.emit('error', new Error('gone'))
    throw new Error('gone')
  })
  const pool = poolOf([breaking, new Line(), new Line()])
  const deafen = listen(pool, 'words', () => {})
  await turn()
  t.mock.timers.tick(1_000)
  await turn()
  assert.equal(pool.given, 2)
  await deafen()
  assert.equal(breaking.released, 1)
})

test('whoever stops listening while a lost connection is being replaced gives the new one back', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const [first, second] = [new Line(), new Line()]
  const coming = Promise.withResolvers<Line>()
  const deafen = listen(poolOf([first, coming.promise]), 'words', () => {})
  await turn()
  first.emit('error', new Error('gone'))
  t.mock.timers.tick(1_000)
  const deaf = deafen()
  coming.resolve(second)
  await deaf
  assert.equal(second.released, 1)
})
