import { Link } from '@tanstack/react-router'
import { Table } from 'antd'
import { formatNumber } from '../../../ui/figure.tsx'
import { Answered, Card, Empty } from '../../../ui/page.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import { useWide } from '../../../ui/use-media.ts'
import { type BoardAnswer, type InstitutionsAnswer, stageNames } from '../contract.ts'
import { InstitutionOutlook } from './institution-outlook.tsx'
import type { SeatsView } from './use-seats-view.ts'

type InstitutionRow = InstitutionsAnswer['institutions'][number]

const number = (value: number | null) => (value === null ? '缺数据' : formatNumber(value))

/** 辖区各校（园） — pupils and seats of each institution of a township; a line opens the school's own outlook. */
export function InstitutionsCard({ view, board }: { view: SeatsView; board: BoardAnswer }) {
  const wide = useWide()
  const institutions = useAnswer<InstitutionsAnswer>('/api/seats/institutions', view.params)
  return (
    <Card title={`${board.parent.name}各校（园） · ${stageNames[board.stage]}`} note="点“＋”看本校推算">
      <Answered query={institutions} rows={6}>
        {(answer) =>
          answer.institutions.length === 0 ? (
            <Empty why={`${answer.unit.name}没有办${stageNames[board.stage]}的机构。`} />
          ) : (
            <Table<InstitutionRow>
              size="small"
              rowKey="institutionId"
              dataSource={answer.institutions}
              pagination={false}
              scroll={{ x: wide ? 720 : 320 }}
              expandable={{
                expandedRowRender: ({ institutionId }) => (
                  <InstitutionOutlook institutionId={institutionId} stage={board.stage} asOf={board.asOf} />
                ),
              }}
              columns={wide ? columnsFor(answer.schoolYear) : narrowColumns(answer.schoolYear)}
            />
          )
        }
      </Answered>
    </Card>
  )
}

function columnsFor(schoolYear: number) {
  const figure = (title: string, value: (row: InstitutionRow) => string) => ({
    title,
    align: 'right' as const,
    render: (_: unknown, row: InstitutionRow) => value(row),
  })
  return [
    { title: '名称', render: (_: unknown, row: InstitutionRow) => <Name row={row} /> },
    figure('在校生（人）', ({ pupils, pupilsYear }) =>
      pupilsYear === null || pupilsYear === schoolYear
        ? number(pupils)
        : `${number(pupils)}（${pupilsYear} 年）`,
    ),
    figure('教室（间）', ({ rooms }) => number(rooms)),
    figure('按教室推算学位（个）', ({ seatsByRooms }) => number(seatsByRooms)),
    figure('核定规模（个）', ({ approved }) => number(approved)),
    figure('现在缺／余（个）', ({ free }) =>
      free === null ? '缺数据' : `${free < 0 ? '缺' : '余'} ${number(Math.abs(free))}`,
    ),
  ]
}

/** On a phone seats and pupils stand under the name, and what matters most keeps a column of its own. */
function narrowColumns(schoolYear: number) {
  const all = columnsFor(schoolYear)
  return [
    {
      title: '名称',
      render: (_: unknown, row: InstitutionRow) => (
        <>
          <Name row={row} />
          <br />
          <span className="quiet">
            在校 {number(row.pupils)} · 教室 {number(row.rooms)} · 核定 {number(row.approved)}
          </span>
        </>
      ),
    },
    ...all.slice(-1),
  ]
}

function Name({ row }: { row: InstitutionRow }) {
  const kept = ({ asOf, county }: Record<string, unknown>) => ({ asOf, county })
  return (
    <Link to={`/institutions/${row.institutionId}` as never} search={kept as never}>
      {row.name}
    </Link>
  )
}
