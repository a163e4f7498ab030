import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react'
import { useApi } from '../../../ui/use-api.tsx'
import type { FilingShown } from '../contract.ts'
import { DraftSaver, type Saved } from './draft-saver.ts'
import { cellKey, type Draft, keepDraft, keptDraft } from './kept-draft.ts'

/** Saved well within five seconds of the last key. */
const pause = 1_500
/** Without a connection it is tried again this often. */
const retryPause = 4_000

/** 草稿自动保存 — kept in the browser at every key, on the platform 1.5 s after the last, tried again while offline. */
export function useDraft(filing: FilingShown): { saver: DraftSaver; turn: number } {
  const api = useApi()
  const { filingId, you } = filing
  const path = `/api/filings/${filingId}`
  const queries = useQueryClient()
  const [saver, subscribe] = useMemo(() => {
    const listeners = new Set<() => void>()
    const links = {
      keep: (draft: Draft) => keepDraft(you, filingId, draft),
      send: async (cells: unknown) => {
        const saved = await api.send<Saved>('PUT', `${path}/answers`, { cells })
        queries.setQueryData<FilingShown>([path, {}], (shown) => shown && withSaved(shown, saved))
        return saved
      },
      changed: () => {
        for (const listener of listeners) listener()
      },
    }
    const listen = (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    }
    return [new DraftSaver(keptDraft(you, filingId), links), listen] as const
  }, [api, queries, path, filingId, you])
  // Before the page is first drawn, and whenever it hears anew what stands.
  useMemo(() => saver.learn(filing.cells), [saver, filing.cells])
  const turn = useSyncExternalStore(
    subscribe,
    useCallback(() => saver.turn, [saver]),
  )
  useEffect(() => {
    if (!filing.mayWrite || (saver.state !== 'waiting' && saver.state !== 'offline')) return
    const timer = setTimeout(() => void saver.flush(), saver.state === 'waiting' ? pause : retryPause)
    return () => clearTimeout(timer)
  })
  return { saver, turn }
}

/** What was saved stands in the answer the page is drawn from, so that nobody who comes back sees what was there before. */
function withSaved(shown: FilingShown, { saved, remarks }: Saved): FilingShown {
  const written = new Map(saved.map((cell) => [cellKey(cell.line, cell.field), cell]))
  const others = shown.cells.filter(({ line, field }) => !written.has(cellKey(line, field)))
  const now = { origin: 'hand' as const, writtenBy: '', writtenAt: '' }
  const fresh = saved.flatMap(({ value, ...place }) => (value === null ? [] : [{ ...place, value, ...now }]))
  return { ...shown, cells: [...others, ...fresh], remarks }
}
