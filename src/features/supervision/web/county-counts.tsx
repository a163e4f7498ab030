import { Table } from 'antd'
import { shortPlaceName } from '../../../kernel/short-place-name.ts'
import { formatNumber } from '../../../ui/figure.tsx'
import { Card } from '../../../ui/page.tsx'
import { useUrlState } from '../../../ui/use-url-state.ts'
import type { FindingBoard } from '../contract.ts'

const heads = {
  total: '问题',
  opened: '待交办',
  assigned: '待签收',
  signed: '整改中',
  answered: '待复核',
  closed: '已销号',
  dueSoon: '黄灯',
  overdue: '红灯',
  relapsed: '复发',
} as const

/** 各县计数 — where the findings of each county stand; a county's name narrows the page to it. */
export function CountyCounts({ counties }: { counties: FindingBoard['counties'] }) {
  const [, chooseCounty] = useUrlState('county', '')
  return (
    <Card title="各县（市、区）" note="单位：个 · 点县名只看该县">
      <Table
        size="small"
        rowKey="countyId"
        pagination={false}
        dataSource={counties}
        scroll={{ x: 720 }}
        columns={[
          {
            title: '县（市、区）',
            render: (_, { countyId, county }) => (
              <button className="link-button" type="button" onClick={() => chooseCounty(String(countyId))}>
                {shortPlaceName(county)}
              </button>
            ),
          },
          ...(Object.keys(heads) as (keyof typeof heads)[]).map((field) => ({
            title: heads[field],
            dataIndex: field,
            align: 'right' as const,
            width: 72,
            render: (count: number) => formatNumber(count),
          })),
        ]}
      />
    </Card>
  )
}
