import { memo, type ReactNode } from 'react'
import type { SheetCell, SheetColumn } from './sheet-cells.ts'

export const rowHeight = 32
export const headWidth = 210
export const columnWidth = 116

/** 一行的选中 — its columns within the selection, the one where one is, and what one writes in there. */
export interface RowSelection {
  readonly from: number
  readonly to: number
  readonly active?: number
  readonly editor?: ReactNode
}

/** 表行 — drawn again only when its cells or its part of the selection changed: scrolling draws only rows that come in. */
export const SheetRow = memo(function SheetRow(props: {
  sheetId: string
  row: number
  head: string
  note: string | undefined
  columns: readonly SheetColumn[]
  /** The columns in sight. */
  first: number
  last: number
  cells: (row: number, column: number) => SheetCell
  selection: RowSelection | undefined
}) {
  const { sheetId, row, head, note, columns, first, last, cells, selection } = props
  const before = columns.slice(0, first).reduce((sum, { width = columnWidth }) => sum + width, 0)
  return (
    <tr
      className="sheet-row"
      aria-rowindex={row + 2}
      style={{ transform: `translateY(${row * rowHeight}px)` }}
    >
      <th
        className="sheet-head"
        scope="row"
        style={{ width: headWidth }}
        title={note ? `${head}，${note}` : head}
      >
        {head}
      </th>
      {before > 0 && <td aria-hidden="true" style={{ flex: 'none', width: before }} />}
      {columns.slice(first, last + 1).map((column, place) => {
        const at = first + place
        const active = selection?.active === at
        return (
          <Cell
            key={column.key}
            id={`${sheetId}-${row}-${at}`}
            at={at}
            column={column}
            cell={cells(row, at)}
            selected={selection !== undefined && at >= selection.from && at <= selection.to}
            active={active}
          >
            {active && selection?.editor}
          </Cell>
        )
      })}
    </tr>
  )
})

function Cell(props: {
  id: string
  at: number
  column: SheetColumn
  cell: SheetCell
  selected: boolean
  active: boolean
  children: ReactNode
}) {
  const { id, at, column, cell, selected, active, children } = props
  const marks = [
    'sheet-cell',
    column.numeric && 'numeric',
    cell.closed && 'closed',
    cell.origin && 'given',
    cell.severity,
    cell.asked && 'asked',
    selected && 'selected',
    active && 'active',
  ]
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: within a grid it is a gridcell
    <td
      id={id}
      data-column={at}
      aria-colindex={at + 2}
      aria-selected={selected}
      aria-readonly={cell.closed ?? false}
      aria-invalid={cell.severity === 'error'}
      className={marks.filter(Boolean).join(' ')}
      style={{ width: column.width ?? columnWidth }}
    >
      {children ||
        (cell.asked || cell.origin ? (
          <>
            <span>{cell.text}</span>
            {cell.asked && <b title="待核">待核</b>}
            {cell.origin && <i>{cell.origin}</i>}
          </>
        ) : (
          // Most cells hold nothing but their text: a plain node is drawn fastest.
          cell.text
        ))}
    </td>
  )
}
