import { Breadcrumb } from 'antd'
import type { BoardAnswer, UnitRef } from '../contract.ts'

/** 所在 — the way from the city down to the unit shown; each step goes back up. */
export function Trail({ board, onOpen }: { board: BoardAnswer; onOpen: (unit: UnitRef) => void }) {
  if (board.trail.length < 2) return null
  return (
    <nav aria-label="所在单位" style={{ marginBottom: 12 }}>
      <Breadcrumb
        items={board.trail.map((unit, index) => ({
          title:
            index === board.trail.length - 1 ? (
              <span aria-current="page">{unit.name}</span>
            ) : (
              <button className="link-button" type="button" onClick={() => onOpen(unit)}>
                {unit.name}
              </button>
            ),
        }))}
      />
    </nav>
  )
}
