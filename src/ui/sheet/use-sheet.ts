import { type ClipboardEvent, useState } from 'react'
import { pasteBlock } from './paste-block.ts'
import { copyBlock, placeBlock } from './place-block.ts'
import {
  type CellWrite,
  type Place,
  rangeOf,
  type Selection,
  type SheetCell,
  type SheetSize,
} from './sheet-cells.ts'

/** 表的来去 — what a sheet shows and where its writing goes; without `write` it is only read. */
export interface SheetLinks {
  readonly size: SheetSize
  /** As many rows as a paste may fill; the rows shown when absent. */
  readonly mostRows?: number | undefined
  cell(place: Place): SheetCell
  readonly write?: ((cells: readonly CellWrite[]) => void) | undefined
}

/** 表的状态 — where one is, whether one writes there, and what was just pasted. */
export interface Sheet {
  readonly selection: Selection
  /** Set while one writes: the text it began with; undefined stands for what is there. */
  readonly editing: { readonly begunWith: string | undefined } | undefined
  /** What became of the last paste, as a sentence. */
  readonly told: string | undefined
  readonly mayUndo: boolean
  select(selection: Selection): void
  edit(begunWith?: string): void
  leave(): void
  put(cells: readonly CellWrite[]): void
  /** Empties the cells selected. */
  clear(): void
  undo(): void
  onCopy(event: ClipboardEvent): void
  onPaste(event: ClipboardEvent): void
}

/** 用表 — selection, writing, pasting and taking back; what is written goes to `links.write` and nowhere else. */
export function useSheet(links: SheetLinks): Sheet {
  const { size, mostRows = size.rows, cell, write } = links
  const [selected, select] = useState<Selection>(origin)
  const selection = clamped(selected, size)
  const [editing, setEditing] = useState<Sheet['editing']>()
  const { put, undo, told, tell, mayUndo } = useWriting(links)
  const closedText = (place: Place) => {
    const { closed, text } = cell(place)
    return closed ? text : undefined
  }
  const place = (block: readonly (readonly string[])[]) =>
    placeBlock(block, selection, { ...size, rows: mostRows }, closedText)
  return {
    selection,
    editing,
    told,
    mayUndo,
    select,
    edit: (begunWith) => {
      if (write && !cell(selection.active).closed) setEditing({ begunWith })
    },
    leave: () => setEditing(undefined),
    put,
    undo,
    clear: () => put(place([['']]).writes.filter((each) => cell(each).text !== '')),
    onCopy: (event) => {
      if (editing) return
      event.preventDefault()
      event.clipboardData.setData('text/plain', copyBlock(textsOf(selection, cell)))
    },
    onPaste: (event) => {
      if (editing || !write) return
      event.preventDefault()
      const placed = place(pasteBlock(event.clipboardData.getData('text/plain')))
      put(placed.writes)
      tell(tellPaste(placed.writes.length, placed.beyond, placed.onClosed))
    },
  }
}

/** Every writing is kept with what stood before, so that it can be taken back. */
function useWriting({ cell, write }: SheetLinks) {
  const [told, tell] = useState<string>()
  const [done, setDone] = useState<readonly (readonly Replaced[])[]>([])
  const put = (cells: readonly CellWrite[]) => {
    if (!write || cells.length === 0) return
    setDone((before) => [...before, cells.map((each) => ({ ...each, was: cell(each).text }))])
    write(cells)
  }
  const undo = () => {
    // What others wrote there since stays.
    const back = done.at(-1)?.filter((each) => cell(each).text === each.text) ?? []
    setDone(done.slice(0, -1))
    if (back.length > 0) write?.(back.map(({ was, ...place }) => ({ ...place, text: was })))
    tell(`已撤销，${back.length} 格恢复原值`)
  }
  return { put, undo, told, tell, mayUndo: done.length > 0 }
}

interface Replaced extends CellWrite {
  readonly was: string
}

const origin: Selection = { anchor: { row: 0, column: 0 }, active: { row: 0, column: 0 } }

/** Rows can become fewer under a selection. */
function clamped({ anchor, active }: Selection, { rows, columns }: SheetSize): Selection {
  const inside = ({ row, column }: Place) => ({
    row: Math.max(0, Math.min(row, rows - 1)),
    column: Math.max(0, Math.min(column, columns - 1)),
  })
  return { anchor: inside(anchor), active: inside(active) }
}

function textsOf(selection: Selection, cell: SheetLinks['cell']): string[][] {
  const { from, to } = rangeOf(selection)
  return Array.from({ length: to.row - from.row + 1 }, (_, down) =>
    Array.from(
      { length: to.column - from.column + 1 },
      (__, right) => cell({ row: from.row + down, column: from.column + right }).text,
    ),
  )
}

function tellPaste(written: number, beyond: number, onClosed: number): string {
  return [
    `已粘贴 ${written} 格`,
    ...(beyond > 0 ? [`有 ${beyond} 格超出表格没有粘贴，请检查起点`] : []),
    ...(onClosed > 0 ? [`有 ${onClosed} 格落在不能填的单元格上、与现值不同，没有粘贴`] : []),
  ].join('；')
}
