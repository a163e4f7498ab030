import { type CellWrite, type Place, rangeOf, type Selection, type SheetSize } from './sheet-cells.ts'

/** 粘贴结果 — what goes where, and how many cells found no place, so that nobody believes them written. */
export interface PlacedBlock {
  readonly writes: readonly CellWrite[]
  /** Beyond the last row or column. */
  readonly beyond: number
  /** On cells where nobody may write. */
  readonly onClosed: number
}

/**
 * 安放粘贴块 — a block goes down and to the right from the selection's first cell; one value fills the whole selection.
 *
 * A block as copied from the sheet itself may cross closed cells: they keep what they say, and an equal value there is
 * no loss.
 */
export function placeBlock(
  block: readonly (readonly string[])[],
  selection: Selection,
  size: SheetSize,
  closedText: (place: Place) => string | undefined,
): PlacedBlock {
  const { from, to } = rangeOf(selection)
  const single = block.length === 1 && block[0]?.length === 1 ? block[0][0] : undefined
  const spread =
    single === undefined ? block : filled(single, to.row - from.row + 1, to.column - from.column + 1)
  const writes: CellWrite[] = []
  let beyond = 0
  let onClosed = 0
  for (const [down, cells] of spread.entries())
    for (const [right, text] of cells.entries()) {
      const place = { row: from.row + down, column: from.column + right }
      if (place.row >= size.rows || place.column >= size.columns) beyond += text.trim() === '' ? 0 : 1
      else {
        const closed = closedText(place)
        if (closed === undefined) writes.push({ ...place, text })
        else if (text.trim() !== '' && text.trim() !== closed) onClosed += 1
      }
    }
  return { writes, beyond, onClosed }
}

function filled(text: string, rows: number, columns: number): string[][] {
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => text))
}

/** 写出粘贴块 — cells as a spreadsheet puts them on the clipboard; `pasteBlock` reads them back. */
export function copyBlock(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => (/["\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return rows.map((row) => row.map(cell).join('\t')).join('\r\n')
}
