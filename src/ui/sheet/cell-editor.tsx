import { type KeyboardEvent, useRef } from 'react'
import type { SheetColumn } from './sheet-cells.ts'

/** 填格 — one cell being written: a choice where there are choices, text otherwise; Enter and Tab take it, Escape leaves it as it was. */
export function CellEditor(props: {
  label: string
  column: SheetColumn
  text: string
  begunWith: string | undefined
  /** Takes the text; `pressed` is the key that ended it and leads on. */
  onTake: (text: string, pressed?: KeyboardEvent) => void
  onLeave: () => void
}) {
  const { label, column, text, begunWith } = props
  // A field that goes loses the focus once more: what was taken or left is not taken again.
  const over = useRef(false)
  const onTake = (written: string, pressed?: KeyboardEvent) => {
    if (!over.current) props.onTake(written, pressed)
    over.current = true
  }
  const onLeave = () => {
    if (!over.current) props.onLeave()
    over.current = true
  }
  const keys = (event: KeyboardEvent<HTMLInputElement | HTMLSelectElement>) => {
    event.stopPropagation()
    if (event.key === 'Escape') onLeave()
    else if (event.key === 'Enter' || event.key === 'Tab') {
      // An input method takes its word with Enter: that is no end of the cell.
      if (event.nativeEvent.isComposing) return
      event.preventDefault()
      onTake(event.currentTarget.value, event)
    }
  }
  if (column.choices)
    return (
      <select
        // biome-ignore lint/a11y/noAutofocus: the cell was chosen to be written in
        autoFocus
        aria-label={label}
        defaultValue={text}
        onChange={(event) => onTake(event.currentTarget.value)}
        onKeyDown={keys}
        onBlur={onLeave}
      >
        <option value="" />
        {column.choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    )
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: the cell was chosen to be written in
      autoFocus
      aria-label={label}
      inputMode={column.numeric ? 'decimal' : 'text'}
      defaultValue={begunWith ?? text}
      onKeyDown={keys}
      onBlur={(event) => onTake(event.currentTarget.value)}
    />
  )
}
