import type { BoardAnswer } from '../contract.ts'
import { cellSentence, cellTone, cellWords } from './cell-words.ts'
import { showUnit } from './show-unit.ts'
import { UnitName } from './unit-name.tsx'
import type { SeatsView } from './use-seats-view.ts'

/** 窄屏清单 — the board as a list: a unit, its words for the chosen year, and the years to choose from. */
export function SeatList(props: {
  view: SeatsView
  board: BoardAnswer
  chosen: { row: string; year: number }
}) {
  const { view, board, chosen } = props
  const tags: Readonly<Record<string, string>> = {
    shortage: 'shortage',
    surplus: 'surplus',
    missing: 'waiting',
  }
  return (
    <>
      <label style={{ display: 'block', marginBottom: 8 }}>
        学年{' '}
        <select
          value={chosen.year}
          onChange={(event) => view.choose(chosen.row, event.target.value)}
          style={{ minHeight: 44, minWidth: 120, font: 'inherit' }}
        >
          {board.years.map((year) => (
            <option key={year} value={year}>
              {year}
            </option>
          ))}
        </select>
      </label>
      <ul className="rows">
        {board.rows.map((row) => {
          const cell = row.cells.find(({ year }) => year === chosen.year)
          if (!cell) return null
          const tone = cellTone(cell).replace('-pale', '')
          return (
            <li key={row.unit.unitId}>
              <span className="grow">
                <UnitName view={view} board={board} unit={row.unit} />
              </span>
              <button
                className={`tag ${tags[tone] ?? 'plain'}`}
                type="button"
                style={{ minHeight: 44, minWidth: 110, border: 0, font: 'inherit' }}
                aria-label={cellSentence(row.unit.name, cell)}
                aria-pressed={chosen.row === String(row.unit.unitId)}
                onClick={() => {
                  view.choose(String(row.unit.unitId), String(chosen.year))
                  showUnit()
                }}
              >
                {cellWords(cell)}
              </button>
            </li>
          )
        })}
      </ul>
    </>
  )
}
