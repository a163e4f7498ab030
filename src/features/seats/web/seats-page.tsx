import { Segmented, Tabs } from 'antd'
import { useState } from 'react'
import { stages } from '../../../kernel/stage.ts'
import { Answered, Empty, Page } from '../../../ui/page.tsx'
import { ProvenanceDrawer } from '../../../ui/provenance-drawer.tsx'
import { type Params, useAnswer } from '../../../ui/use-api.tsx'
import { useWide } from '../../../ui/use-media.ts'
import { type BoardAnswer, basisNames, stageNames } from '../contract.ts'
import { answerWords } from './answer-words.tsx'
import { BoardCard } from './board-card.tsx'
import { BoardNotices } from './board-notices.tsx'
import { countedBy } from './counted-by.ts'
import { InstitutionsCard } from './institutions-card.tsx'
import { MissingCard } from './missing-card.tsx'
import { Recompute } from './recompute.tsx'
import { ScenarioChoice } from './scenario-choice.tsx'
import { Trail } from './trail.tsx'
import { UnitCard } from './unit-card.tsx'
import { useElsewhere } from './use-elsewhere.ts'
import { type SeatsView, useSeatsView, useShellFollowing } from './use-seats-view.ts'
import { WarningsCard } from './warnings-card.tsx'

/** 学位供需 — the answer as a sentence, the board, the chosen unit, what to do next, what we do not know. */
export function SeatsPage() {
  const view = useSeatsView()
  const board = useAnswer<BoardAnswer>('/api/seats/board', view.params)
  const [figure, setFigure] = useState<Params>()
  const elsewhere = useElsewhere(view, board.data)
  useShellFollowing(board.data)
  return (
    <Page
      title="学位供需"
      answer={elsewhere ?? answerWords(board.data?.answer)}
      tools={<Tools view={view} board={board.data} />}
    >
      <Tabs
        activeKey={view.stage || (board.data?.stage ?? '')}
        onChange={view.setStage}
        items={(board.data?.stages ?? stages).map((stage) => ({ key: stage, label: stageNames[stage] }))}
      />
      <Answered query={board} rows={14}>
        {(answer) => <Evidence view={view} board={answer} onFigure={setFigure} />}
      </Answered>
      <ProvenanceDrawer
        path={figure && '/api/seats/provenance'}
        {...(figure && { params: figure })}
        onClose={() => setFigure(undefined)}
      />
    </Page>
  )
}

/** The count of seats stands as chosen, else as the scenario says: the board knows. */
function Tools({ view, board }: { view: SeatsView; board: BoardAnswer | undefined }) {
  const noNorm = board !== undefined && countedBy(board) !== board.basis
  return (
    <>
      <Segmented
        aria-label="学位口径"
        value={noNorm ? 'approved' : view.basis || board?.basis || 'rooms'}
        onChange={view.setBasis}
        disabled={noNorm}
        options={Object.entries(basisNames).map(([value, label]) => ({ value, label }))}
      />
      <ScenarioChoice
        value={view.scenario}
        onChange={view.setScenario}
        places={(board?.trail ?? []).map(({ unitId }) => unitId)}
      />
      {board && <Recompute board={board} />}
    </>
  )
}

function Evidence(props: { view: SeatsView; board: BoardAnswer; onFigure: (params: Params) => void }) {
  const { view, board } = props
  const wide = useWide()
  const chosen = chosenCell(view, board)
  return (
    <>
      <Trail board={board} onOpen={view.drill} />
      <BoardNotices board={board} />
      {board.published && board.rows.length === 0 && (
        <Empty why={`${board.parent.name}没有${stageNames[board.stage]}，请换一个学段或上级单位。`} />
      )}
      {board.rows.length > 0 && (
        <div className="grid board-side">
          <div className="grid board-first" style={{ marginBottom: 0 }}>
            <BoardCard view={view} board={board} chosen={chosen} wide={wide} />
            {board.parent.kind === 'township' && <InstitutionsCard view={view} board={board} />}
            <WarningsCard view={view} />
            <MissingCard view={view} />
          </div>
          <UnitCard view={view} board={board} chosen={chosen} onFigure={props.onFigure} />
        </div>
      )}
    </>
  )
}

/** 所选格 — the address's choice where the board has it; else the unit's own total in its worst year. */
function chosenCell(view: SeatsView, board: BoardAnswer): { row: string; year: number } {
  const row =
    board.rows.find(({ unit }) => String(unit.unitId) === view.row) ??
    board.rows.find(({ unit }) => unit.unitId === board.parent.unitId) ??
    board.rows[0]
  const year = board.years.includes(Number(view.year)) ? Number(view.year) : worstYear(row, board.years)
  return { row: String(row?.unit.unitId ?? ''), year }
}

function worstYear(row: BoardAnswer['rows'][number] | undefined, years: readonly number[]): number {
  const warned = (row?.cells ?? []).filter(({ sign }) => sign === 'shortage' || sign === 'surplus')
  const worst = warned.toSorted((one, other) => Math.abs(other.gap ?? 0) - Math.abs(one.gap ?? 0))[0]
  return worst?.year ?? years[0] ?? 0
}
