import { Link } from '@tanstack/react-router'
import { Select, Table } from 'antd'
import { shortPlaceName } from '../../../kernel/short-place-name.ts'
import { ButtonLink } from '../../../ui/button-link.tsx'
import { counted } from '../../../ui/counted.ts'
import { Answered, Card, Empty, Page } from '../../../ui/page.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import { useWide } from '../../../ui/use-media.ts'
import { useUrlState } from '../../../ui/use-url-state.ts'
import type { VisitBoard } from '../visit-contract.ts'
import { hasKeptVisit } from './kept-visit.ts'
import { StaffingCard } from './staffing-card.tsx'
import { VisitRecordsCard } from './visit-records.tsx'

/** 入校频次榜 — which schools were visited often enough this term, and the way to record a visit. */
export function VisitsPage() {
  const [county] = useUrlState('county', '')
  const [only, setOnly] = useUrlState('only', '')
  const [asOf] = useUrlState('asOf', '')
  const [institution] = useUrlState('institution', '')
  const query = useAnswer<VisitBoard>('/api/visits', {
    ...(county && { county }),
    ...(only && { only }),
    ...(asOf && { asOf }),
  })
  return (
    <Page
      title="入校督导"
      answer={query.data && tellVisits(query.data)}
      tools={
        <>
          <Select
            aria-label="范围"
            style={{ minWidth: 150 }}
            value={only}
            onChange={setOnly}
            options={[
              { value: '', label: '全部学校' },
              { value: 'short', label: '次数不够的' },
            ]}
          />
          {query.data?.mayRecord && (
            <ButtonLink to={'/visits/new' as never} color="primary" variant="solid">
              记一次入校
            </ButtonLink>
          )}
        </>
      }
    >
      {query.data?.mayRecord && <Unsent />}
      {institution && <VisitRecordsCard />}
      <Answered query={query} rows={10}>
        {(board) =>
          board.total === 0 ? (
            <Empty why="没有符合条件的学校。换一个范围，或到上方改县（市、区）。" />
          ) : (
            <>
              {board.counties.length > 1 && <Counties board={board} />}
              {board.area === null && <StaffingCard asOf={asOf} />}
              {!institution && <VisitRecordsCard />}
              <Card
                title="各校入校次数"
                note={`共 ${board.total} 所${board.total > board.rows.length ? `，先列次数最少的 ${board.rows.length} 所` : ''}`}
              >
                <Schools board={board} />
              </Card>
            </>
          )
        }
      </Answered>
    </Page>
  )
}

/** What was written or photographed on this machine goes out only from its own page. */
function Unsent() {
  const { data } = useAnswer<{ visitor: { account: string } | null }>('/api/session')
  if (!data?.visitor || !hasKeptVisit(data.visitor.account)) return null
  return (
    <p className="notice" role="status">
      本机还有一份没有报上的入校记录：<Link to={'/visits/new' as never}>打开接着提交</Link>
    </p>
  )
}

function tellVisits({ term, perTerm, area, counties }: VisitBoard): string {
  const schools = counties.reduce((sum, county) => sum + county.schools, 0)
  const enough = counties.reduce((sum, county) => sum + county.enough, 0)
  const head =
    perTerm === null
      ? `${term}：每校应有几次还没有录入，不能判断`
      : counted`${term}每校应有 ${perTerm} 次经常性督导，${schools} 所学校（园）中已达到 ${enough} 所，还差 ${schools - enough} 所`
  const own = area
    ? `；您的责任区 ${area.schools} 所${area.atMost === null ? '' : area.schools > area.atMost ? `，超过上限 ${area.atMost} 所` : `，不超过上限 ${area.atMost} 所`}`
    : ''
  return `${head}${own}。`
}

function Counties({ board }: { board: VisitBoard }) {
  const [, chooseCounty] = useUrlState('county', '')
  return (
    <Card title="各县（市、区）" note="单位：所 · 点县名只看该县">
      <Table
        size="small"
        rowKey="countyId"
        pagination={false}
        dataSource={board.counties}
        columns={[
          {
            title: '县（市、区）',
            render: (_, { countyId, county }) => (
              <button className="link-button" type="button" onClick={() => chooseCounty(String(countyId))}>
                {shortPlaceName(county)}
              </button>
            ),
          },
          { title: '学校（园）', dataIndex: 'schools', align: 'right' },
          { title: '已达次数', dataIndex: 'enough', align: 'right' },
          { title: '还差', align: 'right', render: (_, { schools, enough }) => schools - enough },
        ]}
      />
    </Card>
  )
}

function Schools({ board }: { board: VisitBoard }) {
  const wide = useWide()
  const { perTerm } = board
  return (
    <Table
      size="small"
      rowKey="institutionId"
      pagination={false}
      dataSource={board.rows}
      columns={[
        { title: '学校（园）', dataIndex: 'name' },
        ...(wide ? [{ title: '县（市、区）', dataIndex: 'county', width: 110 }] : []),
        {
          title: '本学期',
          width: 96,
          render: (_, row) => (
            <>
              {row.visits} 次{' '}
              {perTerm !== null && row.visits < perTerm && <span className="tag waiting">不够</span>}
              {!wide && row.last && (
                <>
                  <br />
                  <LastVisit row={row} />
                </>
              )}
            </>
          ),
        },
        ...(wide
          ? [
              {
                title: '最近一次',
                width: 120,
                render: (_: unknown, row: VisitBoard['rows'][number]) => <LastVisit row={row} />,
              },
            ]
          : []),
        {
          title: '',
          width: 60,
          render: (_, { institutionId }) =>
            board.mayRecord && (
              <Link to={'/visits/new' as never} search={{ institution: institutionId } as never}>
                去记
              </Link>
            ),
        },
      ]}
    />
  )
}

function LastVisit({ row: { institutionId, last } }: { row: VisitBoard['rows'][number] }) {
  if (last === null) return '没有记录'
  return (
    <Link to={'/visits' as never} search={{ institution: institutionId } as never}>
      {last}
    </Link>
  )
}
