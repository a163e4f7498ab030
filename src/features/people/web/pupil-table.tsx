import { Link } from '@tanstack/react-router'
import { Grid, Table, type TableProps } from 'antd'
import { classWords } from '../../../kernel/grade-words.ts'
import { type PupilRow, type PupilsAnswer, sexNames } from '../contract.ts'

/** 学生表 — a page of a hundred; on a phone the name, the class and the masked number. */
export function PupilTable({ answer, onPage }: { answer: PupilsAnswer; onPage: (page: number) => void }) {
  const wide = Grid.useBreakpoint().md !== false
  const { page, pageSize, total } = answer
  return (
    <Table
      size="small"
      rowKey="personId"
      dataSource={[...answer.rows]}
      columns={wide ? wideColumns : narrowColumns}
      scroll={{ x: wide ? 900 : 320 }}
      pagination={
        total > pageSize && {
          current: page,
          pageSize,
          total,
          onChange: onPage,
          showSizeChanger: false,
          simple: !wide,
        }
      }
    />
  )
}

type Columns = NonNullable<TableProps<PupilRow>['columns']>

const wideColumns: Columns = [
  { title: '姓名', width: 120, render: (_, row) => <Name row={row} /> },
  { title: '性别', width: 60, render: (_, { sex }) => (sex === null ? '缺数据' : sexNames[sex]) },
  { title: '证件号', dataIndex: 'document', width: 190 },
  { title: '学校', dataIndex: 'institution', width: 260, ellipsis: true },
  { title: '年级班级', width: 150, render: (_, { grade, classNo }) => classWords(grade, classNo) },
]

const narrowColumns: Columns = [
  {
    title: '姓名',
    render: (_, row) => (
      <span style={{ display: 'block', minHeight: 44 }}>
        <Name row={row} />
        <br />
        <span className="quiet">
          {classWords(row.grade, row.classNo)} · {row.institution}
        </span>
      </span>
    ),
  },
  { title: '证件号', width: 110, render: (_, { document }) => document.replace(/\*{4,}/, '***') },
]

function Name({ row }: { row: PupilRow }) {
  return (
    <Link
      to={`/people/${row.personId}` as never}
      search={((before: Record<string, unknown>) => ({ asOf: before.asOf, county: before.county })) as never}
    >
      {row.name}
    </Link>
  )
}
