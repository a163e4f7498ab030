import type { Params } from '../../../ui/use-api.tsx'
import { useUrlState } from '../../../ui/use-url-state.ts'
import type { BoardDuty, CoverageBoard } from '../contract.ts'

/** 所看 — the chosen row and place, both in the address; the county is the shell's. */
export interface CoverageView {
  readonly row: string
  readonly place: string
  readonly county: string
  readonly params: Params
  choose(row: string, place: string): void
}

/** 所看 — read from the address; one choice makes row and place, so they stand in one. */
export function useCoverageView(): CoverageView {
  const [county] = useUrlState('county', '')
  const [asOf] = useUrlState('asOf', '')
  const [at, setAt] = useUrlState('at', '')
  const [row = '', place = ''] = at.split('@')
  return {
    row,
    place,
    county,
    params: asOf ? { asOf } : {},
    choose: (nextRow, nextPlace) => setAt(`${nextRow}@${nextPlace}`),
  }
}

/** 行号 — a duty, and the reading where it has several. */
export function rowKey({ dutyId, reading }: Pick<BoardDuty, 'dutyId' | 'reading'>): string {
  return reading ? `${dutyId}~${reading.id}` : dutyId
}

/** 总表范围 — the board cut to the county chosen in the shell, when it is one of its places. */
export function boardOf(board: CoverageBoard, county: string): CoverageBoard {
  const place = board.places.find(({ unitId }) => String(unitId) === county)
  if (!place) return board
  return {
    ...board,
    places: [place],
    duties: board.duties.map((duty) => ({
      ...duty,
      cells: duty.cells.filter(({ unitId }) => unitId === place.unitId),
    })),
  }
}

/** 所选 — the address's choice where the board has it; else the first duty with a gap, at the leading place. */
export function chosenOf(view: CoverageView, board: CoverageBoard): { duty: BoardDuty; place: number } {
  const place = (board.places.find(({ unitId }) => String(unitId) === view.place) ?? board.places[0])!.unitId
  const lightOf = ({ cells }: BoardDuty) => cells.find(({ unitId }) => unitId === place)?.light
  const duty =
    board.duties.find((each) => rowKey(each) === view.row) ??
    board.duties.find((each) => lightOf(each) === 'open-gaps') ??
    board.duties[0]!
  return { duty, place }
}
