import { Button } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import type { Place, SheetCell } from '../../../ui/sheet/sheet-cells.ts'
import { SheetGrid } from '../../../ui/sheet/sheet-grid.tsx'
import type { FormShown } from '../contract.ts'
import { CellNote } from './cell-note.tsx'
import { cellRemarks, cellText, choicesOf, type Desk, isNumeric, worst } from './cells.ts'
import { isAskedHere } from './judge-here.ts'
import { placeOf } from './kept-draft.ts'
import { PickerInput, picks } from './picker-input.tsx'

/** 行表 — one row for each line of the filing, like a spreadsheet; a pasted block makes the lines it needs. */
export function LinesGrid({ lines, desk }: { lines: NonNullable<FormShown['lines']>; desk: Desk }) {
  const { filing, saver } = desk
  const written = [
    ...filing.cells.map(({ line }) => line),
    ...[...saver.draft.keys()].map((key) => placeOf(key).line),
  ]
  const [more, setMore] = useState(0)
  const last = written.reduce((most, line) => Math.max(most, line), Math.max(1, lines.atLeast ?? 0, more))
  const count = Math.min(lines.atMost, last)
  const [active, setActive] = useState<Place>({ row: 0, column: 0 })
  const columns = useMemo(
    () =>
      lines.fields.map((field) => ({
        key: field.id,
        title: field.zh,
        unit: field.unit,
        numeric: isNumeric(field),
        choices: choicesOf(field),
        ...(!isNumeric(field) && { width: 150 }),
      })),
    [lines.fields],
  )
  const cells = useCallback(
    (row: number, column: number) => sheetCell(desk, row + 1, lines.fields[column]!),
    [desk, lines.fields],
  )
  const head = useCallback((row: number) => ({ text: `第 ${row + 1} 行` }), [])
  const here = lines.fields[active.column]
  return (
    <>
      <SheetGrid
        label={lines.zh}
        headTitle={lines.each}
        columns={columns}
        rows={count}
        mostRows={lines.atMost}
        head={head}
        cells={cells}
        onActive={setActive}
        {...(filing.mayWrite && {
          write: (all) =>
            saver.writeAll(
              all.map(({ row, column, text }) => ({
                line: row + 1,
                field: lines.fields[column]!.id,
                written: text,
              })),
            ),
        })}
        editor={({ row, column }, leave) => {
          const field = lines.fields[column]!
          return picks(field) ? (
            <PickerInput
              field={field}
              label={`第 ${row + 1} 行${field.zh}`}
              disabled={false}
              filing={filing}
              value={cellText(saver, row + 1, field)}
              onChoose={(chosen) => {
                saver.write(row + 1, field.id, chosen)
                leave()
              }}
            />
          ) : undefined
        }}
      />
      {here && <CellNote desk={desk} line={active.row + 1} field={here} />}
      {filing.mayWrite && count < lines.atMost && (
        <Button size="small" onClick={() => setMore(count + 1)}>
          加一行
        </Button>
      )}
    </>
  )
}

function sheetCell(desk: Desk, line: number, field: FormShown['parts'][number]['fields'][number]): SheetCell {
  const { filing, saver, judged } = desk
  const raw = cellText(saver, line, field)
  const asked = isAskedHere(judged, line, field)
  const from = filing.cells.find((each) => each.line === line && each.field === field.id)
  return {
    text: picks(field) && raw !== '' ? (filing.names[raw] ?? `编号 ${raw}`) : raw,
    closed: !filing.mayWrite || !asked,
    origin: from?.origin === 'before' && !saver.draft.has(`${line}/${field.id}`) ? '上期' : undefined,
    severity: worst(cellRemarks(desk, line, field.id)),
    asked: filing.marks.some(
      (mark) => mark.line === line && mark.field === field.id && mark.resolution === null,
    ),
  }
}
