import type { Params } from '../../../ui/use-api.tsx'
import { useUrlState } from '../../../ui/use-url-state.ts'
import type { TargetBoard } from '../contract.ts'

/** 所指之数 — a figure to be opened: where its provenance is asked for, and with what. */
export interface OpenedFigure {
  readonly path: string
  readonly params: Params
}

/** 所看 — the chosen target and place; both stand in the address, empty means the page's own choice. */
export interface TargetsView {
  readonly target: string
  readonly place: string
  /** The county chosen in the shell; empty: all in view. */
  readonly county: string
  /** What the server is asked with. */
  readonly params: Params
  choose(target: string, place: string): void
}

/** 所看 — read from the address; target and place are kept in one, as one choice makes both. */
export function useTargetsView(): TargetsView {
  const [county] = useUrlState('county', '')
  const [asOf] = useUrlState('asOf', '')
  const [at, setAt] = useUrlState('at', '')
  const [target = '', place = ''] = at.split('@')
  return {
    target,
    place,
    county,
    params: asOf ? { asOf } : {},
    choose: (nextTarget, nextPlace) => setAt(`${nextTarget}@${nextPlace}`),
  }
}

/** 总表范围 — the board cut to the county chosen in the shell, when it is one of its places. */
export function boardOf(board: TargetBoard, county: string): TargetBoard {
  const place = board.places.find(({ unitId }) => String(unitId) === county)
  if (!place) return board
  const own = ({ unitId }: { readonly unitId: number }) => unitId === place.unitId
  return {
    ...board,
    places: [place],
    targets: board.targets.map((target) => ({ ...target, cells: target.cells.filter(own) })),
    owed: board.owed.filter(({ where }) => where.includes(place.name)),
    filing: board.filing.filter(own),
  }
}

/** 所选 — the address's choice where the board has it; else the first target that holds back, at the leading place. */
export function chosenOf(view: TargetsView, board: TargetBoard): { target: string; place: number } {
  const lead = board.places[0]?.unitId ?? 0
  const place = board.places.find(({ unitId }) => String(unitId) === view.place)?.unitId ?? lead
  const signOf = (target: TargetBoard['targets'][number]) =>
    target.cells.find(({ unitId }) => unitId === place)?.sign
  const target =
    board.targets.find(({ targetId }) => targetId === view.target) ??
    board.targets.find((each) => signOf(each) === 'missed' || signOf(each) === 'behind') ??
    board.targets.find((each) => signOf(each) !== 'missing') ??
    board.targets[0]
  return { target: target?.targetId ?? '', place }
}
