import { useState } from 'react'
import { Answered, Empty, Page } from '../../../ui/page.tsx'
import { ProvenanceDrawer } from '../../../ui/provenance-drawer.tsx'
import { useAnswer, useApi } from '../../../ui/use-api.tsx'
import type { TargetBoard, TargetDetail } from '../contract.ts'
import { BoardCard } from './board-card.tsx'
import { DefinitionCard } from './definition-card.tsx'
import { OwedCard } from './owed-card.tsx'
import { PathCard } from './path-card.tsx'
import { PlacesCard } from './places-card.tsx'
import { RollUpCard } from './roll-up-card.tsx'
import { tellBoard } from './tell-board.ts'
import { boardOf, chosenOf, type OpenedFigure, type TargetsView, useTargetsView } from './use-targets-view.ts'

/** 目标任务 — the answer as a sentence, targets × counties, the chosen target's path, definition, and what is owed. */
export function TargetsPage() {
  const view = useTargetsView()
  const api = useApi()
  const query = useAnswer<TargetBoard>('/api/targets', view.params)
  const [figure, setFigure] = useState<OpenedFigure>()
  const board = query.data && boardOf(query.data, view.county)
  const lead = board?.places[0]
  return (
    <Page
      title="目标任务"
      answer={board && lead && tellBoard(board, lead.unitId)}
      tools={
        <a href={api.href('/api/targets/export', view.params)} download>
          导出 xlsx
        </a>
      }
    >
      <Answered query={query} rows={14}>
        {() =>
          board && lead ? (
            <Evidence view={view} board={board} onFigure={setFigure} />
          ) : (
            <Empty why="台账里还没有县（市、区）。请先由管理员建库，或导入区划后再看。" />
          )
        }
      </Answered>
      <ProvenanceDrawer
        path={figure?.path}
        {...(figure && { params: { ...view.params, ...figure.params } })}
        onClose={() => setFigure(undefined)}
      />
    </Page>
  )
}

function Evidence(props: {
  view: TargetsView
  board: TargetBoard
  onFigure: (figure: OpenedFigure) => void
}) {
  const { view, board, onFigure } = props
  const chosen = chosenOf(view, board)
  const query = useAnswer<TargetDetail>(`/api/targets/${chosen.target}`, view.params)
  const places = new Set(board.places.map(({ unitId }) => unitId))
  return (
    <div className="chart-first">
      <Late board={board} />
      <BoardCard view={view} board={board} chosen={chosen} />
      <Answered query={query} rows={8}>
        {(detail) => {
          const seen = { ...detail, places: detail.places.filter(({ unitId }) => places.has(unitId)) }
          return (
            <div className="grid two-one">
              <div className="grid">
                <PathCard detail={seen} placeId={chosen.place} onFigure={onFigure} />
                <RollUpCard
                  indicatorId={detail.indicator.id}
                  placeId={chosen.place}
                  params={view.params}
                  onFigure={onFigure}
                />
                <PlacesCard
                  detail={seen}
                  onChoose={(place) => view.choose(chosen.target, String(place))}
                  onFigure={onFigure}
                />
              </div>
              <div className="grid">
                <DefinitionCard detail={seen} />
                <OwedCard owed={board.owed} targets={board.targets} />
              </div>
            </div>
          )
        }}
      </Answered>
    </div>
  )
}

/** A year just begun: whose returns are not complete, so that the last complete year still speaks. */
function Late({ board }: { board: TargetBoard }) {
  if (board.filing.length === 0) return null
  const years = [...new Set(board.filing.map(({ year }) => year))]
  return (
    <div className="notice" style={{ marginBottom: 14 }}>
      <span>
        {years.join('、')} 年在校生还没有报齐，暂用上一个报齐的学年：
        {board.filing.map(({ name, year, filed, due }) => `${name} ${year} 年 ${filed}/${due} 所`).join('，')}
        。报齐后自动改用新学年。
      </span>
    </div>
  )
}
