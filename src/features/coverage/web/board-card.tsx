import { shortPlaceName } from '../../../kernel/short-place-name.ts'
import { Board } from '../../../ui/board.tsx'
import { Card } from '../../../ui/page.tsx'
import { useWide } from '../../../ui/use-media.ts'
import { type BoardDuty, type CoverageBoard, forceWords } from '../contract.ts'
import { gapsCardId } from './gaps-card.tsx'
import { boardCell, tagTone } from './light-cells.ts'
import { type CoverageView, rowKey } from './use-coverage-view.ts'

interface Shown {
  readonly view: CoverageView
  readonly board: CoverageBoard
  readonly chosen: { readonly duty: BoardDuty; readonly place: number }
}

/** 覆盖总表 — duties × counties; two readings of the same words stand one under the other. On a phone, those of the leading place. */
export function BoardCard({ view, board, chosen }: Shown) {
  const wide = useWide()
  return (
    <Card title="各项覆盖任务" note="已覆盖/应覆盖；点格看缺口名单和来历">
      {wide ? (
        <Board
          caption="各项覆盖任务在各单位的情况"
          wrap
          longNames
          columns={board.places.map(({ unitId, name }) => ({
            key: String(unitId),
            name: shortPlaceName(name),
          }))}
          rows={board.duties.map((duty) => ({
            key: rowKey(duty),
            name: <RowName duty={duty} />,
            cells: board.places.map((place) =>
              boardCell(place.name, duty, duty.cells.find(({ unitId }) => unitId === place.unitId)!),
            ),
          }))}
          chosen={{ row: rowKey(chosen.duty), column: String(chosen.place) }}
          onChoose={view.choose}
        />
      ) : (
        <DutyList view={view} board={board} chosen={chosen} />
      )}
      <p className="quiet">
        应：没有做到即列为问题；原则上：须写明理由；推进：逐个列出、逐步解决，不称违规；鼓励：只反映占比。
      </p>
    </Card>
  )
}

function RowName({ duty }: { duty: BoardDuty }) {
  return (
    <span>
      {duty.item} {duty.zh} <span className="tag plain">{forceWords[duty.force]}</span>
      {duty.reading && <span className="quiet"> 读法：{duty.reading.zh}</span>}
    </span>
  )
}

function DutyList({ view, board, chosen }: Shown) {
  const place = board.places.find(({ unitId }) => unitId === chosen.place)
  return (
    <ul className="rows">
      {board.duties.map((duty) => {
        const cell = duty.cells.find(({ unitId }) => unitId === place?.unitId)
        if (!place || !cell) return null
        const { words, sentence } = boardCell(place.name, duty, cell)
        return (
          <li key={rowKey(duty)}>
            <button
              className="link-button grow"
              type="button"
              style={{ textAlign: 'left', minHeight: 44 }}
              aria-pressed={rowKey(duty) === rowKey(chosen.duty)}
              aria-label={sentence}
              onClick={() => {
                view.choose(rowKey(duty), String(place.unitId))
                document.getElementById(gapsCardId)?.scrollIntoView({ behavior: 'smooth' })
              }}
            >
              <RowName duty={duty} />
            </button>
            <span className={`tag ${tagTone(cell.light)}`}>{words}</span>
          </li>
        )
      })}
    </ul>
  )
}
