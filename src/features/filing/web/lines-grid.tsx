import { Button } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import { rowsLeft } from '../../../engines/filing/known-rows.ts'
import { readAnswer, writeAnswer } from '../../../engines/filing/read-answer.ts'
import type { Answers } from '../../../kernel/filed-answers.ts'
import type { Place, SheetCell } from '../../../ui/sheet/sheet-cells.ts'
import { SheetGrid } from '../../../ui/sheet/sheet-grid.tsx'
import type { FormShown } from '../form-contract.ts'
import { CellNote } from './cell-note.tsx'
import {
  cellRemarks,
  cellText,
  choicesOf,
  type Desk,
  isNumeric,
  originOf,
  picks,
  widthOf,
  worst,
} from './cells.ts'
import { isAskedHere } from './judge-here.ts'
import { cellKey, placeOf } from './kept-draft.ts'
import { PickerInput } from './picker-input.tsx'
import type { ShownField } from './shown-field.ts'

/** 行表 — one row for each line of the filing, like a spreadsheet; a pasted block makes the lines it needs. */
export function LinesGrid({ lines, desk }: { lines: NonNullable<FormShown['lines']>; desk: Desk }) {
  const { filing, saver } = desk
  const written = [
    ...filing.cells.map(({ line }) => line),
    ...[...saver.cells()].map(([key]) => placeOf(key).line),
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
        width: widthOf(field),
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
      <RowsLeft lines={lines} desk={desk} after={Math.max(0, ...written)} />
    </>
  )
}

/** 台账多出的行 — what a book knows and no line speaks of, to be added below in one go. */
function RowsLeft(props: { lines: NonNullable<FormShown['lines']>; desk: Desk; after: number }) {
  const { lines, desk, after } = props
  const { filing, saver, judged } = desk
  if (!filing.rows || !filing.mayWrite) return null
  const { keys, origin } = filing.rows
  const asked = lines.fields.filter(({ id, shows }) => keys.includes(id) && !shows)
  const allowed = (row: Answers) =>
    asked.every((field) => 'answer' in readAnswer(field, writeAnswer(field, row[field.id] ?? '')))
  const left = rowsLeft(
    filing.rows,
    judged.filed.lines.map(({ answers }) => answers),
  ).filter(allowed)
  const fit = left.slice(0, Math.max(0, lines.atMost - after))
  if (fit.length === 0) return null
  const words = (field: ShownField, row: Answers) => {
    const written = writeAnswer(field, row[field.id] ?? '')
    return picks(field) ? (filing.names[written] ?? written) : written
  }
  const name = (row: Answers) => asked.map((field) => words(field, row)).join(' ')
  const told = `${fit.slice(0, named).map(name).join('、')}${fit.length > named ? '等' : ''}`
  return (
    <p className="quiet">
      {origin}里还有 {fit.length} 个{lines.each}不在表中：{told}。
      <Button
        size="small"
        type="link"
        onClick={() =>
          saver.writeAll(
            fit.flatMap((row, at) =>
              asked.map((field) => ({
                line: after + at + 1,
                field: field.id,
                written: writeAnswer(field, row[field.id] ?? ''),
              })),
            ),
          )
        }
      >
        补上这些行
      </Button>
    </p>
  )
}

/** Nobody reads a longer list in a sentence. */
const named = 5

function sheetCell(desk: Desk, line: number, field: ShownField): SheetCell {
  const { filing, saver, judged } = desk
  if (field.shows) {
    const value = judged.filed.lines.find((each) => each.line === line)?.answers[field.id]
    return {
      text: value === undefined ? '' : writeAnswer(field, value),
      closed: true,
      origin: filing.rows?.origin,
      severity: worst(cellRemarks(desk, line, field.id)),
    }
  }
  const raw = cellText(saver, line, field)
  const asked = isAskedHere(judged, line, field)
  const from = filing.cells.find((each) => each.line === line && each.field === field.id)
  return {
    text: picks(field) && raw !== '' ? (filing.names[raw] ?? `编号 ${raw}`) : raw,
    closed: !filing.mayWrite || !asked,
    origin: saver.draft.has(cellKey(line, field.id)) ? undefined : originOf(filing, from?.origin),
    severity: worst(cellRemarks(desk, line, field.id)),
    asked: filing.marks.some(
      (mark) => mark.line === line && mark.field === field.id && mark.resolution === null,
    ),
  }
}
