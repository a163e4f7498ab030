import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DraftSaver, type Saved } from './draft-saver.ts'
import { cellKey, type Draft } from './kept-draft.ts'

type Value = string | number | null

/** A platform of one filing: text is its own value, a cell seen otherwise than it stands is not overwritten. */
class Platform {
  readonly cells = new Map<string, Value>()
  /** What stood here because it was sent, or was sent and stood here already. */
  readonly stood = new Set<string>()
  down = false
  async send(cells: readonly { line: number; field: string; written: string; saw: Value }[]): Promise<Saved> {
    if (this.down) throw { kind: 'fault' }
    const unmerged: Saved['unmerged'] = []
    for (const { line, field, written, saw } of cells) {
      const key = cellKey(line, field)
      const now = this.cells.get(key) ?? null
      if (now !== written && now !== saw)
        unmerged.push({ line, field, yours: written, now, writtenBy: '别人' })
      else {
        this.cells.set(key, written)
        this.stood.add(`${key}=${written}`)
      }
    }
    const saved = cells
      .filter(({ field }) => !unmerged.some((each) => each.field === field))
      .map(({ line, field, written }) => ({ line, field, value: written }))
    return { saved, unmerged, wrong: [], remarks: [] }
  }
  shown = () =>
    [...this.cells].map(([key, value]) => ({
      line: 0,
      field: key.slice(2),
      value: value as string,
      origin: 'hand' as const,
      writtenBy: '',
      writtenAt: '',
    }))
}

function saver(platform: Platform, kept: Draft = new Map(), keep: (draft: Draft) => void = () => {}) {
  const made = new DraftSaver(kept, { keep, send: (cells) => platform.send(cells), changed: () => {} })
  made.learn(platform.shown())
  return made
}

test('without a connection everything written stays in the draft and reaches the platform when the line is back', async () => {
  const platform = new Platform()
  const kept: Draft[] = []
  const draft = saver(platform, new Map(), (now) => kept.push(new Map(now)))
  platform.down = true
  draft.write(0, 'a', '1')
  assert.equal(await draft.flush(), false)
  assert.equal(draft.state, 'offline')
  draft.write(0, 'b', '2')
  assert.deepEqual(
    [...kept.at(-1)!],
    [
      ['0/a', { written: '1', saw: null }],
      ['0/b', { written: '2', saw: null }],
    ],
  )
  // the browser was closed and opened again
  const reopened = saver(platform, kept.at(-1)!)
  platform.down = false
  assert.equal(await reopened.flush(), true)
  assert.deepEqual(
    [...platform.cells],
    [
      ['0/a', '1'],
      ['0/b', '2'],
    ],
  )
})

test('a cell written again after it was saved is no conflict with oneself', async () => {
  const platform = new Platform()
  const draft = saver(platform)
  for (const text of ['1', '2', '3']) {
    draft.write(0, 'a', text)
    assert.equal(await draft.flush(), true)
  }
  assert.equal(platform.cells.get('0/a'), '3')
})

test('what another wrote after one began is not overwritten, even when the page hears of it before it is sent', async () => {
  const platform = new Platform()
  const draft = saver(platform)
  draft.write(0, 'a', 'mine')
  platform.cells.set('0/a', 'theirs')
  draft.learn(platform.shown())
  draft.write(0, 'a', 'mine too')
  assert.equal(await draft.flush(), false)
  assert.equal(platform.cells.get('0/a'), 'theirs')
})

test('a refusal is told and not tried again; what was written stays', async () => {
  const refusing = { kind: 'refusal', text: '已锁定' }
  const draft = new DraftSaver(new Map(), {
    keep: () => {},
    changed: () => {},
    send: () => Promise.reject(refusing),
  })
  draft.write(0, 'a', '1')
  assert.equal(await draft.flush(), false)
  assert.deepEqual([draft.state, draft.refusal, draft.draft.size], ['refused', '已锁定', 1])
})

test('a cell somebody else changed meanwhile waits for the writer, who keeps his own or takes the other', async () => {
  for (const mine of [true, false]) {
    const platform = new Platform()
    const draft = saver(platform)
    platform.cells.set('0/a', 'theirs')
    draft.write(0, 'a', 'mine')
    assert.equal(await draft.flush(), false)
    assert.deepEqual(
      draft.unmerged().map(({ now, yours }) => [now, yours]),
      [['theirs', 'mine']],
    )
    draft.settle(0, 'a', mine)
    assert.equal(await draft.flush(), true)
    assert.equal(platform.cells.get('0/a'), mine ? 'mine' : 'theirs')
  }
})

