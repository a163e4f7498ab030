/** 未保存的值 — the text as it was written, and the value that stood before the writer's eyes when he began. */
export interface Unsaved {
  readonly written: string
  readonly saw: string | number | null
}

/** 未保存的单元格 — by cell. */
export type Draft = Map<string, Unsaved>

/** 单元格代号 — its line and field as one word. */
export function cellKey(line: number, field: string): string {
  return `${line}/${field}`
}

/** 代号所指 — the line and field of a cell's word. */
export function placeOf(key: string): { line: number; field: string } {
  const at = key.indexOf('/')
  return { line: Number(key.slice(0, at)), field: key.slice(at + 1) }
}

/** 浏览器里的草稿 — what was found when the form was opened, and how what is not saved yet is kept from then on. */
export interface KeptDraft {
  readonly draft: Draft
  keep(draft: Draft): void
}

/** One cell as it lies in the browser; `at` tells an earlier word from a later one, and any two words of one tab apart. */
interface Kept extends Unsaved {
  readonly at: number
}

/**
 * 浏览器里的草稿 — what this account wrote on this machine and has not reached the platform.
 *
 * Each cell lies under a key of its own for each opening of the form, so that two tabs never write over each other. What
 * other openings left is taken up; it goes when this one has settled it, unless it was written on meanwhile. Of two words
 * for one cell the later is taken up, and the earlier at an opening after that one is settled.
 */
export function keptDraft(account: string, of: string, store: Storage = localStorage): KeptDraft {
  const place = `kuoyou-filing-${account}-${of}`
  const opening = `${place}/${crypto.getRandomValues(new Uint32Array(4)).join('-')}/`
  divideWhole(store, place, opening)
  const held = takenUp(store, `${place}/`)
  let last = 0
  const drop = ({ key, text }: Held) => {
    if (store.getItem(key) === text) store.removeItem(key)
  }
  return {
    draft: new Map([...held].map(([cell, { unsaved }]) => [cell, unsaved])),
    keep(draft) {
      for (const [cell, unsaved] of draft) {
        const before = held.get(cell)
        if (before?.unsaved === unsaved) continue
        last = Math.max(Date.now(), last + 1)
        const now = { key: opening + cell, text: JSON.stringify({ ...unsaved, at: last }), unsaved }
        store.setItem(now.key, now.text)
        held.set(cell, now)
        if (before && before.key !== now.key) drop(before)
      }
      for (const [cell, each] of held) {
        if (draft.has(cell)) continue
        drop(each)
        held.delete(cell)
      }
    },
  }
}

/** A cell this opening answers for: where it lies and as what, to see whether another tab has written on. */
interface Held {
  readonly key: string
  readonly text: string
  readonly unsaved: Unsaved
}

function takenUp(store: Storage, under: string): Map<string, Held> {
  const keys = Array.from({ length: store.length }, (_, at) => store.key(at) ?? '')
  const found = keys
    .filter((key) => key.startsWith(under))
    .map((key) => {
      const text = store.getItem(key) ?? ''
      const { at, ...unsaved } = JSON.parse(text) as Kept
      return { cell: key.slice(key.indexOf('/', under.length) + 1), key, text, unsaved, at }
    })
  found.sort((one, other) => one.at - other.at)
  return new Map(found.map(({ cell, key, text, unsaved }) => [cell, { key, text, unsaved }]))
}

/** A draft kept whole under one key, as it once was, is divided into its cells; they are older than any other. */
function divideWhole(store: Storage, place: string, opening: string): void {
  const whole = store.getItem(place)
  if (whole === null) return
  for (const [cell, unsaved] of JSON.parse(whole) as [string, Unsaved][])
    store.setItem(opening + cell, JSON.stringify({ ...unsaved, at: 0 } satisfies Kept))
  store.removeItem(place)
}
