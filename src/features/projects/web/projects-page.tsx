import { Link } from '@tanstack/react-router'
import { Table, type TableProps } from 'antd'
import { shortPlaceName } from '../../../kernel/short-place-name.ts'
import { formatNumber } from '../../../ui/figure.tsx'
import { Answered, Card, Empty, Page } from '../../../ui/page.tsx'
import { useAnswer, useApi } from '../../../ui/use-api.tsx'
import { useWide } from '../../../ui/use-media.ts'
import { useUrlState } from '../../../ui/use-url-state.ts'
import type { ProjectBoard, ProjectShown } from '../contract.ts'
import { boardOf, tellProjects, wanYuan } from './tell-projects.ts'

/** 项目 — the answer as a sentence, totals by county, seats by opening year, and the register. */
export function ProjectsPage() {
  const [asOf] = useUrlState('asOf', '')
  const [county] = useUrlState('county', '')
  const params = asOf ? { asOf } : {}
  const api = useApi()
  const query = useAnswer<ProjectBoard>('/api/projects', params)
  const board = query.data && boardOf(query.data, county)
  return (
    <Page
      title="项目"
      answer={board && tellProjects(board)}
      tools={
        <a href={api.href('/api/projects/export', params)} download>
          导出 xlsx
        </a>
      }
    >
      <Answered query={query} rows={10}>
        {() =>
          !board || board.projects.length === 0 ? (
            <Empty
              why="项目台账里还没有项目。由县（市、区）教育主管部门登记，市教体局审核后出现在这里。"
              next={<Link to={'/filing/forms/project-register' as never}>去登记</Link>}
            />
          ) : (
            <>
              <div className="grid two-one">
                <CountiesCard board={board} />
                <YearsCard board={board} />
              </div>
              <RegisterCard board={board} />
            </>
          )
        }
      </Answered>
    </Page>
  )
}

type County = ProjectBoard['counties'][number]

function CountiesCard({ board }: { board: ProjectBoard }) {
  const wide = useWide()
  const figure = (title: string, of: (county: County) => number | string) => ({
    title,
    align: 'right' as const,
    width: 88,
    render: (_: unknown, county: County) => of(county),
  })
  return (
    <Card title="各县（市、区）" note="金额单位：万元 · 应到位和已到位算到今年">
      <Table
        size="small"
        rowKey="countyId"
        pagination={false}
        dataSource={board.counties.filter(({ projects }) => projects > 0)}
        scroll={{ x: wide ? 700 : 320 }}
        columns={[
          { title: '县（市、区）', render: (_, { name }) => shortPlaceName(name) },
          figure('项目', ({ projects }) => projects),
          figure('有迟误', ({ late }) => late),
          ...(wide
            ? [
                figure('未入规划', ({ unplanned }) => unplanned),
                figure('学位', ({ seats }) => seats.toLocaleString('zh-CN')),
                figure('应到位', ({ dueFen }) => wanYuan(dueFen)),
                figure('已到位', ({ paidFen }) => wanYuan(paidFen)),
              ]
            : []),
          figure('差额', ({ shortFen }) => wanYuan(shortFen)),
        ]}
      />
    </Card>
  )
}

function YearsCard({ board: { years } }: { board: ProjectBoard }) {
  return (
    <Card title="各年投入使用的学位" note="单位：个">
      <Table
        size="small"
        rowKey="year"
        pagination={false}
        dataSource={years}
        columns={[
          { title: '年份', dataIndex: 'year' },
          { title: '项目', dataIndex: 'projects', align: 'right' },
          { title: '学位', dataIndex: 'seats', align: 'right', render: (seats) => formatNumber(seats) },
          {
            title: '已投用',
            dataIndex: 'openedSeats',
            align: 'right',
            render: (seats) => formatNumber(seats),
          },
        ]}
      />
    </Card>
  )
}

const tones = { red: 'shortage', yellow: 'waiting', green: 'plain' } as const
type Columns = NonNullable<TableProps<ProjectShown>['columns']>

function RegisterCard({ board: { projects } }: { board: ProjectBoard }) {
  const wide = useWide()
  return (
    <Card title="项目台账" note={`${projects.length} 个项目 · 金额单位：万元`}>
      <Table
        size="small"
        rowKey="projectId"
        dataSource={projects}
        pagination={projects.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
        scroll={{ x: wide ? 1000 : 320 }}
        columns={wide ? [named, ...facts, standing, ...money] : [together]}
      />
    </Card>
  )
}

const named: Columns[number] = { title: '项目', render: (_, project) => <Name {...project} /> }
const standing: Columns[number] = {
  title: '状态',
  width: 180,
  render: (_, project) => <State {...project} />,
}
/** A phone has room for one column. */
const together: Columns[number] = {
  title: '项目',
  render: (_, project) => (
    <>
      <Name {...project} />
      <div>
        <State {...project} />
      </div>
      <span className="quiet">
        学位 {project.seats === null ? '缺数据' : formatNumber(project.seats)}，差额{' '}
        {project.shortFen === null ? '缺数据' : wanYuan(project.shortFen)}
      </span>
    </>
  ),
}

function Name({ projectId, county, name, kind, stage, where }: ProjectShown) {
  return (
    <>
      <Link to={`/filing/${projectId}` as never}>{name}</Link>
      <br />
      <span className="quiet">
        {county} · {stage}
        {kind} {where}
      </span>
    </>
  )
}

function State({ light, words, late }: ProjectShown) {
  return (
    <>
      <span className={`tag ${tones[light]}`} style={{ whiteSpace: 'normal' }}>
        {words}
      </span>
      {late.map(({ zh, by }) => (
        <div className="quiet" key={zh}>
          应于 {by} 前{zh}
        </div>
      ))}
    </>
  )
}

const facts: Columns = [
  { title: '规划文件', render: (_, { planDoc }) => planDoc ?? '—' },
  { title: '学位', align: 'right', width: 80, render: (_, { seats }) => seats ?? '缺数据' },
  { title: '投用年', align: 'right', width: 80, render: (_, { openYear }) => openYear ?? '缺数据' },
]

const money: Columns = (
  [
    ['应到位', 'dueFen'],
    ['已到位', 'paidFen'],
    ['差额', 'shortFen'],
  ] as const
).map(([title, field]) => ({
  title,
  align: 'right' as const,
  width: 100,
  render: (_, project) => wanYuan(project[field]),
}))
