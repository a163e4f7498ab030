import { Button } from 'antd'
import { useState } from 'react'
import type { FilingShown, FormShown } from '../contract.ts'
import { CellInput } from './cell-input.tsx'
import { cellRemarks } from './cells.ts'
import type { DraftSaver } from './draft-saver.ts'
import { placeOf } from './kept-draft.ts'

/** 行表 — one row for each line of the filing, like a spreadsheet; a pasted block makes the lines it needs. */
export function LinesGrid(props: {
  lines: NonNullable<FormShown['lines']>
  filing: FilingShown
  saver: DraftSaver
}) {
  const { lines, filing, saver } = props
  const written = [
    ...filing.cells.map(({ line }) => line),
    ...[...saver.draft.keys()].map((key) => placeOf(key).line),
  ]
  const [more, setMore] = useState(0)
  const count = Math.min(lines.atMost, Math.max(1, lines.atLeast ?? 0, more, ...written))
  const numbers = Array.from({ length: count }, (_, at) => at + 1)
  const places = (line: number, column: number) => () =>
    Array.from({ length: lines.atMost - line + 1 }, (_, down) =>
      lines.fields.slice(column).map(({ id }) => ({ line: line + down, field: id })),
    )
  return (
    <>
      <div className="board-scroll">
        <table className="filing-lines">
          <thead>
            <tr>
              <th scope="col">行</th>
              {lines.fields.map(({ id, zh, unit }) => (
                <th key={id} scope="col">
                  {zh}
                  {unit && `（${unit}）`}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {numbers.map((line) => (
              <tr key={line}>
                <th scope="row">{line}</th>
                {lines.fields.map((field, column) => {
                  const remarks = cellRemarks(filing, saver, line, field.id)
                  return (
                    <td key={field.id} title={remarks.map(({ says }) => says).join('\n')}>
                      <CellInput
                        filing={filing}
                        saver={saver}
                        line={line}
                        field={field}
                        wrong={remarks.some(({ severity }) => severity === 'error')}
                        places={places(line, column)}
                      />
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {filing.mayWrite && count < lines.atMost && (
        <Button size="small" onClick={() => setMore(count + 1)}>
          加一行
        </Button>
      )}
    </>
  )
}
