import type { ReactNode } from 'react'

/** 格子的意思 — said in words in the cell; the colour only repeats it. */
export type CellTone =
  | 'shortage'
  | 'shortage-pale'
  | 'surplus'
  | 'surplus-pale'
  | 'even'
  | 'missing'
  | 'plain'

/** 一格 — its words, what they mean, and a longer sentence for those who listen or hover. */
export interface BoardCell {
  readonly words: string
  readonly tone: CellTone
  readonly sentence: string
}

/** 一行 — a thing with one cell per column. */
export interface BoardRow {
  readonly key: string
  readonly name: ReactNode
  readonly cells: readonly BoardCell[]
}

/** 总表 — the one table that is the map of the matter; every cell can be chosen. */
export function Board(props: {
  caption: string
  columns: readonly { readonly key: string; readonly name: string }[]
  rows: readonly BoardRow[]
  chosen?: { readonly row: string; readonly column: string }
  onChoose: (row: string, column: string) => void
}) {
  return (
    <div className="board-scroll">
      <table className="board">
        <caption style={{ position: 'absolute', left: -9999 }}>{props.caption}</caption>
        <thead>
          <tr>
            <th scope="col"> </th>
            {props.columns.map((column) => (
              <th key={column.key} scope="col">
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.name}</th>
              {row.cells.map((cell, index) => {
                const column = props.columns[index]?.key ?? ''
                return (
                  <td key={column} className={cell.tone}>
                    <button
                      type="button"
                      title={cell.sentence}
                      aria-label={cell.sentence}
                      aria-pressed={props.chosen?.row === row.key && props.chosen.column === column}
                      onClick={() => props.onChoose(row.key, column)}
                    >
                      {cell.words}
                    </button>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
