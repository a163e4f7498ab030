import { Input, Table, type TableProps } from 'antd'
import { useState } from 'react'
import { Answered, Card, Page } from '../../../ui/page.tsx'
import { statusWords } from '../../../ui/status-words.ts'
import { useAnswer } from '../../../ui/use-api.tsx'
import { useWide } from '../../../ui/use-media.ts'
import { useUrlState } from '../../../ui/use-url-state.ts'
import type { ParameterLine, ParametersAnswer } from '../contract.ts'
import { ParameterDrawer } from './parameter-drawer.tsx'
import { WaitingCard } from './waiting-card.tsx'

/** 口径与参数 — every dated parameter with its value, source and how sure that is; one opens to be read or changed. */
export function ParametersPage() {
  const [asOf] = useUrlState('asOf', '')
  const [key, setKey] = useUrlState('parameter', '')
  const query = useAnswer<ParametersAnswer>('/api/parameters', asOf ? { asOf } : {})
  return (
    <Page title="口径与参数" answer={query.data && tell(query.data)}>
      <Answered query={query} rows={12}>
        {(answer) => (
          <>
            <WaitingCard waiting={answer.waiting} />
            <LinesCard lines={answer.parameters} onOpen={setKey} />
          </>
        )}
      </Answered>
      <ParameterDrawer parameter={key} asOf={asOf} onClose={() => setKey('')} />
    </Page>
  )
}

function tell({ asOf, parameters, waiting }: ParametersAnswer): string {
  const without = parameters.filter(({ inForce }) => !inForce).length
  const unsure = parameters.filter(({ inForce }) => inForce && ['S', 'R'].includes(inForce.status)).length
  return [
    `截至 ${asOf}，共 ${parameters.length} 个参数，其中 ${without} 个当日没有有效取值，${unsure} 个还须核对原文`,
    ...(waiting.length > 0 ? [`${waiting.length} 个新取值等待审定`] : []),
  ]
    .join('；')
    .concat('。改动一个参数之前，先看哪些单位的判断会变。')
}

function LinesCard(props: { lines: readonly ParameterLine[]; onOpen: (key: string) => void }) {
  const [text, setText] = useState('')
  const wide = useWide()
  const found = props.lines.filter(({ zh, key }) => zh.includes(text.trim()) || key.includes(text.trim()))
  return (
    <Card title="参数" note="点名称看依据、历次取值，或试算改动">
      <Input
        allowClear
        aria-label="查找参数"
        placeholder="查找参数，如 大班额"
        value={text}
        onChange={(event) => setText(event.target.value)}
        style={{ maxWidth: 320, marginBottom: 10 }}
      />
      <Table
        size="small"
        rowKey="key"
        dataSource={found}
        columns={columnsFor(wide, props.onOpen)}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: wide ? 960 : 320 }}
      />
    </Card>
  )
}

function columnsFor(
  wide: boolean,
  onOpen: (key: string) => void,
): NonNullable<TableProps<ParameterLine>['columns']> {
  const name: NonNullable<TableProps<ParameterLine>['columns']>[number] = {
    title: '参数',
    render: (_, { key, zh, waiting }) => (
      <>
        <button type="button" className="link-button" onClick={() => onOpen(key)}>
          {zh}
        </button>{' '}
        {waiting && <span className="tag waiting">待审定</span>}
      </>
    ),
  }
  const value: typeof name = {
    title: '当日取值',
    width: wide ? 190 : 120,
    render: (_, { inForce, problem, unit }) =>
      inForce ? (
        <>
          <strong>{inForce.words}</strong> <span className="quiet">{unit}</span>
        </>
      ) : (
        <span className="tag waiting" title={problem ?? ''}>
          没有有效取值
        </span>
      ),
  }
  if (!wide) return [name, value]
  return [
    name,
    value,
    { title: '自', width: 110, render: (_, { inForce }) => inForce?.from ?? '' },
    { title: '层级', width: 110, render: (_, { inForce }) => inForce?.layer ?? '' },
    {
      title: '核实',
      width: 130,
      render: (_, { inForce }) => (inForce ? (statusWords[inForce.status] ?? inForce.status) : ''),
    },
    { title: '依据', ellipsis: true, render: (_, { inForce, problem }) => inForce?.source ?? problem },
    { title: '用到处', width: 80, align: 'right', render: (_, { usedBy }) => usedBy },
  ]
}
