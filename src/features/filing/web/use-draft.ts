import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react'
import { useApi } from '../../../ui/use-api.tsx'
import type { FilingShown } from '../contract.ts'
import { DraftSaver, type Saved } from './draft-saver.ts'
import { keepDraft, keptDraft } from './kept-draft.ts'

/** Saved well within five seconds of the last key. */
const pause = 1_500
/** Without a connection it is tried again this often. */
const retryPause = 4_000

/** 草稿自动保存 — kept in the browser at every key, on the platform 1.5 s after the last, tried again while offline. */
export function useDraft(filing: FilingShown): DraftSaver {
  const api = useApi()
  const { filingId } = filing
  const [saver, subscribe] = useMemo(() => {
    const listeners = new Set<() => void>()
    const links = {
      keep: (draft: Map<string, string>) => keepDraft(filingId, draft),
      send: (body: unknown) => api.send<Saved>('PUT', `/api/filings/${filingId}/answers`, body),
      changed: () => {
        for (const listener of listeners) listener()
      },
    }
    const listen = (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    }
    return [new DraftSaver(keptDraft(filingId), links), listen] as const
  }, [api, filingId])
  useSyncExternalStore(
    subscribe,
    useCallback(() => `${saver.state} ${[...saver.draft].join()}`, [saver]),
  )
  useEffect(() => saver.learn(filing.cells), [saver, filing.cells])
  useEffect(() => {
    if (saver.state !== 'waiting' && saver.state !== 'offline') return
    const timer = setTimeout(() => void saver.flush(), saver.state === 'waiting' ? pause : retryPause)
    return () => clearTimeout(timer)
  })
  return saver
}
