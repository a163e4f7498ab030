import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Popconfirm } from 'antd'
import { Card, Empty, Problem } from '../../../ui/page.tsx'
import { useSend } from '../../../ui/use-api.tsx'
import type { ScenarioAnswer } from '../scenario-contract.ts'
import { keyOf } from './scenario-options.ts'
import { computedState, tellAssumptions } from './tell-scenario.ts'
import { useCounties } from './use-counties.ts'

/** 方案列表 — each with its assumptions in a sentence and what can be done with it. */
export function ScenariosCard(props: {
  scenarios: readonly ScenarioAnswer[]
  /** A computation is under way: no second one is started beside it. */
  computing: boolean
  onComputing: (jobId: string) => void
  onEdit: (scenario: ScenarioAnswer) => void
}) {
  const { scenarios, ...rest } = props
  return (
    <Card title="已存方案" note={`${scenarios.length} 个 · 最近保存的在前`}>
      {scenarios.length === 0 && <Empty why="还没有方案。点“新建方案”，写下假设与理由后保存。" />}
      <ul className="rows">
        {scenarios.map((scenario) => (
          <ScenarioLine key={scenario.scenarioId} scenario={scenario} {...rest} />
        ))}
      </ul>
    </Card>
  )
}

function ScenarioLine(props: {
  scenario: ScenarioAnswer
  computing: boolean
  onComputing: (jobId: string) => void
  onEdit: (scenario: ScenarioAnswer) => void
}) {
  const { scenario, computing, onComputing, onEdit } = props
  const path = `/api/seats/scenarios/${scenario.scenarioId}`
  const queries = useQueryClient()
  const compute = useSend<undefined, { jobId: string }>('POST', `${path}/compute`)
  const remove = useSend<undefined, unknown>('DELETE', path)
  const { words, tag } = computedState(scenario)
  const error = compute.error ?? remove.error
  return (
    <li style={{ flexWrap: 'wrap' }}>
      <span className="grow" style={{ minWidth: 260 }}>
        <strong>{scenario.name}</strong> <span className={`tag ${tag}`}>{words}</span>
        <br />
        {tellAssumptions(scenario.assumptions)}。
        <br />
        <span className="quiet">
          {scenario.place} · {scenario.author} {scenario.savedAt.slice(0, 10)} 第 {scenario.revision} 版
          {scenario.note && ` · ${scenario.note}`}
        </span>
        {error && <Problem error={error} />}
      </span>
      <span className="page-tools no-print" style={{ margin: 0 }}>
        {scenario.computed && <BoardLink scenario={scenario} />}
        <Button
          disabled={computing}
          loading={compute.isPending}
          type={scenario.computed?.current ? 'default' : 'primary'}
          onClick={() => compute.mutate(undefined, { onSuccess: ({ jobId }) => onComputing(jobId) })}
        >
          测算
        </Button>
        <Button onClick={() => onEdit(scenario)}>修改</Button>
        <Popconfirm
          title={`删除“${scenario.name}”？`}
          description="已发布的测算仍保留，方案本身不能恢复。"
          okText="删除"
          placement="topRight"
          onConfirm={() => remove.mutate(undefined, { onSuccess: () => queries.invalidateQueries() })}
        >
          <Button danger loading={remove.isPending}>
            删除
          </Button>
        </Popconfirm>
      </span>
    </li>
  )
}

/** The board under this scenario, at the place it was saved for. */
function BoardLink({ scenario }: { scenario: ScenarioAnswer }) {
  const inCounty = useCounties().some(({ countyId }) => countyId === scenario.countyId)
  const search = ({ asOf }: Record<string, unknown>) => ({
    asOf,
    scenario: keyOf(scenario),
    ...(inCounty && { county: scenario.countyId }),
  })
  return (
    <Link to={'/seats' as never} search={search as never}>
      看学位
    </Link>
  )
}
