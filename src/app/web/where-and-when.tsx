import { DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import { useAnswer } from '../../ui/use-api.tsx'
import { useUrlState } from '../../ui/use-url-state.ts'
import { useSession } from './session.tsx'

const scenarios = [
  { value: 'low', label: '情景：低方案' },
  { value: 'mid', label: '情景：中方案' },
  { value: 'high', label: '情景：高方案' },
]

const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())

/** 截至日 — the day the books are read as of: today, or the last day of a generated city. */
export function useAsOf() {
  const { site } = useSession()
  return useUrlState('asOf', site.generatedUntil ?? today)
}

/** 地点、口径日与情景 — chosen once in the shell, valid on every page. */
export function WhereAndWhen() {
  const { visitor, site } = useSession()
  const [county, setCounty] = useUrlState('county', '')
  const [asOf, setAsOf] = useAsOf()
  const byDefault = site.generatedUntil ?? today
  const [scenario, setScenario] = useUrlState('scenario', 'mid')
  const { data: counties } = useAnswer<{ countyId: number; name: string }[]>('/api/counties')
  const inCity = visitor?.counties.includes(site.cityId)
  const saved = /^s\d+$/.test(scenario) ? [{ value: scenario, label: `情景方案 ${scenario.slice(1)}` }] : []
  const places = (counties ?? []).map(({ countyId, name }) => ({ value: String(countyId), label: name }))
  return (
    <>
      {inCity ? (
        <Select
          aria-label="县（市、区）"
          value={county}
          onChange={setCounty}
          options={[{ value: '', label: `${site.cityName}（全市）` }, ...places]}
          style={{ minWidth: 150 }}
        />
      ) : (
        <strong>{places.find(({ value }) => value === String(visitor?.counties[0]))?.label}</strong>
      )}
      <DatePicker
        aria-label="台账截至日"
        value={dayjs(asOf)}
        onChange={(day) => setAsOf(day ? day.format('YYYY-MM-DD') : byDefault)}
        format={(day) => `截至 ${day.format('YYYY-MM-DD')}`}
        allowClear={asOf !== byDefault}
        maxDate={dayjs(today)}
        style={{ width: 160 }}
      />
      <Select
        aria-label="预测情景"
        value={scenario}
        onChange={setScenario}
        options={[...scenarios, ...saved]}
        style={{ minWidth: 130 }}
      />
    </>
  )
}
