import { JobProgress } from '../../../ui/job-progress.tsx'
import type { BoardAnswer } from '../contract.ts'
import { useRunningJob } from './use-running-job.ts'

/** 提示 — what a reader must know before using the board, and how far a computation is; the answer is not said again. */
export function BoardNotices({ board }: { board: BoardAnswer }) {
  const { jobId, finished } = useRunningJob()
  const notices = board.notices.filter(({ kind }) => kind !== 'none')
  if (notices.length === 0 && !jobId) return null
  return (
    <div className="grid" style={{ gap: 8 }}>
      {notices.map((notice) => (
        <div className="notice" key={notice.kind} role="status">
          <span>{notice.text}</span>
        </div>
      ))}
      {jobId && <JobProgress jobId={jobId} onDone={finished} />}
    </div>
  )
}
