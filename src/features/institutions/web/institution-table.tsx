import { Link } from '@tanstack/react-router'
import { Table, type TableProps } from 'antd'
import { formatNumber } from '../../../ui/figure.tsx'
import { useWide } from '../../../ui/use-media.ts'
import { type InstitutionRow, kindNames, sectorNames } from '../contract.ts'

/** 机构表 — draws only the rows in sight; on a phone the name, what it is, and its pupils. */
export function InstitutionTable({ rows }: { rows: readonly InstitutionRow[] }) {
  const wide = useWide()
  const columns = wide ? wideColumns : narrowColumns
  const height = wide ? 560 : 480
  return (
    <Table
      size="small"
      rowKey="institutionId"
      dataSource={[...rows]}
      columns={columns}
      pagination={false}
      // Few rows lie open, so that they can be printed; many are drawn as they come into sight.
      virtual={rows.length > 60}
      scroll={rows.length > 60 ? { x: wide ? 1100 : 320, y: height } : { x: wide ? 1100 : 320 }}
    />
  )
}

type Columns = NonNullable<TableProps<InstitutionRow>['columns']>

const number = (value: number | null) => (value === null ? '缺数据' : formatNumber(value))
const by = (field: 'pupils' | 'classes' | 'teachers') => (one: InstitutionRow, other: InstitutionRow) =>
  (one[field] ?? -1) - (other[field] ?? -1)

const figures: Columns = (
  [
    ['pupils', '在校生'],
    ['classes', '班级'],
    ['teachers', '教师'],
  ] as const
).map(([field, title]) => ({
  title,
  dataIndex: field,
  align: 'right' as const,
  width: 80,
  sorter: by(field),
  render: number,
}))

const wideColumns: Columns = [
  { title: '名称', width: 280, render: (_, row) => <Name row={row} /> },
  { title: '类别', width: 120, render: (_, { kind }) => kindNames[kind] },
  { title: '性质', width: 110, render: (_, row) => natureOf(row) },
  { title: '县（市、区）', dataIndex: 'county', width: 120, ellipsis: true },
  { title: '乡镇（街道）', dataIndex: 'township', width: 120, ellipsis: true },
  { title: '标识码', dataIndex: 'code', width: 110 },
  ...figures,
]

const narrowColumns: Columns = [
  {
    title: '名称',
    width: 220,
    render: (_, row) => (
      <span style={{ display: 'block', minHeight: 44 }}>
        <Name row={row} />
        <br />
        <span className="quiet">
          {kindNames[row.kind]} · {natureOf(row)}
        </span>
      </span>
    ),
  },
  { title: '在校生', dataIndex: 'pupils', align: 'right', width: 90, render: number },
]

function natureOf({ sector, kind, publicInterest }: InstitutionRow): string {
  const interest = kind === 'kindergarten' && sector === 'private' && publicInterest ? '（普惠）' : ''
  return `${sectorNames[sector]}${interest}`
}

function Name({ row }: { row: InstitutionRow }) {
  return (
    <Link
      to={`/institutions/${row.institutionId}` as never}
      search={((before: Record<string, unknown>) => ({ asOf: before.asOf, county: before.county })) as never}
    >
      {row.name}
    </Link>
  )
}
