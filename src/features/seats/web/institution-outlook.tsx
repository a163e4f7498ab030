import { useMemo } from 'react'
import { BandChart } from '../../../ui/band-chart.tsx'
import { Answered } from '../../../ui/page.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import { type InstitutionForecastAnswer, stageNames } from '../contract.ts'
import { seatChart } from './seat-chart.ts'

/** 本校推算 — a single school's pupils, no further ahead than such figures can be trusted. */
export function InstitutionOutlook(props: { institutionId: number; stage: string; asOf: string }) {
  const { institutionId, stage, asOf } = props
  const forecast = useAnswer<InstitutionForecastAnswer>(`/api/seats/institutions/${institutionId}`, {
    stage,
    asOf,
  })
  return (
    <Answered query={forecast} rows={6}>
      {(answer) => (
        <>
          <p style={{ lineHeight: 1.8 }}>{answer.words}</p>
          {answer.stages.map((each) => (
            <StageChart key={each.stage} name={answer.name} words={answer.words} forecast={each} />
          ))}
          <p className="quiet">
            单个学校只推算 {answer.horizonYears} 年；更远的年份请看所在乡镇（街道）的预测。
          </p>
        </>
      )}
    </Answered>
  )
}

function StageChart(props: {
  name: string
  words: string
  forecast: InstitutionForecastAnswer['stages'][number]
}) {
  const { name, forecast } = props
  const chart = useMemo(() => {
    const { history, forecast: demand, rooms, approved } = forecast
    const years = [...history, ...demand].map(({ year }) => year)
    return seatChart({ history, demand, seats: years.map((year) => ({ year, seats: rooms ?? approved })) })
  }, [forecast])
  return (
    <BandChart {...chart} words={props.words} fileName={`${name}${stageNames[forecast.stage]}推算.png`} />
  )
}
