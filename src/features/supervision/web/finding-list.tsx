import { Link } from '@tanstack/react-router'
import { Table } from 'antd'
import { findingCauses, findingPhases, findingSeverities } from '../../../kernel/finding.ts'
import { useWide } from '../../../ui/use-media.ts'
import type { FindingRow } from '../contract.ts'
import { lightTag, tellDays } from './finding-words.ts'

/** 问题清单 — a table where there is room, one block for each finding on a phone. */
export function FindingList({ rows }: { rows: readonly FindingRow[] }) {
  return useWide() ? <WideList rows={rows} /> : <NarrowList rows={rows} />
}

/** 灯 — colour and word. */
export function LightTag({ light }: { light: FindingRow['light'] }) {
  const { className, word } = lightTag(light)
  return <span className={className}>{word}</span>
}

function Marks({ row }: { row: FindingRow }) {
  return (
    <>
      {row.relapses > 0 && <span className="tag shortage">复发</span>}{' '}
      {row.conditionMet && row.phase !== 'closed' && <span className="tag surplus">条件已满足，待复核</span>}{' '}
      {row.escalated && <span className="tag waiting">提级督办</span>}
    </>
  )
}

function WideList({ rows }: { rows: readonly FindingRow[] }) {
  return (
    <Table
      size="small"
      rowKey="findingId"
      pagination={false}
      dataSource={[...rows]}
      scroll={{ x: 960 }}
      columns={[
        {
          title: '编号',
          width: 190,
          render: (_, { findingId, number }) => <Link to={`/findings/${findingId}` as never}>{number}</Link>,
        },
        { title: '对象', dataIndex: 'subject', width: 180 },
        {
          title: '问题',
          render: (_, row) => (
            <>
              {row.found} <Marks row={row} />
              <br />
              <span className="quiet">依据 {row.item}</span>
            </>
          ),
        },
        { title: '程度', width: 64, render: (_, { severity }) => findingSeverities[severity] },
        {
          title: '责任单位',
          width: 150,
          render: (_, { ownerUnit, ownerPerson, cause, promisedOn }) => (
            <>
              {ownerUnit ?? '—'}
              {ownerPerson && <span className="quiet"> {ownerPerson}</span>}
              {cause && cause !== 'management' && (
                <>
                  <br />
                  <span className="quiet">
                    {findingCauses[cause]}
                    {promisedOn && `，会办 ${promisedOn} 前办到`}
                  </span>
                </>
              )}
            </>
          ),
        },
        { title: '环节', width: 130, render: (_, { phase }) => findingPhases[phase] },
        {
          title: '期限',
          width: 150,
          render: (_, row) => (
            <>
              <LightTag light={row.light} /> {row.dueOn}
              <br />
              <span className="quiet">{tellDays(row)}</span>
            </>
          ),
        },
      ]}
    />
  )
}

function NarrowList({ rows }: { rows: readonly FindingRow[] }) {
  return (
    <ul className="rows">
      {rows.map((row) => (
        <li key={row.findingId}>
          <span className="grow">
            <Link to={`/findings/${row.findingId}` as never}>{row.number}</Link>{' '}
            <LightTag light={row.light} />
            <br />
            {row.subject}：{row.found} <Marks row={row} />
            <br />
            <span className="quiet">
              {findingPhases[row.phase]}
              {row.phase !== 'closed' && ` · ${row.dueOn ? `${row.dueOn}，` : ''}${tellDays(row)}`}
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}
