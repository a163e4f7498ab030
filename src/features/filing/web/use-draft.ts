import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react'
import { useApi } from '../../../ui/use-api.tsx'
import type { FilingShown } from '../contract.ts'
import { type DraftLinks, DraftSaver, type Saved } from './draft-saver.ts'
import { cellKey, keptDraft } from './kept-draft.ts'

/** Saved well within five seconds of the last key. */
const pause = 1_500
/** Without a connection it is tried again this often. */
const retryPause = 4_000

/** 草稿所在 — whose it is and of what, what stands on the platform, whether it may be written, and how it is sent. */
export interface DraftPlace {
  readonly you: string
  readonly of: string
  readonly cells: FilingShown['cells']
  readonly mayWrite: boolean
  /** Of these lines nothing may be written now, though others may be. */
  readonly closed?: ReadonlySet<number>
  readonly send: DraftLinks['send']
}

/** 草稿自动保存 — kept in the browser at every key, on the platform 1.5 s after the last, tried again while offline. */
export function useDraft({ you, of, cells, mayWrite, closed, send }: DraftPlace): {
  saver: DraftSaver
  turn: number
} {
  const [saver, subscribe] = useMemo(() => {
    const listeners = new Set<() => void>()
    const { draft, keep } = keptDraft(you, of)
    const links = {
      keep,
      send,
      changed: () => {
        for (const listener of listeners) listener()
      },
    }
    const listen = (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    }
    return [new DraftSaver(draft, links), listen] as const
  }, [you, of, send])
  // Before the page is first drawn, and whenever it hears anew what stands.
  useMemo(
    () => saver.learn(cells, (line) => mayWrite && !closed?.has(line)),
    [saver, cells, mayWrite, closed],
  )
  const turn = useSyncExternalStore(
    subscribe,
    useCallback(() => saver.turn, [saver]),
  )
  useEffect(() => {
    if (!mayWrite || (saver.state !== 'waiting' && saver.state !== 'offline')) return
    const timer = setTimeout(() => void saver.flush(), saver.state === 'waiting' ? pause : retryPause)
    return () => clearTimeout(timer)
  })
  return { saver, turn }
}

/** 填报单草稿 — of one filing; what was saved stands at once in the answer the page is drawn from. */
export function useFilingDraft(filing: FilingShown): { saver: DraftSaver; turn: number } {
  const api = useApi()
  const queries = useQueryClient()
  const { filingId, you, cells, mayWrite, past } = filing
  const path = `/api/filings/${filingId}`
  const send = useCallback<DraftLinks['send']>(
    async (written) => {
      const saved = await api.send<Saved>('PUT', `${path}/answers`, { cells: written })
      queries.setQueryData<FilingShown>([path, {}], (shown) => shown && withSaved(shown, saved))
      return saved
    },
    [api, queries, path],
  )
  return useDraft({
    you,
    of: past === null ? String(filingId) : `${filingId} ${past}`,
    cells,
    mayWrite,
    send,
  })
}

/** What was saved stands in the answer the page is drawn from, so that nobody who comes back sees what was there before. */
function withSaved(shown: FilingShown, { saved, remarks }: Saved): FilingShown {
  const written = new Map(saved.map((cell) => [cellKey(cell.line, cell.field), cell]))
  const others = shown.cells.filter(({ line, field }) => !written.has(cellKey(line, field)))
  const now = { origin: 'hand' as const, writtenBy: '', writtenAt: '' }
  const fresh = saved.flatMap(({ value, ...place }) => (value === null ? [] : [{ ...place, value, ...now }]))
  // Comparisons with other filings were not made again: they stand until the page asks anew.
  const compared = shown.remarks.filter(({ found }) => found !== undefined)
  return { ...shown, cells: [...others, ...fresh], remarks: [...remarks, ...compared] }
}
