import { useState } from 'react'
import { Answered, Empty, Page } from '../../../ui/page.tsx'
import { ProvenanceDrawer } from '../../../ui/provenance-drawer.tsx'
import { useAnswer, useApi } from '../../../ui/use-api.tsx'
import type { CoverageBoard, DutyGaps } from '../contract.ts'
import { BoardCard } from './board-card.tsx'
import { DefinitionCard } from './definition-card.tsx'
import { GapsCard } from './gaps-card.tsx'
import { tellBoard } from './light-cells.ts'
import { boardOf, type CoverageView, chosenOf, useCoverageView } from './use-coverage-view.ts'

/** 覆盖任务 — the answer as a sentence, duties × counties, then who has none and why, and the words of the paper. */
export function CoveragePage() {
  const view = useCoverageView()
  const api = useApi()
  const query = useAnswer<CoverageBoard>('/api/duties', view.params)
  const board = query.data && boardOf(query.data, view.county)
  return (
    <Page
      title="覆盖任务"
      answer={board && board.places.length > 0 && tellBoard(board)}
      tools={
        <a href={api.href('/api/duties/export', view.params)} download>
          导出 xlsx
        </a>
      }
    >
      <Answered query={query} rows={14}>
        {() =>
          board && board.places.length > 0 && board.duties.length > 0 ? (
            <Evidence view={view} board={board} />
          ) : (
            <Empty why="台账里还没有县（市、区），或规划里还没有覆盖任务。请先由管理员建库，或导入区划后再看。" />
          )
        }
      </Answered>
    </Page>
  )
}

function Evidence({ view, board }: { view: CoverageView; board: CoverageBoard }) {
  const chosen = chosenOf(view, board)
  const [opened, setOpened] = useState(false)
  const { duty, place } = chosen
  const params = { ...view.params, unit: place, ...(duty.reading && { reading: duty.reading.id }) }
  const query = useAnswer<DutyGaps>(`/api/duties/${duty.dutyId}`, params)
  return (
    <div className="chart-first">
      <div className="grid">
        <BoardCard view={view} board={board} chosen={chosen} />
      </div>
      <Answered query={query} rows={8}>
        {(gaps) => (
          <div className="grid two-one">
            <GapsCard gaps={gaps} onFigure={() => setOpened(true)} />
            <DefinitionCard gaps={gaps} />
          </div>
        )}
      </Answered>
      <ProvenanceDrawer
        path={opened ? `/api/duties/${duty.dutyId}/provenance` : undefined}
        params={params}
        onClose={() => setOpened(false)}
      />
    </div>
  )
}
