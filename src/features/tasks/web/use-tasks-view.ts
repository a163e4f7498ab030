import type { Params } from '../../../ui/use-api.tsx'
import { useUrlState } from '../../../ui/use-url-state.ts'
import type { TaskBoard } from '../contract.ts'

/** 所看 — the chosen section and county; both stand in the address. */
export interface TasksView {
  readonly params: Params
  readonly county: string
  readonly at: string
  choose(section: string, county: string): void
}

export function useTasksView(): TasksView {
  const [county] = useUrlState('county', '')
  const [asOf] = useUrlState('asOf', '')
  const [at, setAt] = useUrlState('at', '')
  return {
    params: asOf ? { asOf } : {},
    county,
    at,
    choose: (section, place) => setAt(`${section}@${place}`),
  }
}

/** 矩阵范围 — cut to the county chosen in the shell, when it is one of its places. */
export function tasksOf(board: TaskBoard, county: string): TaskBoard {
  const own = ({ countyId }: { readonly countyId: number }) => String(countyId) === county
  if (!board.places.some(own)) return board
  return {
    ...board,
    places: board.places.filter(own),
    owners: board.owners.filter(own),
    sections: board.sections.map((section) => ({ ...section, cells: section.cells.filter(own) })),
  }
}

/** 所选一格 — the address's choice where the board has it, else the first that lags. */
export function chosenOf({ at }: TasksView, { places, sections }: TaskBoard) {
  const [section, place] = at.split('@')
  const county =
    places.find(({ countyId }) => String(countyId) === place)?.countyId ?? places[0]?.countyId ?? 0
  const light = (each: TaskBoard['sections'][number]) =>
    each.cells.find(({ countyId }) => countyId === county)?.light
  const chosen =
    sections.find(({ sectionId }) => sectionId === section) ??
    sections.find((each) => light(each) === 'red') ??
    sections[0]
  return { section: chosen?.sectionId ?? '', county }
}
