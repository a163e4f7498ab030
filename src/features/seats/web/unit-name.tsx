import { shortPlaceName } from '../../../kernel/short-place-name.ts'
import type { BoardAnswer } from '../contract.ts'
import type { SeatsView } from './use-seats-view.ts'

/** 单位名 — opens the unit's parts; the parent's own row is the total. */
export function UnitName(props: { view: SeatsView; board: BoardAnswer; unit: BoardAnswer['parent'] }) {
  const { view, board, unit } = props
  if (unit.unitId === board.parent.unitId) return <strong title={unit.name}>合计</strong>
  return (
    <button className="link-button" type="button" title={unit.name} onClick={() => view.drill(unit)}>
      {shortPlaceName(unit.name)}
    </button>
  )
}
