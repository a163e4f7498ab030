import { shortPlaceName } from '../../../kernel/short-place-name.ts'
import { Board } from '../../../ui/board.tsx'
import { Card } from '../../../ui/page.tsx'
import { colours } from '../../../ui/theme.ts'
import { useApi } from '../../../ui/use-api.tsx'
import { type BoardAnswer, stageNames } from '../contract.ts'
import { boardCell } from './cell-words.ts'
import { SeatList } from './seat-list.tsx'
import { SeatMap } from './seat-map.tsx'
import { UnitName } from './unit-name.tsx'
import type { SeatsView } from './use-seats-view.ts'

/** 余缺总表 — units × years; on a phone a list, on demand a map; the same words in all three. */
export function BoardCard(props: {
  view: SeatsView
  board: BoardAnswer
  chosen: { row: string; year: number }
  wide: boolean
}) {
  const { view, board, chosen, wide } = props
  const choose = (row: string, year: string) => view.choose(row, year)
  const names = { city: '各县（市、区）', county: '各乡镇（街道）', township: '本乡镇（街道）' }
  const title = `${names[board.parent.kind as keyof typeof names] ?? ''}${stageNames[board.stage]}学位缺口与富余`
  const map = view.twin === 'map' && board.parent.kind !== 'township'
  const note = map
    ? `${chosen.year} 年 · 单位：个 · 点一块看走势与来历`
    : '单位：个 · 点格看走势与来历，点名称看下级'
  return (
    <Card title={title} note={note}>
      {map ? (
        <SeatMap
          view={view}
          board={board}
          year={chosen.year}
          onChoose={(row) => choose(row, String(chosen.year))}
        />
      ) : wide ? (
        <Board
          caption={title}
          columns={board.years.map((year) => ({ key: String(year), name: String(year) }))}
          rows={board.rows.map((row) => ({
            key: String(row.unit.unitId),
            name: <UnitName view={view} board={board} unit={row.unit} />,
            cells: row.cells.map((cell) => boardCell(row.unit.name, cell)),
          }))}
          chosen={{ row: chosen.row, column: String(chosen.year) }}
          onChoose={choose}
        />
      ) : (
        <SeatList view={view} board={board} chosen={chosen} />
      )}
      {board.without.length > 0 && (
        <p className="quiet" style={{ margin: '8px 0 0' }}>
          {board.without.map(shortPlaceName).join('、')}没有{stageNames[board.stage]}。
        </p>
      )}
      <BoardKey />
      <BoardLinks view={view} board={board} />
    </Card>
  )
}

function BoardKey() {
  return (
    <div className="board-key">
      <span>
        <i style={{ background: colours.shortageGround }} />
        缺：区间下限已超现有学位
      </span>
      <span>
        <i style={{ background: colours.surplusGround }} />
        余：区间上限仍低于现有学位
      </span>
      <span>
        <i style={{ background: '#f2f1ec' }} />
        ≈：区间跨过现有学位，暂不预警
      </span>
      <span>深色为持续，浅色为不足一届学生在校年限的暂时现象</span>
    </div>
  )
}

function BoardLinks({ view, board }: { view: SeatsView; board: BoardAnswer }) {
  const api = useApi()
  return (
    <div className="board-key no-print">
      {board.parent.kind !== 'township' && (
        <button
          className="link-button"
          type="button"
          onClick={() => view.setTwin(view.twin === 'map' ? 'table' : 'map')}
        >
          {view.twin === 'map' ? '改看表格' : '改看地图'}
        </button>
      )}
      <a href={api.href('/api/seats/export', view.params)} download>
        导出 xlsx
      </a>
    </div>
  )
}
