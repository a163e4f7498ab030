import { useState } from 'react'
import { shortPlaceName } from '../../../kernel/short-place-name.ts'
import { Board } from '../../../ui/board.tsx'
import { Answered, Card, Empty, Page } from '../../../ui/page.tsx'
import { ProvenanceDrawer } from '../../../ui/provenance-drawer.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import { useWide } from '../../../ui/use-media.ts'
import type { IndicatorBoard, IndicatorCell, IndicatorRow } from '../indicator-contract.ts'
import { RollUpCard, rollUpCardId } from './roll-up-card.tsx'
import { directionWords } from './sign-words.ts'
import { type OpenedFigure, type TargetsView, useTargetsView } from './use-targets-view.ts'

/** 指标 — every indicator of the plan × places; a cell opens the units that make it and the schools under each. */
export function IndicatorsPage() {
  const view = useTargetsView()
  const query = useAnswer<IndicatorBoard>('/api/indicators', view.params)
  const board = query.data && boardOf(query.data, view.county)
  return (
    <Page title="指标" answer={board && tell(board)}>
      <Answered query={query} rows={14}>
        {() =>
          board && board.places.length > 0 ? (
            <Evidence view={view} board={board} />
          ) : (
            <Empty why="台账里还没有县（市、区）。请先由管理员建库，或导入区划后再看。" />
          )
        }
      </Answered>
    </Page>
  )
}

function Evidence({ view, board }: { view: TargetsView; board: IndicatorBoard }) {
  const [figure, setFigure] = useState<OpenedFigure>()
  const wide = useWide()
  const { indicator, place } = chosenOf(view, board)
  return (
    <div className="chart-first">
      <div className="grid">
        <Card title="各项指标的现值" note="点格看逐级汇总和拖后的学校">
          {wide ? (
            <Board
              caption="各项指标在各单位的现值"
              wrap
              columns={board.places.map(({ unitId, name }) => ({
                key: String(unitId),
                name: shortPlaceName(name),
              }))}
              rows={board.indicators.map((row) => ({
                key: row.indicatorId,
                name: nameOf(row),
                cells: board.places.map((each) => cellOf(row, each)),
              }))}
              chosen={{ row: indicator.indicatorId, column: String(place.unitId) }}
              onChoose={view.choose}
            />
          ) : (
            <IndicatorList view={view} board={board} place={place} chosen={indicator} />
          )}
        </Card>
      </div>
      <div className="grid two-one">
        {indicator.rolls ? (
          <RollUpCard
            indicatorId={indicator.indicatorId}
            placeId={place.unitId}
            params={view.params}
            onFigure={setFigure}
          />
        ) : (
          <Card id={rollUpCardId} title="逐级汇总">
            <Empty why="这项指标只按县统计，或台账里还没有它的数据，分不到校，不能往下汇总。" />
          </Card>
        )}
        <IndicatorCard
          indicator={indicator}
          place={place}
          onFigure={() =>
            setFigure({
              path: `/api/indicators/${indicator.indicatorId}/provenance`,
              params: { ...view.params, unit: place.unitId },
            })
          }
        />
      </div>
      <ProvenanceDrawer
        path={figure?.path}
        {...(figure && { params: figure.params })}
        onClose={() => setFigure(undefined)}
      />
    </div>
  )
}

type Place = IndicatorBoard['places'][number]

/** On a phone: the indicators of one place as a list. */
function IndicatorList(props: {
  view: TargetsView
  board: IndicatorBoard
  place: Place
  chosen: IndicatorRow
}) {
  const { view, board, place, chosen } = props
  return (
    <ul className="rows">
      {board.indicators.map((row) => {
        const { words, note, tone, sentence } = cellOf(row, place)
        return (
          <li key={row.indicatorId}>
            <button
              className="link-button grow"
              type="button"
              style={{ textAlign: 'left', minHeight: 44 }}
              aria-pressed={chosen === row}
              aria-label={sentence}
              onClick={() => {
                view.choose(row.indicatorId, String(place.unitId))
                document.getElementById(rollUpCardId)?.scrollIntoView({ behavior: 'smooth' })
              }}
            >
              {nameOf(row)}
            </button>
            <span className={`tag ${tone === 'missing' ? 'waiting' : 'plain'}`}>
              {note ? `${words} · ${note}` : words}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

function nameOf({ zh, items }: IndicatorRow): string {
  return items.length === 0 ? zh : `${items.join('、')} ${zh}`
}

function IndicatorCard(props: { indicator: IndicatorRow; place: Place; onFigure: () => void }) {
  const { indicator, place } = props
  const cell = indicator.cells.find(({ unitId }) => unitId === place.unitId)
  return (
    <Card title={`${indicator.zh} · ${place.name}`} note={cell?.year ? `${cell.year} 年` : ''}>
      <p style={{ lineHeight: 1.8 }}>{indicator.definition}。</p>
      <p className="quiet">{[directionWords[indicator.direction], ...indicator.items].join(' · ')}</p>
      <button
        className="figure"
        type="button"
        aria-label={`${place.name} ${cell?.words}，查看来历`}
        onClick={props.onFigure}
      >
        {cell?.words ?? '缺数据'}
      </button>{' '}
      {cell?.last && (
        <p>
          最近一次有数：{cell.last.year} 年 {cell.last.words}
        </p>
      )}
      <span className="quiet">点数值看怎么算的、是哪些学校或填报拖后</span>
    </Card>
  )
}

function cellOf(row: IndicatorRow, { unitId, name }: Place) {
  const cell = row.cells.find((each) => each.unitId === unitId) as IndicatorCell
  const before = cell.last && `${cell.last.year} 年 ${cell.last.words}`
  return {
    words: cell.words,
    ...(before && { note: before }),
    tone: cell.known ? ('plain' as const) : ('missing' as const),
    sentence: `${name} ${row.zh}：${cell.words}${cell.year ? `（${cell.year} 年）` : ''}${before ? `，最近一次 ${before}` : ''}`,
  }
}

/** The board cut to the county chosen in the shell, when it is one of its places. */
function boardOf(board: IndicatorBoard, county: string): IndicatorBoard {
  const place = board.places.find(({ unitId }) => String(unitId) === county)
  return place ? { ...board, places: [place] } : board
}

function chosenOf(view: TargetsView, board: IndicatorBoard): { indicator: IndicatorRow; place: Place } {
  const place = board.places.find(({ unitId }) => String(unitId) === view.place) ?? board.places[0]!
  const known = board.indicators.find(({ cells }) =>
    cells.some((cell) => cell.unitId === place.unitId && cell.known),
  )
  const indicator =
    board.indicators.find(({ indicatorId }) => indicatorId === view.target) ?? known ?? board.indicators[0]!
  return { indicator, place }
}

function tell({ places, indicators }: IndicatorBoard): string {
  const lead = places[0]
  if (!lead) return ''
  const cells = indicators.flatMap(({ cells }) => cells.filter(({ unitId }) => unitId === lead.unitId))
  const known = cells.filter((cell) => cell.known).length
  const before = cells.filter(({ last }) => last !== null).length
  return `规划的 ${cells.length} 项指标中，${lead.name}现有数据的 ${known} 项，其余缺数据，${before > 0 ? `其中 ${before} 项以前有过数，一并注明年份；` : ''}缺什么点格可见。`
}
