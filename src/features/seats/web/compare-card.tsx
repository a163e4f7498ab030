import { Select } from 'antd'
import { Answered, Card, Empty } from '../../../ui/page.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import { useUrlState } from '../../../ui/use-url-state.ts'
import { stageNames } from '../contract.ts'
import type { CompareAnswer, ScenarioAnswer } from '../scenario-contract.ts'
import { CompareTable } from './compare-table.tsx'
import { placeToCompare } from './compare-words.ts'
import { keyOf, scenarioOptions } from './scenario-options.ts'
import { useCounties } from './use-counties.ts'

/** 方案对照 — two scenarios side by side; both stand in the address. */
export function CompareCard({ scenarios }: { scenarios: readonly ScenarioAnswer[] }) {
  const computed = scenarios.find((scenario) => scenario.computed)
  const [one, setOne] = useUrlState('one', 'mid')
  const [other, setOther] = useUrlState('other', computed ? keyOf(computed) : 'low')
  const [stage, setStage] = useUrlState('stage', 'primary')
  const [county] = useUrlState('county', '')
  const [asOf] = useUrlState('asOf', '')
  const counties = useCounties().map(({ countyId }) => countyId)
  const unit = placeToCompare(county, [one, other], scenarios, counties)
  const comparison = useAnswer<CompareAnswer>(one === other ? undefined : '/api/seats/compare', {
    one,
    other,
    stage,
    unit,
    asOf,
  })
  const options = scenarioOptions(scenarios)
  return (
    <Card title="两个方案对照" note="单位：个学位 · 差＝后者减前者，正数是更缺">
      <div className="page-tools no-print">
        <Select aria-label="前一个方案" value={one} onChange={setOne} options={options} style={wide} />
        <span>与</span>
        <Select aria-label="后一个方案" value={other} onChange={setOther} options={options} style={wide} />
        <Select
          aria-label="学段"
          value={stage}
          onChange={setStage}
          options={Object.entries(stageNames).map(([value, label]) => ({ value, label }))}
          style={{ minWidth: 120 }}
        />
      </div>
      {one === other ? (
        <Empty why="两边是同一个方案，没有可对照的差别。请把其中一个换成别的方案。" />
      ) : (
        <Answered
          query={{
            data: comparison.error ? undefined : comparison.data,
            error: comparison.error,
            refetch: comparison.refetch,
          }}
          rows={10}
        >
          {(answer) => <CompareTable answer={answer} />}
        </Answered>
      )}
    </Card>
  )
}

const wide = { minWidth: 200 }
