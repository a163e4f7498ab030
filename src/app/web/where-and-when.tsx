import { DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import { chinaDay } from '../../kernel/china-moment.ts'
import { useAnswer } from '../../ui/use-api.tsx'
import { useUrlChoices, useUrlState } from '../../ui/use-url-state.ts'
import { mayOpen } from './navigation.ts'
import { heldRoles, useSession } from './session.tsx'

const baseScenarios: Readonly<Record<string, string>> = { low: '低方案', mid: '中方案', high: '高方案' }

const today = chinaDay(new Date())

/** 台账日 — the day the books stand at when nobody chooses one: today, or the last day of a generated city. */
export function useBookDay(): string {
  return useSession().site.generatedUntil ?? today
}

/** 截至日 — the day the books are read as of. */
export function useAsOf() {
  return useUrlState('asOf', useBookDay())
}

/** 地点、口径日与情景 — place and day are chosen here for every page; on paper they stand as words. */
export function WhereAndWhen() {
  const session = useSession()
  const { visitor, site } = session
  const [county] = useUrlState('county', '')
  const [asOf, setAsOf] = useAsOf()
  const chooseAll = useUrlChoices()
  const byDefault = useBookDay()
  const { data: counties } = useAnswer<{ countyId: number; name: string }[]>('/api/counties')
  const inCity = visitor?.counties.includes(site.cityId)
  const places = (counties ?? []).map(({ countyId, name }) => ({ value: String(countyId), label: name }))
  const cityWide = { value: '', label: `${site.cityName}（全市）` }
  const here = inCity ? county : String(visitor?.counties[0])
  const place = [cityWide, ...places].find(({ value }) => value === here)?.label
  return (
    <>
      {inCity ? (
        <Select
          className="no-print"
          aria-label="县（市、区）"
          value={county}
          // A unit chosen within the former place does not go along to the next.
          onChange={(next) => chooseAll({ county: next || undefined, unit: undefined })}
          options={[cityWide, ...places]}
          style={{ minWidth: 150 }}
        />
      ) : (
        <strong className="no-print">{place}</strong>
      )}
      <DatePicker
        className="no-print"
        aria-label="台账截至日"
        value={dayjs(asOf)}
        onChange={(day) => setAsOf(day ? day.format('YYYY-MM-DD') : byDefault)}
        format={(day) => `截至 ${day.format('YYYY-MM-DD')}`}
        allowClear={asOf !== byDefault}
        maxDate={dayjs(today)}
        style={{ width: 160 }}
      />
      <span className="print-only">
        {place} · 截至 {asOf}
      </span>
      {mayOpen(heldRoles(session), '/seats') && <ScenarioSaid />}
    </>
  )
}

/** The scenario is chosen where it matters and said everywhere, so that a printed page explains itself. */
function ScenarioSaid() {
  const [scenario] = useUrlState('scenario', 'mid')
  const base = baseScenarios[scenario]
  const saved = useAnswer<{ scenarioId: number; name: string }[]>(
    base === undefined ? '/api/seats/scenarios' : undefined,
  )
  const name =
    base ?? saved.data?.find(({ scenarioId }) => `s${scenarioId}` === scenario)?.name ?? `方案 ${scenario}`
  return <span className="quiet frame-said">情景：{name}</span>
}
