import { shortPlaceName } from '../../../kernel/short-place-name.ts'
import { Board } from '../../../ui/board.tsx'
import { Answered, Card, Empty, Page } from '../../../ui/page.tsx'
import { useAnswer, useApi } from '../../../ui/use-api.tsx'
import { useWide } from '../../../ui/use-media.ts'
import type { TaskBoard } from '../contract.ts'
import { OwnersCard } from './owners-card.tsx'
import { SectionCard, sectionCardId } from './section-card.tsx'
import { tagTones, taskCell, tellTasks } from './standing-words.ts'
import { chosenOf, type TasksView, tasksOf, useTasksView } from './use-tasks-view.ts'

/** 任务与责任 — the answer as a sentence, sections × counties, what lies under the chosen cell, and who is named for nothing. */
export function TasksPage() {
  const view = useTasksView()
  const api = useApi()
  const query = useAnswer<TaskBoard>('/api/tasks', view.params)
  const board = query.data && tasksOf(query.data, view.county)
  return (
    <Page
      title="任务与责任"
      answer={board && board.places.length > 0 && tellTasks(board)}
      tools={
        <a href={api.href('/api/tasks/export', view.params)} download>
          导出 xlsx
        </a>
      }
    >
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

function Evidence({ view, board }: { view: TasksView; board: TaskBoard }) {
  const chosen = chosenOf(view, board)
  return (
    <>
      <MatrixCard view={view} board={board} chosen={chosen} />
      <SectionCard section={chosen.section} county={chosen.county} params={view.params} />
      <OwnersCard board={board} />
    </>
  )
}

const kinds = { measure: '措施', target: '目标', organisation: '组织要求' } as const

interface Shown {
  readonly view: TasksView
  readonly board: TaskBoard
  readonly chosen: { readonly section: string; readonly county: number }
}

/** 责任矩阵 — on a phone the sections of one county as a list. */
function MatrixCard({ view, board, chosen }: Shown) {
  const wide = useWide()
  return (
    <Card title="责任矩阵" note="状态由台账算出，不由人填；点格看原文、责任人、进展和缺口">
      {wide ? (
        <Board
          caption="各项任务在各县（市、区）的状态"
          wrap
          columns={board.places.map(({ countyId, name }) => ({
            key: String(countyId),
            name: shortPlaceName(name),
          }))}
          rows={board.sections.map(({ sectionId, zh, cells }) => ({
            key: sectionId,
            name: `${sectionId} ${zh}`,
            cells: board.places.map(({ countyId, name }) =>
              taskCell(name, zh, cells.find((cell) => cell.countyId === countyId)!),
            ),
          }))}
          chosen={{ row: chosen.section, column: String(chosen.county) }}
          onChoose={view.choose}
        />
      ) : (
        <SectionList view={view} board={board} chosen={chosen} />
      )}
    </Card>
  )
}

function SectionList({ view, board, chosen }: Shown) {
  const place = board.places.find(({ countyId }) => countyId === chosen.county)
  return (
    <>
      {board.places.length > 1 && (
        <p className="quiet">以下是{place?.name}的情况；看别的县请在上方换地区。</p>
      )}
      <ul className="rows">
        {board.sections.map(({ sectionId, kind, zh, cells }) => {
          const cell = cells.find(({ countyId }) => countyId === chosen.county)
          if (!place || !cell) return null
          return (
            <li key={sectionId}>
              <button
                className="link-button grow"
                type="button"
                aria-pressed={chosen.section === sectionId}
                aria-label={taskCell(place.name, zh, cell).sentence}
                onClick={() => {
                  view.choose(sectionId, String(place.countyId))
                  document.getElementById(sectionCardId)?.scrollIntoView({ behavior: 'smooth' })
                }}
              >
                {sectionId} {zh}
                {kind !== 'measure' && <span className="quiet">（{kinds[kind]}）</span>}
              </button>
              <span className={`tag ${tagTones[cell.light]}`}>{cell.words}</span>
            </li>
          )
        })}
      </ul>
    </>
  )
}
