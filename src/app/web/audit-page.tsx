import { Button } from 'antd'
import { useState } from 'react'
import type { AuditPage as Answer, AuditState } from '../../platform/audit/audit-contract.ts'
import { Answered, Card, Empty, Page } from '../../ui/page.tsx'
import { useAnswer, useApi } from '../../ui/use-api.tsx'
import { AuditChain } from './audit-chain.tsx'
import { AuditFilters } from './audit-filters.tsx'
import { AuditTable } from './audit-table.tsx'
import { type AuditView, useAuditView } from './use-audit-view.ts'

/** 审计 — who did what, when and with what outcome; whether the chain of it is whole. */
export function AuditPage() {
  const view = useAuditView()
  const state = useAnswer<AuditState>('/api/audit/state')
  return (
    <Page
      title="审计"
      answer="每一次办理、查看个人信息、被拒绝和出错都记在这里，只能添加，不能修改或删除；查看审计本身也会记下。"
      tools={<AuditFilters view={view} state={state.data} />}
    >
      <Answered query={state} rows={3}>
        {(answer) => <AuditChain state={answer} />}
      </Answered>
      <Entries key={JSON.stringify(view.params)} view={view} counties={state.data?.counties ?? []} />
    </Page>
  )
}

function Entries({ view, counties }: { view: AuditView; counties: AuditState['counties'] }) {
  // The places where earlier pages ended; the last is the one shown.
  const [ends, setEnds] = useState<readonly number[]>([])
  const before = ends.at(-1)
  const query = useAnswer<Answer>('/api/audit', { ...view.params, ...(before && { before }) })
  const { href } = useApi()
  return (
    <Answered query={query} rows={10}>
      {({ rows, next }) =>
        rows.length === 0 ? (
          <Empty why="没有符合条件的审计。请放宽日期或去掉一些筛选。" />
        ) : (
          <Card
            title="审计条目"
            note={
              <>
                第 {rows.at(-1)?.seq}—{rows[0]?.seq} 号，新的在前 ·{' '}
                <a href={href('/api/audit/export', view.params)}>导出符合条件的全部（xlsx）</a>
              </>
            }
          >
            <AuditTable rows={rows} counties={counties} narrow={view.set} />
            <p className="page-tools no-print" style={{ marginTop: 12 }}>
              <Button disabled={ends.length === 0} onClick={() => setEnds(ends.slice(0, -1))}>
                较新的
              </Button>
              <Button disabled={next === null} onClick={() => next !== null && setEnds([...ends, next])}>
                较早的
              </Button>
            </p>
          </Card>
        )
      }
    </Answered>
  )
}
