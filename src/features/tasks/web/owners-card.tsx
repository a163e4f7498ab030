import { Link } from '@tanstack/react-router'
import { Table } from 'antd'
import { Card } from '../../../ui/page.tsx'
import { useWide } from '../../../ui/use-media.ts'
import type { TaskBoard } from '../contract.ts'

/** 责任落实 — per county how many items have nobody named whole, and the way to name them in one sitting. */
export function OwnersCard({ board: { owners } }: { board: TaskBoard }) {
  const wide = useWide()
  const number = (title: string, of: (county: TaskBoard['owners'][number]) => number) => ({
    title,
    align: 'right' as const,
    width: 80,
    render: (_: unknown, county: TaskBoard['owners'][number]) => of(county),
  })
  return (
    <Card
      title="责任落实"
      note={
        <>
          <Link to={'/filing/forms/item-owner' as never}>填责任分工</Link>{' '}
          <Link to={'/filing/forms/item-progress' as never}>填任务进展</Link>
        </>
      }
    >
      <Table
        size="small"
        rowKey="countyId"
        dataSource={owners}
        pagination={false}
        scroll={{ x: wide ? 720 : 320 }}
        columns={[
          { title: '县（市、区）', dataIndex: 'name' },
          number('任务项', ({ items }) => items),
          number('没有落实', ({ without }) => without),
          ...(wide
            ? [
                number('落实不全', ({ incomplete }) => incomplete),
                number('滞后', ({ counts }) => counts.red),
                number('须办', ({ counts }) => counts.yellow),
                number('正常', ({ counts }) => counts.green),
                number('缺数据', ({ counts }) => counts.unknown),
              ]
            : [number('滞后', ({ counts }) => counts.red)]),
        ]}
      />
    </Card>
  )
}
