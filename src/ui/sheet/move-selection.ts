import type { Place, Selection, SheetSize } from './sheet-cells.ts'

/** As far as one screen of rows. */
const screen = 15

/** 按键 — the key and what was held with it. */
export interface Pressed {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
}

/**
 * 移动选区 — where a key leads from here; undefined when it leads nowhere in the sheet.
 *
 * Tab goes along the row and on to the next, Enter down; at the last cell Tab, at the first Shift+Tab lead out of the
 * sheet, so that nobody is caught in it.
 */
export function moveSelection(
  { anchor, active }: Selection,
  pressed: Pressed,
  size: SheetSize,
): Selection | undefined {
  if (size.rows === 0 || size.columns === 0) return undefined
  const { key, shiftKey } = pressed
  const order = key === 'Tab' || key === 'Enter'
  const target = order ? inOrder(active, key, shiftKey, size) : straight(active, pressed, size)
  if (!target) return undefined
  return { anchor: shiftKey && !order ? anchor : target, active: target }
}

function inOrder({ row, column }: Place, key: string, back: boolean, size: SheetSize): Place | undefined {
  if (key === 'Enter') return { row: within(row + (back ? -1 : 1), size.rows), column }
  const at = row * size.columns + column + (back ? -1 : 1)
  if (at < 0 || at >= size.rows * size.columns) return undefined
  return { row: Math.floor(at / size.columns), column: at % size.columns }
}

function straight({ row, column }: Place, pressed: Pressed, { rows, columns }: SheetSize): Place | undefined {
  const far = pressed.ctrlKey || pressed.metaKey
  const step = (size: number) => (far ? size : 1)
  switch (pressed.key) {
    case 'ArrowUp':
      return { row: within(row - step(rows), rows), column }
    case 'ArrowDown':
      return { row: within(row + step(rows), rows), column }
    case 'ArrowLeft':
      return { row, column: within(column - step(columns), columns) }
    case 'ArrowRight':
      return { row, column: within(column + step(columns), columns) }
    case 'PageUp':
      return { row: within(row - screen, rows), column }
    case 'PageDown':
      return { row: within(row + screen, rows), column }
    case 'Home':
      return { row: far ? 0 : row, column: 0 }
    case 'End':
      return { row: far ? rows - 1 : row, column: columns - 1 }
    default:
      return undefined
  }
}

function within(at: number, size: number): number {
  return Math.max(0, Math.min(size - 1, at))
}
