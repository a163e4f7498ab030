import { Link } from '@tanstack/react-router'
import { Table } from 'antd'
import { Answered, Card, Empty, Page } from '../../../ui/page.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import { useWide } from '../../../ui/use-media.ts'
import { useUrlState } from '../../../ui/use-url-state.ts'
import type { DrawList, DrawRow } from '../draw-contract.ts'
import { NewDraw } from './new-draw.tsx'

/** 双随机抽查 — draws held before, and, for whoever may, holding one. */
export function DrawsPage() {
  const [county] = useUrlState('county', '')
  const [asOf] = useUrlState('asOf', '')
  const query = useAnswer<DrawList>('/api/draws', { ...(county && { county }), ...(asOf && { asOf }) })
  return (
    <Page title="双随机抽查" answer={query.data && tellDraws(query.data)}>
      <Answered query={query} rows={8}>
        {(list) => (
          <>
            {list.mayDraw && !asOf && <NewDraw list={list} county={county} />}
            <Card title="历次抽查" note="每次抽取都存档，不能删除">
              {list.rows.length === 0 ? (
                <Empty
                  why={`还没有举行过抽查。${list.mayDraw ? '在上面填好规则和种子后抽取。' : '由县级教育主管部门或市级督导部门举行。'}`}
                />
              ) : (
                <Draws rows={list.rows} />
              )}
            </Card>
          </>
        )}
      </Answered>
    </Page>
  )
}

function tellDraws({ rows }: DrawList): string {
  const how = '学校和督学都按公布的种子抽取，底册、规则和种子随结果存档，任何人都能复算。'
  const [last] = rows
  return last
    ? `最近一次是 ${last.drawnOn} 的${last.county}“${last.title}”，${last.pool} 所中抽中 ${last.drawn} 所。${how}`
    : how
}

function Draws({ rows }: { rows: readonly DrawRow[] }) {
  const wide = useWide()
  return (
    <Table
      size="small"
      rowKey="drawId"
      pagination={false}
      dataSource={[...rows]}
      columns={[
        {
          title: '抽查',
          render: (_, { drawId, county, number, title }) => (
            <Link to={`/draws/${drawId}` as never}>
              {county}第 {number} 次：{title}
            </Link>
          ),
        },
        { title: '抽中', width: 100, align: 'right', render: (_, row) => `${row.drawn} / ${row.pool} 所` },
        ...(wide
          ? [
              { title: '抽取日期', dataIndex: 'drawnOn', width: 110 },
              { title: '抽取人', dataIndex: 'doneBy', width: 200 },
            ]
          : []),
      ]}
    />
  )
}
