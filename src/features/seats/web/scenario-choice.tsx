import { Link } from '@tanstack/react-router'
import { Select } from 'antd'
import { keyOf, scenarioOptions } from './scenario-options.ts'
import { shellSearch } from './shell-search.ts'
import { useScenarios } from './use-scenarios.ts'

/** 选情景 — the base scenarios and those saved for this place or one above it; beside it the way to save a new one. */
export function ScenarioChoice(props: {
  value: string
  onChange: (scenario: string) => void
  /** Units a scenario may be saved for to speak here: the board's own and those above it. */
  places: readonly number[]
}) {
  const scenarios = useScenarios()
  const here = (scenarios.data ?? []).filter(
    (scenario) => props.places.includes(scenario.countyId) || keyOf(scenario) === props.value,
  )
  const options = scenarioOptions(here)
  const gone = scenarios.data !== undefined && options.every(({ value }) => value !== props.value)
  return (
    <>
      <Select
        aria-label="情景"
        value={props.value}
        onChange={props.onChange}
        options={gone ? [...options, { value: props.value, label: '已删除的方案' }] : options}
        style={{ minWidth: 180 }}
      />
      <Link className="tall" to={'/scenarios' as never} search={shellSearch as never}>
        情景方案
      </Link>
    </>
  )
}
