import { Button } from 'antd'
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { CellEditor } from './cell-editor.tsx'
import { moveSelection } from './move-selection.ts'
import { type Place, rangeOf, type SheetCell, type SheetColumn } from './sheet-cells.ts'
import { columnWidth, headWidth, type RowSelection, rowHeight, SheetRow } from './sheet-row.tsx'
import { type Sheet, type SheetLinks, useSheet } from './use-sheet.ts'

/** Rows drawn above and below those in sight; redrawn in steps of as many, not at every pixel. */
const beside = 10

/** What is drawn: from which row, and the columns in sight. */
interface InSight {
  readonly row: number
  readonly first: number
  readonly last: number
}

interface Props {
  /** What the sheet is, for those who hear it. */
  label: string
  headTitle: string
  columns: readonly SheetColumn[]
  rows: number
  mostRows?: number
  head: (row: number) => { readonly text: string; readonly note?: string | undefined }
  /** Must be the same function as long as it says the same: its change draws the rows in sight again. */
  cells: (row: number, column: number) => SheetCell
  write?: SheetLinks['write']
  /** A way of its own to write a cell, such as a search; undefined for the usual one. */
  editor?: (place: Place, leave: () => void) => ReactNode
  /** Told where one is, so that the page can say more about the cell. */
  onActive?: (place: Place) => void
}

/**
 * 填报网格 — cells as in a spreadsheet: frozen head and first column, tab, enter and arrow keys, blocks pasted from and
 * copied to one, and taken back; only the rows in sight stand in the page.
 */
export function SheetGrid(props: Props) {
  const { label, columns, rows, cells, write, onActive } = props
  const size = { rows, columns: columns.length }
  const sheet = useSheet({
    size,
    mostRows: props.mostRows,
    cell: ({ row, column }) => cells(row, column),
    write,
  })
  const id = useId()
  const frame = useRef<HTMLDivElement>(null)
  const { active } = sheet.selection
  const { row, column } = active
  useEffect(() => showCell(frame.current, columns, { row, column }), [columns, row, column])
  useEffect(() => onActive?.({ row, column }), [onActive, row, column])
  return (
    <>
      <div ref={frame} className="sheet" style={{ height: Math.min(16, rows + 1) * rowHeight + 24 }}>
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is the table one writes in
          role="grid"
          aria-label={label}
          aria-rowcount={rows + 1}
          aria-colcount={columns.length + 1}
          aria-readonly={write === undefined}
          aria-activedescendant={`${id}-${row}-${column}`}
          tabIndex={0}
          onKeyDown={(event) => onKey(event, sheet, size)}
          onPointerDown={(event) => onTouch(event, sheet)}
          onPointerMove={(event) =>
            event.buttons === 1 && event.pointerType === 'mouse' && onTouch(event, sheet)
          }
          onCopy={sheet.onCopy}
          onPaste={sheet.onPaste}
        >
          <Head title={props.headTitle} columns={columns} />
          <Rows {...props} id={id} frame={frame} sheet={sheet} size={size} />
        </table>
      </div>
      {write && (
        <p className="quiet sheet-told" role="status">
          {sheet.told ?? '可从表格软件整块粘贴；回车向下，Tab 向右，F2 修改，Delete 清空，Ctrl+Z 撤销。'}
          {sheet.mayUndo && (
            <Button size="small" type="link" onClick={sheet.undo}>
              撤销
            </Button>
          )}
        </p>
      )}
    </>
  )
}

const Head = ({ title, columns }: { title: string; columns: readonly SheetColumn[] }) => (
  <thead>
    <tr aria-rowindex={1}>
      <th className="sheet-head" scope="col" style={{ width: headWidth }}>
        {title}
      </th>
      {columns.map(({ key, title: name, unit, width = columnWidth }) => (
        <th key={key} scope="col" title={name} style={{ width }}>
          {name}
          {unit && `（${unit}）`}
        </th>
      ))}
    </tr>
  </thead>
)

