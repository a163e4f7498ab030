import { Link } from '@tanstack/react-router'
import { Pagination, Select, Table } from 'antd'
import { Answered, Card, Empty, Page } from '../../../ui/page.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import { useWide } from '../../../ui/use-media.ts'
import { useUrlChoices, useUrlState } from '../../../ui/use-url-state.ts'
import { type ComplaintList, type ComplaintRow, complaintStands } from '../complaint-contract.ts'

const standOptions = [
  { value: '', label: '全部' },
  { value: 'open', label: '未办结的' },
  ...Object.entries(complaintStands).map(([value, label]) => ({ value, label })),
]

/** 投诉举报台账 — what came in and where it stands; who wrote and what stands behind a click that leaves a trace. */
export function ComplaintsPage() {
  const [county] = useUrlState('county', '')
  const [stand] = useUrlState('stand', '')
  const [asOf] = useUrlState('asOf', '')
  const [page, choosePage] = useUrlState('page', '1')
  const choose = useUrlChoices()
  const query = useAnswer<ComplaintList>('/api/complaints', {
    ...(county && { county }),
    ...(stand && { stand }),
    ...(asOf && { asOf }),
    page,
  })
  return (
    <Page
      title="投诉举报"
      answer={query.data && tellComplaints(query.data)}
      tools={
        <Select
          aria-label="环节"
          style={{ minWidth: 180 }}
          value={stand}
          onChange={(value: string) => choose({ stand: value || undefined, page: undefined })}
          options={standOptions}
        />
      }
    >
      <Answered query={query} rows={8}>
        {(list) =>
          list.rows.length === 0 ? (
            <Empty why="没有符合条件的投诉举报。公众从登录页的“投诉举报”提交，不必登录。" />
          ) : (
            <Card title="台账" note={`共 ${list.total} 件 · 名单上不显示投诉人和内容，打开时留痕`}>
              <Complaints rows={list.rows} />
              {list.total > list.pageSize && (
                <Pagination
                  style={{ marginTop: 12 }}
                  current={list.page}
                  pageSize={list.pageSize}
                  total={list.total}
                  showSizeChanger={false}
                  onChange={(to) => choosePage(String(to))}
                />
              )}
            </Card>
          )
        }
      </Answered>
    </Page>
  )
}

function tellComplaints({ total, open, late, workingDays }: ComplaintList): string {
  const days =
    workingDays === null
      ? '办结期限还没有录入（口径与参数：教育投诉举报的办结期限），不能判断是否超期'
      : `办结期限 ${workingDays} 个工作日，超期 ${late} 件`
  return `共 ${total} 件，未办结 ${open} 件；${days}。`
}

function Complaints({ rows }: { rows: readonly ComplaintRow[] }) {
  const wide = useWide()
  return (
    <Table
      size="small"
      rowKey="complaintId"
      pagination={false}
      dataSource={[...rows]}
      columns={[
        {
          title: '投诉',
          render: (_, { complaintId, county, kind }) => (
            <Link to={`/complaints/${complaintId}` as never}>
              编号 {complaintId} · {county}：{kind ?? '未分类'}
            </Link>
          ),
        },
        {
          title: '环节',
          render: (_, { stand, late }) => (
            <>
              {complaintStands[stand]} {late && <span className="tag shortage">超期</span>}
            </>
          ),
        },
        ...(wide
          ? [
              { title: '收到', dataIndex: 'receivedOn', width: 120 },
              {
                title: '期限',
                width: 120,
                render: (_: unknown, { dueOn }: ComplaintRow) => dueOn ?? '未录入',
              },
              {
                title: '问题',
                width: 90,
                render: (_: unknown, { findingId }: ComplaintRow) =>
                  findingId && <Link to={`/findings/${findingId}` as never}>去看</Link>,
              },
            ]
          : []),
      ]}
    />
  )
}
