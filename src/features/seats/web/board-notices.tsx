import { Button } from 'antd'
import { JobProgress } from '../../../ui/job-progress.tsx'
import { Problem } from '../../../ui/page.tsx'
import { useSend } from '../../../ui/use-api.tsx'
import type { BoardAnswer } from '../contract.ts'
import { useRunningJob } from './use-running-job.ts'

/** 提示与重新测算 — what a reader must know before using the board, and the way to compute it anew. */
export function BoardNotices({ board }: { board: BoardAnswer }) {
  const recompute = useSend<object, { jobId: string }>('POST', '/api/seats/recompute')
  const { jobId, running, begin, finished } = useRunningJob()
  const ask = () =>
    recompute.mutate(
      { asOf: board.asOf, ...(board.parent.kind !== 'city' && { county: board.parent.countyId }) },
      { onSuccess: (job) => begin(job.jobId) },
    )
  const place = board.parent.kind === 'city' ? '全市' : '本县（市、区）'
  return (
    <div className="grid no-print" style={{ gap: 8 }}>
      {board.notices.map((notice) => (
        <div className="notice" key={notice.kind} role="status">
          <span>{notice.text}</span>
        </div>
      ))}
      {jobId && <JobProgress jobId={jobId} onDone={finished} />}
      {recompute.error && <Problem error={recompute.error} />}
      {board.mayRecompute && !running && (
        <div>
          <Button type={board.published ? 'default' : 'primary'} loading={recompute.isPending} onClick={ask}>
            {board.published ? `重新测算${place}` : `测算${place}`}
          </Button>
        </div>
      )}
    </div>
  )
}
