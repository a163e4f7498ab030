import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'

/** 格子的意思 — said in words in the cell; the colour only repeats it. */
export type CellTone =
  | 'shortage'
  | 'shortage-pale'
  | 'surplus'
  | 'surplus-pale'
  | 'even'
  | 'missing'
  | 'plain'

/** 一格 — its words, what they mean, and a longer sentence for those who listen or hover. */
export interface BoardCell {
  readonly words: string
  /** Under the words, smaller. */
  readonly note?: string
  readonly tone: CellTone
  readonly sentence: string
}

/** 一行 — a thing with one cell per column. */
export interface BoardRow {
  readonly key: string
  readonly name: ReactNode
  readonly cells: readonly BoardCell[]
}

interface BoardProps {
  readonly caption: string
  readonly columns: readonly { readonly key: string; readonly name: string }[]
  readonly rows: readonly BoardRow[]
  readonly chosen?: { readonly row: string; readonly column: string }
  /** Cells of several words may break into two lines where there is little room. */
  readonly wrap?: boolean
  /** Names that are whole sentences get more room. */
  readonly longNames?: boolean
  readonly onChoose: (row: string, column: string) => void
}

/** 总表 — the one table that is the map of the matter; every cell can be chosen, arrow keys go from cell to cell. */
export function Board(props: BoardProps) {
  const scroll = useRef<HTMLDivElement>(null)
  const cut = useCut(scroll, props.columns)
  const [reached, setReached] = useState<{ row: number; column: number }>()
  const start = reached ?? placeOf(props)
  return (
    <>
      {cut && <p className="board-cut no-print">表格比屏幕宽，可左右滑动 →</p>}
      <div className="board-scroll" ref={scroll}>
        <table className={`board${props.wrap ? ' wrap' : ''}${props.longNames ? ' long-names' : ''}`}>
          <caption style={{ position: 'absolute', left: -9999 }}>{props.caption}</caption>
          <thead>
            <tr>
              <th scope="col"> </th>
              {props.columns.map((column) => (
                <th key={column.key} scope="col">
                  {column.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody onKeyDown={step}>
            {props.rows.map((row, at) => (
              <tr key={row.key}>
                <th scope="row">{row.name}</th>
                {row.cells.map((cell, index) => (
                  <Cell
                    key={props.columns[index]?.key}
                    cell={cell}
                    place={{ row: at, column: index }}
                    chosen={
                      props.chosen?.row === row.key && props.chosen.column === props.columns[index]?.key
                    }
                    inTabOrder={start.row === at && start.column === index}
                    onReach={setReached}
                    onChoose={() => props.onChoose(row.key, props.columns[index]?.key ?? '')}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

interface Place {
  readonly row: number
  readonly column: number
}

function Cell(props: {
  cell: BoardCell
  place: Place
  chosen: boolean
  /** One cell at a time: a board of a hundred cells is one stop of the tab key, not a hundred. */
  inTabOrder: boolean
  onReach: (place: Place) => void
  onChoose: () => void
}) {
  const { cell, place, chosen } = props
  return (
    <td className={cell.tone}>
      <button
        type="button"
        title={cell.sentence}
        aria-label={cell.sentence}
        aria-pressed={chosen}
        data-place={`${place.row}-${place.column}`}
        tabIndex={props.inTabOrder ? 0 : -1}
        onFocus={() => props.onReach(place)}
        onClick={props.onChoose}
      >
        {cell.words}
        {cell.note && <small>{cell.note}</small>}
      </button>
    </td>
  )
}

function placeOf({ rows, columns, chosen }: BoardProps): Place {
  return {
    row: Math.max(
      0,
      rows.findIndex(({ key }) => key === chosen?.row),
    ),
    column: Math.max(
      0,
      columns.findIndex(({ key }) => key === chosen?.column),
    ),
  }
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** The arrow keys go to the neighbouring cell; at the edge they stay. */
function step(event: KeyboardEvent<HTMLTableSectionElement>): void {
  const by = steps[event.key]
  const place = (event.target as HTMLElement).dataset.place
  if (!by || place === undefined) return
  const [row = 0, column = 0] = place.split('-').map(Number)
  const next = event.currentTarget.querySelector<HTMLElement>(
    `[data-place="${row + by[0]}-${column + by[1]}"]`,
  )
  event.preventDefault()
  next?.focus()
}

/** Whether the table is wider than its place: then the reader is told, as a thin scrollbar may be out of sight. */
function useCut(element: RefObject<HTMLDivElement | null>, columns: unknown): boolean {
  const [cut, setCut] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: other columns make another width
  useEffect(() => {
    const own = element.current as HTMLDivElement
    const watcher = new ResizeObserver(() => setCut(own.scrollWidth > own.clientWidth + 1))
    watcher.observe(own)
    if (own.firstElementChild) watcher.observe(own.firstElementChild)
    return () => watcher.disconnect()
  }, [element, columns])
  return cut
}
