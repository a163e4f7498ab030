import { Grid, Table, type TableProps } from 'antd'
import { chinaMoment } from '../../kernel/china-moment.ts'
import type { AuditRow, AuditState } from '../../platform/audit/audit-contract.ts'
import { outcomeNames } from '../../platform/audit/outcome-names.ts'
import { tellObject, tellWho } from './audit-words.ts'

interface Given {
  readonly rows: readonly AuditRow[]
  readonly counties: AuditState['counties']
  /** Narrows the list to one account or object. */
  narrow(values: { account?: string; objectKind?: string; objectId?: string }): void
}

/** 审计表 — one entry a line; opened, everything it says. On a phone who, what and how it ended. */
export function AuditTable(props: Given) {
  const wide = Grid.useBreakpoint().md !== false
  return (
    <Table
      size="small"
      rowKey="seq"
      dataSource={[...props.rows]}
      columns={wide ? wideColumns(props) : narrowColumns}
      pagination={false}
      scroll={{ x: wide ? 1000 : 320 }}
      expandable={{ expandedRowRender: (row) => <Everything row={row} counties={props.counties} /> }}
    />
  )
}

type Columns = NonNullable<TableProps<AuditRow>['columns']>

const moment = (at: string) => chinaMoment(at, 'second')

function wideColumns({ counties, narrow }: Given): Columns {
  return [
    { title: '时间', width: 160, render: (_, { at }) => moment(at) },
    {
      title: '账号',
      width: 150,
      render: (_, row) =>
        row.account ? (
          <button className="link-button" type="button" onClick={() => narrow({ account: row.account })}>
            {row.account}
          </button>
        ) : (
          tellWho(row)
        ),
    },
    { title: '角色', width: 160, render: (_, { account, roleName }) => (account ? roleName : '—') },
    { title: '事项', dataIndex: 'actName' },
    { title: '结果', width: 90, render: (_, row) => <Outcome outcome={row.outcome} /> },
    { title: '县（市、区）', width: 120, ellipsis: true, render: (_, row) => countyNames(row, counties) },
    {
      title: '对象',
      width: 150,
      render: (_, { objectKind, objectId }) =>
        objectKind && objectId ? (
          <button className="link-button" type="button" onClick={() => narrow({ objectKind, objectId })}>
            {tellObject({ objectKind, objectId })}
          </button>
        ) : (
          ''
        ),
    },
    { title: '网络地址', dataIndex: 'network', width: 120 },
  ]
}

const narrowColumns: Columns = [
  {
    title: '谁在何时办了什么',
    render: (_, row) => (
      <>
        <strong>{row.actName}</strong>
        <br />
        {tellWho(row)}
        <br />
        <span className="quiet">{moment(row.at)}</span>
      </>
    ),
  },
  { title: '结果', width: 86, render: (_, row) => <Outcome outcome={row.outcome} /> },
]

const outcomeLooks: Readonly<Record<string, string>> = {
  done: 'plain',
  refused: 'waiting',
  problem: 'waiting',
  denied: 'shortage',
  failed: 'shortage',
}

function Outcome({ outcome }: { outcome: string }) {
  return (
    <span className={`tag ${outcomeLooks[outcome] ?? 'plain'}`}>
      {outcomeNames[outcome as keyof typeof outcomeNames] ?? outcome}
    </span>
  )
}

function countyNames(row: AuditRow, counties: Given['counties']): string {
  return row.countyIds.map((id) => counties.find((county) => county.id === id)?.name ?? String(id)).join('、')
}

function Everything({ row, counties }: { row: AuditRow; counties: Given['counties'] }) {
  const facts: readonly (readonly [name: string, value: string | null])[] = [
    ['序号', String(row.seq)],
    ['接口', row.act],
    ['角色', row.account ? row.roleName : null],
    ['县（市、区）', countyNames(row, counties) || null],
    ['对象', tellObject(row) || null],
    ['用途', row.purpose],
    ['涉及人员（盲编号）', row.subjects.join('、') || null],
    ['受谁委托', row.delegatedBy],
    ['网络地址', row.network],
    ['附记', Object.keys(row.facts).length > 0 ? JSON.stringify(row.facts) : null],
    ['追踪号', row.trace],
  ]
  return (
    <ul className="rows">
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <li key={name}>
            <span className="quiet">{name}</span>
            <span className="grow" style={{ overflowWrap: 'anywhere' }}>
              {value}
            </span>
          </li>
        ))}
    </ul>
  )
}
