import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { Problem } from '../../../ui/page.tsx'
import { useSend } from '../../../ui/use-api.tsx'
import type { Assigned, FindingBoard } from '../contract.ts'

/** 批量交办 — hands over what this page lists and nobody has handed over yet, to the usual owner with the usual length. */
export function BulkAssign({ board }: { board: FindingBoard }) {
  const waiting = board.rows.filter(({ phase }) => phase === 'opened').map(({ findingId }) => findingId)
  const queries = useQueryClient()
  const assigning = useSend<object, Assigned>('POST', '/api/findings/assignments')
  const assign = () =>
    assigning.mutate(
      { findingIds: waiting },
      { onSuccess: () => queries.invalidateQueries({ queryKey: ['/api/findings'] }) },
    )
  return (
    <div className="page-tools no-print">
      {waiting.length > 0 && (
        <Button loading={assigning.isPending} onClick={assign}>
          按通常期限交办本页 {waiting.length} 个
        </Button>
      )}
      {assigning.data && (
        <span className="quiet" role="status">
          {tellAssigned(assigning.data)}
        </span>
      )}
      {assigning.error && <Problem error={assigning.error} />}
    </div>
  )
}

function tellAssigned({ assigned, left, unnamed }: Assigned): string {
  const others = left - unnamed
  return [
    `已交办 ${assigned} 个`,
    ...(unnamed > 0 ? [`${unnamed} 个没有责任人，请逐个打开写明后交办`] : []),
    ...(others > 0 ? [`${others} 个不归您交办或已交办`] : []),
  ].join('；')
}
