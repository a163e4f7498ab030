import { Link } from '@tanstack/react-router'
import { Select } from 'antd'
import { scenarioOptions } from './scenario-options.ts'
import { shellSearch } from './shell-search.ts'
import { useScenarios } from './use-scenarios.ts'

/** 选情景 — the base scenarios and the saved ones; the way to save a new one stands beside it. */
export function ScenarioChoice({ value, onChange }: { value: string; onChange: (scenario: string) => void }) {
  const scenarios = useScenarios()
  return (
    <>
      <Select
        aria-label="情景"
        value={value}
        onChange={onChange}
        options={scenarioOptions(scenarios.data ?? [])}
        style={{ minWidth: 180 }}
      />
      <Link to={'/scenarios' as never} search={shellSearch as never}>
        情景方案
      </Link>
    </>
  )
}
