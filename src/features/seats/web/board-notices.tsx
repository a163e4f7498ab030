import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useCallback, useState } from 'react'
import { JobProgress } from '../../../ui/job-progress.tsx'
import { Problem } from '../../../ui/page.tsx'
import { useSend } from '../../../ui/use-api.tsx'
import type { BoardAnswer } from '../contract.ts'

/** 提示与重新测算 — what a reader must know before using the board, and the way to compute it anew. */
export function BoardNotices({ board, onDone }: { board: BoardAnswer; onDone: () => unknown }) {
  const queries = useQueryClient()
  const recompute = useSend<object, { jobId: string }>('POST', '/api/seats/recompute')
  const [jobId, setJobId] = useState<string>()
  const finished = useCallback(() => {
    setJobId(undefined)
    queries.invalidateQueries()
    onDone()
  }, [queries, onDone])
  const ask = () =>
    recompute.mutate(
      { asOf: board.asOf, ...(board.parent.kind !== 'city' && { county: board.parent.countyId }) },
      { onSuccess: (job) => setJobId(job.jobId) },
    )
  const place = board.parent.kind === 'city' ? '全市' : '本县（市、区）'
  return (
    <div
      className="no-print"
      style={{ display: 'grid', gap: 8, marginBottom: board.notices.length > 0 ? 14 : 0 }}
    >
      {board.notices.map((notice) => (
        <div className="notice" key={notice.kind} role="status">
          <span>{notice.text}</span>
        </div>
      ))}
      {jobId && <JobProgress jobId={jobId} onDone={finished} />}
      {recompute.error && <Problem error={recompute.error} />}
      {board.mayRecompute && !jobId && (
        <div>
          <Button type={board.published ? 'default' : 'primary'} loading={recompute.isPending} onClick={ask}>
            {board.published ? `重新测算${place}` : `测算${place}`}
          </Button>
        </div>
      )}
    </div>
  )
}
