import { Table } from 'antd'
import { shortPlaceName } from '../../../kernel/short-place-name.ts'
import { Answered, Card } from '../../../ui/page.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import { useWide } from '../../../ui/use-media.ts'
import type { StaffingBoard } from '../staffing-contract.ts'

/** 督学配备 — how many schools come to one inspector in each county, and whom nobody looks after. */
export function StaffingCard({ asOf }: { asOf: string }) {
  const query = useAnswer<StaffingBoard>('/api/inspectors', { ...(asOf && { asOf }) })
  return (
    <Card title="督学配备" note={query.data && noteOf(query.data)}>
      <Answered query={query} rows={4}>
        {(board) => <Counties board={board} />}
      </Answered>
    </Card>
  )
}

function noteOf({ schoolsPerInspector, schoolsPerArea }: StaffingBoard): string {
  const line = (text: string, value: number | null) =>
    value === null ? `${text}还没有录入` : `${text} ${value} 所`
  return `按《责任督学名册》· ${line('每名督学至多', schoolsPerInspector)} · ${line('一个责任区至多', schoolsPerArea)}`
}

type County = StaffingBoard['counties'][number]

const noRoll = <span className="quiet">没有名册</span>

function Counties({ board }: { board: StaffingBoard }) {
  const wide = useWide()
  return (
    <Table
      size="small"
      rowKey="countyId"
      pagination={false}
      dataSource={board.counties}
      columns={[
        { title: '县（市、区）', render: (_, { county }) => shortPlaceName(county) },
        { title: '学校（园）', dataIndex: 'schools', align: 'right', width: 90 },
        {
          title: '督学',
          align: 'right',
          width: 110,
          render: (_, { fullTime, partTime }) =>
            fullTime === null || partTime === null
              ? noRoll
              : `${fullTime + partTime}${partTime > 0 ? `（兼职 ${partTime}）` : ''}`,
        },
        {
          title: '每名督学',
          align: 'right',
          width: 120,
          render: (_, county) => <PerInspector county={county} />,
        },
        ...(wide
          ? [
              {
                title: '责任区超限',
                width: 120,
                render: (_: unknown, { largeAreas, fullTime }: County) =>
                  fullTime === null ? noRoll : largeAreas.join('、') || '没有',
              },
              { title: '没有责任督学', render: (_: unknown, county: County) => tellWithout(county) },
            ]
          : []),
      ]}
    />
  )
}

function PerInspector({ county: { schoolsPerInspector, enough, needed } }: { county: County }) {
  if (schoolsPerInspector === null) return noRoll
  return (
    <>
      {schoolsPerInspector.toFixed(1)} 所{' '}
      {enough === false && <span className="tag shortage">应 {needed} 名</span>}
    </>
  )
}

function tellWithout({ withoutInspector, firstWithout }: County) {
  if (withoutInspector === null) return noRoll
  if (withoutInspector === 0) return '没有'
  return `${withoutInspector} 所：${firstWithout.join('、')}${withoutInspector > firstWithout.length ? '等' : ''}`
}
