import { useCallback, useMemo } from 'react'
import type { Static } from 'typebox'
import { useApi } from '../../../ui/use-api.tsx'
import type { FilingShown } from '../contract.ts'
import type { RemarksSaved } from '../remarks-contract.ts'
import type { DraftLinks, DraftSaver } from './draft-saver.ts'
import { placeOf } from './kept-draft.ts'
import { useDraft } from './use-draft.ts'

export type CellRemark = FilingShown['steps'][number]['cells'][number]

/**
 * 拟退回意见 — what those who look at a filing say of its cells; it goes with the filing when it is returned.
 *
 * Kept like answers: in the browser at every word, on the platform a moment later, tried again while offline.
 */
export interface ReturnRemarks {
  readonly all: readonly CellRemark[]
  /** Written here and not on the platform. */
  readonly unsent: number
  readonly saver: DraftSaver
  put(remark: CellRemark): void
  drop(remark: CellRemark): void
}

/** 收集退回意见 — for whoever may return the filing now, and for whoever has words left that could not be sent. */
export function useReturnRemarks({ filingId, you, planned }: FilingShown): ReturnRemarks | undefined {
  const api = useApi()
  const cells = useMemo(() => (planned ?? []).map(standingCell), [planned])
  const send = useCallback<DraftLinks['send']>(
    async (written) => {
      const path = `/api/filings/${filingId}/remarks`
      const saved = await api.send<Static<typeof RemarksSaved>>('PUT', path, { cells: written })
      return { ...saved, unmerged: [], remarks: [] }
    },
    [api, filingId],
  )
  const mayWrite = planned !== undefined
  const { saver, turn } = useDraft({ you, of: `${filingId}-remarks`, cells, mayWrite, send })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the saver is one object; its turn says that it changed
  return useMemo(() => {
    const all = remarksOf(saver)
    const unsent = saver.draft.size
    if (!mayWrite && unsent === 0) return undefined
    const write = ({ line, field }: CellRemark, says: string) => saver.write(line, field, says)
    return {
      all,
      unsent,
      saver,
      put: (remark) => write(remark, remark.says),
      drop: (remark) => write(remark, ''),
    }
  }, [saver, turn, mayWrite])
}

function standingCell({ line, field, says, saidBy, saidAt }: NonNullable<FilingShown['planned']>[number]) {
  return { line, field, value: says, origin: 'hand' as const, writtenBy: saidBy, writtenAt: saidAt }
}

/** What is written here over what stands; what is taken away is gone at once. */
function remarksOf(saver: DraftSaver): CellRemark[] {
  return [...saver.cells()].flatMap(([key, cell]) => {
    const says = 'stands' in cell ? String(cell.stands ?? '') : cell.written
    return says === '' ? [] : [{ ...placeOf(key), says }]
  })
}
