import { Table } from 'antd'
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
          <Table
            size="small"
            rowKey={({ row, name, what }) => `${row} ${name} ${what}`}
            dataSource={corrections}
            scroll={{ x: 560 }}
            pagination={{ total, pageSize, current: page, onChange: setPage, showSizeChanger: false }}
            columns={[
              {
                title: '行',
                dataIndex: 'row',
                width: 60,
                align: 'right',
                render: (row: number) => row || '',
              },
              { title: '哪一项', render: (_, { name, what }) => `${name} ${what}` },
              { title: '台账现在', dataIndex: 'from', align: 'right' },
              { title: '改为', dataIndex: 'to', align: 'right' },
            ]}
          />
        )}
      </Answered>
    </Card>
  )
}
