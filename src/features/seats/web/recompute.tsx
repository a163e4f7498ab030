import { Button } from 'antd'
import { Problem } from '../../../ui/page.tsx'
import { useSend } from '../../../ui/use-api.tsx'
import type { BoardAnswer } from '../contract.ts'
import { useRunningJob } from './use-running-job.ts'

/** 重新测算 — computes the place of the board anew; how far it is stands above the board. */
export function Recompute({ board }: { board: BoardAnswer }) {
  const recompute = useSend<object, { jobId: string }>('POST', '/api/seats/recompute')
  const { running, begin } = useRunningJob()
  if (!board.mayRecompute || running) return null
  const place = board.parent.kind === 'city' ? '全市' : '本县（市、区）'
  const ask = () =>
    recompute.mutate(
      { asOf: board.asOf, ...(board.parent.kind !== 'city' && { county: board.parent.countyId }) },
      { onSuccess: (job) => begin(job.jobId) },
    )
  return (
    <>
      <Button type={board.published ? 'default' : 'primary'} loading={recompute.isPending} onClick={ask}>
        {board.published ? `重新测算${place}` : `测算${place}`}
      </Button>
      {recompute.error && <Problem error={recompute.error} />}
    </>
  )
}
