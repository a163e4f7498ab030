import { useMemo } from 'react'
import { BandChart } from '../../../ui/band-chart.tsx'
import { formatNumber } from '../../../ui/figure.tsx'
import { Answered, Card } from '../../../ui/page.tsx'
import { type Params, useAnswer } from '../../../ui/use-api.tsx'
import { type BoardAnswer, type SeriesAnswer, stageNames } from '../contract.ts'
import { BasisQuotes } from './basis-quotes.tsx'
import { seatChart } from './seat-chart.ts'
import { unitCardId } from './show-unit.ts'
import { UnitFigures } from './unit-figures.tsx'
import type { SeatsView } from './use-seats-view.ts'

/** 单位与学段 — the chosen row: what was and is expected, the chosen year's figures, how such figures held, the basis. */
export function UnitCard(props: {
  view: SeatsView
  board: BoardAnswer
  chosen: { row: string; year: number }
  onFigure: (params: Params) => void
}) {
  const { view, board, chosen } = props
  const row = board.rows.find(({ unit }) => String(unit.unitId) === chosen.row)
  const cell = row?.cells.find(({ year }) => year === chosen.year)
  const series = useAnswer<SeriesAnswer>(row && '/api/seats/series', { ...view.params, unit: chosen.row })
  const shown = series.data?.unit.unitId === row?.unit.unitId && series.data?.stage === board.stage
  if (!row) return null
  return (
    <Card
      id={unitCardId}
      className="unit-card"
      title={`${row.unit.name} · ${stageNames[board.stage]}`}
      note="单位：人，现有学位为个"
    >
      <Answered
        query={{ data: shown ? series.data : undefined, error: series.error, refetch: series.refetch }}
        rows={10}
      >
        {(answer) => (
          <>
            <UnitChart answer={answer} />
            {cell && <UnitFigures board={board} unit={row.unit} cell={cell} onFigure={props.onFigure} />}
            {answer.words && !board.answer.startsWith(answer.words.replace(/。$/, '')) && (
              <p style={{ lineHeight: 1.8 }}>{answer.words}</p>
            )}
            <Record record={answer.record} stage={stageNames[board.stage]} />
            <Limits answer={answer} />
            <BasisQuotes quotes={answer.quotes} />
          </>
        )}
      </Answered>
    </Card>
  )
}

function UnitChart({ answer }: { answer: SeriesAnswer }) {
  const chart = useMemo(
    () =>
      seatChart({
        history: answer.history,
        demand: answer.years.flatMap(({ year, demand }) => (demand ? [{ year, ...demand }] : [])),
        seats: answer.years.map(({ year, ruling }) => ({ year, seats: ruling })),
      }),
    [answer],
  )
  const name = `${answer.unit.name}${stageNames[answer.stage]}`
  return (
    <BandChart
      {...chart}
      words={answer.words || `${name}历年在校生、需要学位与现有学位`}
      fileName={`${name}学位供需.png`}
    />
  )
}

/** 误差记录 — the unit's own, one year ahead, beside simply keeping last year's number. */
function Record({ record, stage }: { record: SeriesAnswer['record']; stage: string }) {
  const near = record.find(({ horizon }) => horizon === 1) ?? record[0]
  const percent = (share: number | null | undefined) =>
    share === null || share === undefined ? '缺数据' : `${formatNumber(share * 100, 1)}%`
  return (
    <>
      <h3 style={{ fontSize: 14, margin: '12px 0 0' }}>以往误差</h3>
      <p className="quiet" style={{ margin: '2px 0 8px' }}>
        {near ? `${near.of}，不是${stage}单独的记录。` : `${stage}还没有回测记录。`}
      </p>
      <dl className="facts" style={{ margin: '0 0 12px' }}>
        <div>
          <dd>{percent(near?.ours)}</dd>
          <dt>
            {near?.horizon ?? 1} 年期平均误差{near && `（直接沿用上年 ${percent(near.naive)}）`}
          </dt>
        </div>
        <div>
          <dd>{percent(near?.coverage)}</dd>
          <dt>实际值落在区间内（本次测算全部单位）</dt>
        </div>
      </dl>
    </>
  )
}

function Limits({ answer }: { answer: SeriesAnswer }) {
  if (answer.flags.length + answer.missing.length === 0) return null
  return (
    <ul className="rows">
      {answer.missing.map(({ of, where, owedBy }) => (
        <li key={`${of}${where}`}>
          <span className="tag waiting">缺数据</span>
          <span className="grow">
            {where}：{of}
            {owedBy && `，由${owedBy}提供`}
          </span>
        </li>
      ))}
      {answer.flags.map((flag) => (
        <li key={flag}>
          <span className="tag plain">注意</span>
          <span className="grow">{flag}</span>
        </li>
      ))}
    </ul>
  )
}
