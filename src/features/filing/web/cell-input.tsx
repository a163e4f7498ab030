import { Input, Select } from 'antd'
import { pasteBlock } from '../../../ui/sheet/paste-block.ts'
import { cellText, choicesOf, type Desk, isNumeric, picks } from './cells.ts'
import { PickerInput } from './picker-input.tsx'
import type { ShownField } from './shown-field.ts'

/** 单元格 — one answer: a choice where there are choices, text otherwise; a pasted block goes down over the questions after it. */
export function CellInput(props: {
  desk: Desk
  field: ShownField
  wrong: boolean
  /** The questions that a block pasted here goes into, one a row. */
  below: () => readonly string[]
}) {
  const { desk, field, wrong, below } = props
  const { filing, saver } = desk
  const text = cellText(saver, 0, field)
  const disabled = !filing.mayWrite
  const write = (written: string) => saver.write(0, field.id, written)
  if (picks(field))
    return (
      <PickerInput {...{ field, disabled, wrong, filing }} label={field.zh} value={text} onChoose={write} />
    )
  const shared = { 'aria-label': field.zh, disabled, ...(wrong && { status: 'error' as const }) }
  const choices = choicesOf(field)
  if (choices)
    return (
      <Select
        {...shared}
        allowClear
        style={{ width: '100%' }}
        value={text === '' ? undefined : text}
        onChange={(chosen: string | undefined) => write(chosen ?? '')}
        options={choices.map((zh) => ({ value: zh, label: zh }))}
      />
    )
  return (
    <Input
      {...shared}
      value={text}
      inputMode={isNumeric(field) ? 'decimal' : 'text'}
      placeholder={field.type === 'date' ? '2024-09-01' : undefined}
      onChange={(event) => write(event.target.value)}
      onPaste={(event) => {
        const column = pasteBlock(event.clipboardData.getData('text')).map((row) => row[0] ?? '')
        if (column.length < 2) return
        event.preventDefault()
        const fields = below()
        saver.writeAll(
          column.flatMap((written, at) => (fields[at] ? [{ line: 0, field: fields[at], written }] : [])),
        )
      }}
    />
  )
}