test('sendings asked for while one is under way follow one another', async () => {
  const platform = new Platform()
  let [underWay, most, sent] = [0, 0, 0]
  const slow = async (cells: Parameters<Platform['send']>[0]) => {
    sent += 1
    underWay += 1
    most = Math.max(most, underWay)
    await Promise.resolve()
    underWay -= 1
    return platform.send(cells)
  }
  const draft = new DraftSaver(new Map(), { keep: () => {}, send: slow, changed: () => {} })
  draft.write(0, 'a', '1')
  const first = draft.flush()
  while (sent === 0) await Promise.resolve()
  draft.write(0, 'a', '12')
  assert.deepEqual(await Promise.all([first, draft.flush(), draft.flush()]), [false, true, true])
  assert.deepEqual([most, sent, platform.cells.get('0/a')], [1, 2, '12'])
})

test('a choice made while other cells are being sent is sent after them, without another word written', async () => {
  const platform = new Platform()
  const draft = saver(platform)
  platform.cells.set('0/a', 'theirs')
  draft.write(0, 'a', 'mine')
  await draft.flush()
  draft.write(0, 'b', '1')
  const sending = draft.flush()
  await Promise.resolve()
  draft.settle(0, 'a', true)
  await sending
  assert.equal(platform.cells.get('0/a'), 'theirs', 'it was sent as it stood before the choice')
  assert.equal(draft.state, 'waiting')
  assert.equal(await draft.flush(), true)
  assert.equal(platform.cells.get('0/a'), 'mine')
})

test('whatever is written, sent, lost or changed by others: each last word is in the draft or stood on the platform after it was written', async () => {
  const act = fc.oneof(
    fc.record({
      kind: fc.constant('write' as const),
      field: fc.constantFrom('a', 'b'),
      text: fc.string({ minLength: 1, maxLength: 2 }),
    }),
    fc.record({
      kind: fc.constant('other' as const),
      field: fc.constantFrom('a', 'b'),
      text: fc.constantFrom('x', 'y'),
    }),
    fc.constant({ kind: 'flush' as const }),
    fc.constant({ kind: 'down' as const }),
    fc.constant({ kind: 'up' as const }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 30 }), async (acts) => {
      const platform = new Platform()
      const draft = saver(platform)
      const last = new Map<string, string>()
      for (const each of acts) {
        if (each.kind === 'write') {
          draft.write(0, each.field, each.text)
          last.set(each.field, each.text)
          platform.stood.delete(`${cellKey(0, each.field)}=${each.text}`)
        } else if (each.kind === 'other') platform.cells.set(cellKey(0, each.field), each.text)
        else if (each.kind === 'flush') {
          await draft.flush()
        } else platform.down = each.kind === 'down'
      }
      for (const [field, text] of last) {
        const key = cellKey(0, field)
        assert.ok(
          draft.draft.get(key)?.written === text || platform.stood.has(`${key}=${text}`),
          `${field} lost ${text}`,
        )
      }
    }),
    { numRuns: 500 },
  )
})

test('what cannot be saved any more is let go of when its writer says so, and only that', async () => {
  const platform = new Platform()
  const draft = saver(platform)
  draft.write(0, 'a', '1')
  await draft.flush()
  platform.down = true
  draft.write(0, 'a', '2')
  draft.write(0, 'b', '3')
  draft.giveUp([{ line: 0, field: 'a' }])
  assert.deepEqual([[...draft.draft.keys()], draft.standing(0, 'a'), draft.state], [['0/b'], '1', 'waiting'])
  draft.giveUp([{ line: 0, field: 'b' }])
  assert.deepEqual([draft.draft.size, draft.state], [0, 'saved'])
})

test('where nobody may write any more stands what is saved, not what was written', async () => {
  const platform = new Platform()
  platform.cells.set(cellKey(0, 'a'), '1')
  const draft = saver(platform)
  draft.write(0, 'a', '2')
  assert.deepEqual([...draft.cells()], [['0/a', { written: '2', saw: '1' }]])
  draft.learn(platform.shown(), () => false)
  assert.deepEqual([...draft.cells()], [['0/a', { stands: '1' }]])
  assert.deepEqual([draft.unsaved('0/a'), draft.draft.size], [undefined, 1], 'it is kept all the same')
})
