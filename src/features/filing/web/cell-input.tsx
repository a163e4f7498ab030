import { Input, Select } from 'antd'
import type { FilingShown } from '../contract.ts'
import { cellText, type ShownField, writeBlock } from './cells.ts'
import type { DraftSaver } from './draft-saver.ts'
import { InstitutionInput } from './institution-input.tsx'
import { pasteBlock } from './paste-block.ts'

/** 单元格 — one answer: a choice where there are choices, text otherwise; a pasted block spreads over the cells after it. */
export function CellInput(props: {
  filing: FilingShown
  saver: DraftSaver
  line: number
  field: ShownField
  wrong: boolean
  /** The cells that a block pasted here goes into, row by row. */
  places: () => readonly (readonly { line: number; field: string }[])[]
}) {
  const { filing, saver, line, field, wrong, places } = props
  const text = cellText(saver, line, field)
  const shared = {
    'aria-label': line === 0 ? field.zh : `第 ${line} 行${field.zh}`,
    disabled: !filing.mayWrite,
    ...(wrong && { status: 'error' as const }),
  }
  const write = (written: string) => saver.write(line, field.id, written)
  if (field.type === 'institution')
    return <InstitutionInput {...shared} names={filing.names} value={text} onChoose={write} />
  const codes = field.type === 'yes-no' ? yesAndNo : field.codes?.map(({ zh }) => zh)
  if (codes)
    return (
      <Select
        {...shared}
        allowClear
        style={{ width: '100%' }}
        value={text === '' ? undefined : text}
        onChange={(chosen: string | undefined) => write(chosen ?? '')}
        options={codes.map((zh) => ({ value: zh, label: zh }))}
      />
    )
  return (
    <Input
      {...shared}
      value={text}
      inputMode={numeric.has(field.type) ? 'decimal' : 'text'}
      placeholder={field.type === 'date' ? '2024-09-01' : undefined}
      onChange={(event) => write(event.target.value)}
      onPaste={(event) => {
        const block = pasteBlock(event.clipboardData.getData('text'))
        if (block.length < 2 && (block[0]?.length ?? 0) < 2) return
        event.preventDefault()
        writeBlock(saver, block, places())
      }}
    />
  )
}

const yesAndNo = ['是', '否']
const numeric = new Set(['count', 'number', 'money', 'unit'])