function Rows(
  props: Props & {
    id: string
    frame: { readonly current: HTMLDivElement | null }
    sheet: Sheet
    size: SheetLinks['size']
  },
) {
  const { id, frame, sheet, size, columns, rows, head, cells, editor } = props
  const sight = useSight(frame, columns)
  const first = sight.row
  const shown = Array.from({ length: Math.min(rows, first + 17 + 2 * beside) - first }, (_, at) => first + at)
  const { from, to } = rangeOf(sheet.selection)
  const { active } = sheet.selection
  const close = () => {
    sheet.leave()
    frame.current?.querySelector('table')?.focus({ preventScroll: true })
  }
  const take = (text: string, pressed?: KeyboardEvent) => {
    if (text !== cells(active.row, active.column).text) sheet.put([{ ...active, text }])
    const next = pressed && moveSelection(sheet.selection, pressed, size)
    if (next) sheet.select(next)
    close()
  }
  const column = columns[active.column]
  const writing = sheet.editing && column && (
    <CellEditor
      label={`${head(active.row).text}${column.title}`}
      column={column}
      text={cells(active.row, active.column).text}
      begunWith={sheet.editing.begunWith}
      onTake={take}
      onLeave={close}
    />
  )
  const selected = (row: number): RowSelection | undefined => {
    if (row !== active.row)
      return row < from.row || row > to.row ? undefined : { from: from.column, to: to.column }
    const own = sheet.editing && (editor?.(active, close) ?? writing)
    return { from: from.column, to: to.column, active: active.column, ...(own && { editor: own }) }
  }
  return (
    <tbody
      style={{
        height: rows * rowHeight,
        width: headWidth + columns.reduce((sum, { width = columnWidth }) => sum + width, 0),
      }}
    >
      {shown.map((row) => (
        <SheetRow
          key={row}
          sheetId={id}
          row={row}
          head={head(row).text}
          note={head(row).note}
          columns={columns}
          first={sight.first}
          last={sight.last}
          cells={cells}
          selection={selected(row)}
        />
      ))}
    </tbody>
  )
}

/** What is in sight, which moves in steps while one scrolls. */
function useSight(
  frame: { readonly current: HTMLDivElement | null },
  columns: readonly SheetColumn[],
): InSight {
  const [sight, setSight] = useState<InSight>({ row: 0, first: 0, last: 12 })
  const look = useCallback(() => {
    if (!frame.current) return
    const { scrollTop, scrollLeft, clientWidth } = frame.current
    const top = Math.floor(scrollTop / rowHeight)
    const row = Math.max(0, Math.floor(top / beside) * beside - beside / 2)
    const { first, last } = columnsInSight(columns, scrollLeft, scrollLeft + clientWidth - headWidth)
    setSight((now) =>
      now.row === row && now.first === first && now.last === last ? now : { row, first, last },
    )
  }, [frame, columns])
  useEffect(() => {
    look()
    const scrolled = frame.current
    scrolled?.addEventListener('scroll', look, { passive: true })
    window.addEventListener('resize', look)
    return () => {
      scrolled?.removeEventListener('scroll', look)
      window.removeEventListener('resize', look)
    }
  }, [frame, look])
  return sight
}

function columnsInSight(columns: readonly SheetColumn[], left: number, right: number) {
  let at = 0
  let first = columns.length - 1
  let last = 0
  for (const [index, { width = columnWidth }] of columns.entries()) {
    if (at + width > left && index < first) first = index
    if (at < right) last = index
    at += width
  }
  return { first: Math.max(0, first), last }
}

function onKey(event: KeyboardEvent, sheet: Sheet, size: SheetLinks['size']): void {
  if (sheet.editing) return
  const { key } = event
  const held = event.ctrlKey || event.metaKey
  if (held && key.toLowerCase() === 'z') {
    event.preventDefault()
    if (sheet.mayUndo) sheet.undo()
    return
  }
  const next = moveSelection(sheet.selection, event, size)
  if (next) {
    event.preventDefault()
    sheet.select(next)
  } else if (key === 'F2') sheet.edit()
  else if (key === 'Delete' || key === 'Backspace') sheet.clear()
  else if (key.length === 1 && !held && !event.altKey) {
    event.preventDefault()
    sheet.edit(key)
  }
}

/** A touch of the cell where one already is begins to write there. */
function onTouch(event: PointerEvent, sheet: Sheet): void {
  const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-column]')
  const row = Number(cell?.closest('[aria-rowindex]')?.getAttribute('aria-rowindex')) - 2
  if (!cell || sheet.editing || !(row >= 0)) return
  const place = { row, column: Number(cell.dataset.column) }
  const { active, anchor } = sheet.selection
  const same = active.row === place.row && active.column === place.column
  const keeps = event.shiftKey || event.type === 'pointermove'
  if (same && event.type === 'pointerdown') {
    event.preventDefault()
    sheet.edit()
  } else if (!same) sheet.select({ anchor: keeps ? anchor : place, active: place })
}

function showCell(
  frame: HTMLDivElement | null,
  columns: readonly SheetColumn[],
  { row, column }: Place,
): void {
  if (!frame) return
  const top = row * rowHeight
  if (top < frame.scrollTop) frame.scrollTop = top
  const roomBelow = frame.clientHeight - 2 * rowHeight - 4
  if (top > frame.scrollTop + roomBelow) frame.scrollTop = top - roomBelow
  const left = columns.slice(0, column).reduce((sum, { width = columnWidth }) => sum + width, 0)
  const width = columns[column]?.width ?? columnWidth
  if (left < frame.scrollLeft) frame.scrollLeft = left
  const room = frame.clientWidth - headWidth - width
  if (left > frame.scrollLeft + room) frame.scrollLeft = left - room
}
