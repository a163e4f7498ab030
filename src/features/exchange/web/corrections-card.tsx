import { Pagination } from 'antd'
import { useState } from 'react'
import { Answered, Card } from '../../../ui/page.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import type { Corrections } from '../contract.ts'

const pageSize = 20

/** 更正清单 — what the book says now and what it would say. */
export function CorrectionsCard({ importId }: { importId: string }) {
  const [page, setPage] = useState(1)
  const query = useAnswer<Corrections>(`/api/exchange/imports/${importId}/corrections`, {
    offset: (page - 1) * pageSize,
    limit: pageSize,
  })
  return (
    <Card title="更正" note="台账里已有这些数；同意后以文件为准，原来的数仍可查">
      <Answered query={query}>
        {({ total, corrections }) => (
          <>
            <ul className="rows">
              {corrections.map(({ row, name, what, from, to }) => (
                <li key={`${row} ${name} ${what}`}>
                  <span className="grow">
                    {name} {what}
                    {row > 0 && <span className="quiet"> 第 {row} 行</span>}
                  </span>
                  <span className="number">
                    {from} → <strong>{to}</strong>
                  </span>
                </li>
              ))}
            </ul>
            <Pagination
              size="small"
              align="end"
              hideOnSinglePage
              total={total}
              pageSize={pageSize}
              current={page}
              onChange={setPage}
              showSizeChanger={false}
            />
          </>
        )}
      </Answered>
    </Card>
  )
}
