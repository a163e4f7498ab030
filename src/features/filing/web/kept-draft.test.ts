import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type DraftLinks, DraftSaver } from './draft-saver.ts'
import { cellKey, keptDraft, placeOf } from './kept-draft.ts'

/** The storage of one browser, shared by its tabs. */
class BrowserStore implements Storage {
  private readonly items = new Map<string, string>()
  get length() {
    return this.items.size
  }
  key = (at: number) => [...this.items.keys()][at] ?? null
  getItem = (key: string) => this.items.get(key) ?? null
  setItem = (key: string, text: string) => void this.items.set(key, text)
  removeItem = (key: string) => void this.items.delete(key)
  clear = () => this.items.clear()
}

/** A platform some way off: what is sent arrives a moment later, and its answer another moment after that. */
class Platform {
  readonly cells = new Map<string, string>()
  readonly stood = new Set<string>()
  down = false
  send: DraftLinks['send'] = async (cells) => {
    await undefined
    if (this.down) throw { kind: 'fault' }
    const fresh = ({ line, field, written, saw }: (typeof cells)[number]) => {
      const now = this.cells.get(cellKey(line, field)) ?? null
      return now === written || now === saw
    }
    const merged = cells.filter(fresh)
    const unmerged = cells
      .filter((cell) => !fresh(cell))
      .map(({ line, field, written }) => {
        const now = this.cells.get(cellKey(line, field)) ?? null
        return { line, field, yours: written, now, writtenBy: '' }
      })
    for (const { line, field, written } of merged) {
      this.cells.set(cellKey(line, field), written)
      this.stood.add(written)
    }
    await undefined
    const saved = merged.map(({ written, saw, ...place }) => ({ ...place, value: written }))
    return { saved, unmerged, wrong: [], remarks: [] }
  }
}

/** Every text that lies in the browser as one not on the platform yet. */
function wordsIn(store: BrowserStore): string[] {
  const keys = Array.from({ length: store.length }, (_, at) => store.key(at) ?? '')
  return keys.map((key) => JSON.parse(store.getItem(key) ?? '').written)
}

function openTab(store: Storage, platform: Platform, of = '7'): DraftSaver {
  const { draft, keep } = keptDraft('clerk', of, store)
  const tab = new DraftSaver(draft, { keep, send: platform.send, changed: () => {} })
  const standing = [...platform.cells].map(([key, value]) => ({ ...placeOf(key), value }))
  tab.learn(standing.map((cell) => ({ ...cell, origin: 'hand', writtenBy: '', writtenAt: '' })))
  return tab
}

test('two tabs of one form without a connection keep the cells of both, and each takes away only its own', async () => {
  const [store, platform] = [new BrowserStore(), new Platform()]
  const [one, other] = [openTab(store, platform), openTab(store, platform)]
  one.write(1, 'a', '1')
  other.write(1, 'b', '2')
  assert.equal(await one.flush(), true)
  const next = openTab(store, platform)
  assert.deepEqual([...next.draft.keys()], ['1/b'])
  next.write(1, 'b', '3')
  assert.deepEqual(wordsIn(store), ['3'])
  assert.equal(openTab(store, platform, '7-remarks').draft.size, 0)
})

test('two words for one cell: the later is taken up, and the earlier is not lost but waits for its writer', async () => {
  const [store, platform] = [new BrowserStore(), new Platform()]
  const [one, other] = [openTab(store, platform), openTab(store, platform)]
  one.write(1, 'a', 'earlier')
  await new Promise((done) => setTimeout(done, 2))
  other.write(1, 'a', 'later')
  const next = openTab(store, platform)
  assert.equal(next.draft.get('1/a')?.written, 'later')
  assert.equal(await next.flush(), true)
  const last = openTab(store, platform)
  assert.equal(await last.flush(), false)
  assert.deepEqual(
    last.unmerged().map(({ yours, now }) => [yours, now]),
    [['earlier', 'later']],
  )
})

test('a draft kept whole under one key is still read, beside what was written since', async () => {
  const [store, platform] = [new BrowserStore(), new Platform()]
  openTab(store, platform).write(1, 'b', 'newer')
  const whole = [
    ['1/a', { written: '1', saw: null }],
    ['1/b', { written: '2', saw: 5 }],
  ]
  store.setItem('kuoyou-filing-clerk-7', JSON.stringify(whole))
  const tab = openTab(store, platform)
  assert.deepEqual(Object.fromEntries(tab.draft), {
    '1/a': { written: '1', saw: null },
    '1/b': { written: 'newer', saw: null },
  })
  assert.equal(await tab.flush(), true)
  assert.equal(store.getItem('kuoyou-filing-clerk-7'), null)
  assert.deepEqual([...openTab(store, platform).draft], [['1/b', { written: '2', saw: 5 }]])
})

const tab = fc.constantFrom(0, 1)
const cell = fc.constantFrom('1/a', '1/b')
const act = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), tab, cell }),
  fc.record({ kind: fc.constant('other' as const), cell }),
  fc.record({ kind: fc.constant('flush' as const), tab }),
  fc.record({ kind: fc.constant('settle' as const), tab, cell, mine: fc.boolean() }),
  fc.record({ kind: fc.constant('reopen' as const), tab }),
  fc.record({ kind: fc.constant('line' as const), down: fc.boolean() }),
  fc.record({ kind: fc.constant('moment' as const), of: fc.integer({ min: 1, max: 6 }) }),
)

test('whatever two tabs do: each word is in the browser, or stood on the platform, or its writer put another in its place; and all is sent at last', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 40, size: 'max' }), async (acts) => {
      const [store, platform] = [new BrowserStore(), new Platform()]
      const tabs = [openTab(store, platform), openTab(store, platform)] as [DraftSaver, DraftSaver]
      const owed = new Set<string>()
      const nothingLost = () => {
        const kept = wordsIn(store)
        for (const word of owed) assert.ok(kept.includes(word) || platform.stood.has(word), `lost ${word}`)
      }
      for (const [at, each] of acts.entries()) {
        const here = 'tab' in each ? tabs[each.tab as 0 | 1] : tabs[0]
        const { line, field } = placeOf('cell' in each ? each.cell : '1/a')
        const before = here.draft.get(cellKey(line, field))?.written ?? ''
        if (each.kind === 'write') {
          here.write(line, field, `word ${at}`)
          owed.delete(before)
          owed.add(`word ${at}`)
        } else if (each.kind === 'settle') {
          if (here.unmerged().some((cell) => cell.field === field)) here.settle(line, field, each.mine)
          if (!here.draft.has(cellKey(line, field))) owed.delete(before)
        } else if (each.kind === 'other') platform.cells.set(each.cell, `other ${at}`)
        else if (each.kind === 'flush') void here.flush()
        else if (each.kind === 'reopen') tabs[each.tab as 0 | 1] = openTab(store, platform)
        else if (each.kind === 'line') platform.down = each.down
        else for (let moment = 0; moment < each.of; moment++) await undefined
        nothingLost()
      }
      platform.down = false
      for (let opened = 0; wordsIn(store).length > 0; opened++) {
        assert.ok(opened < 50, 'something in the browser is never sent')
        const last = openTab(store, platform)
        await last.flush()
        for (const { line, field } of last.unmerged()) last.settle(line, field, true)
        await last.flush()
        nothingLost()
      }
    }),
    { numRuns: 300 },
  )
})
