import type { CompareAnswer } from '../scenario-contract.ts'
import { differenceTone, differenceWords, gapWords } from './compare-words.ts'

type Row = CompareAnswer['rows'][number]

/** 对照表 — for each unit and year the gap under either scenario and the difference. */
export function CompareTable({ answer }: { answer: CompareAnswer }) {
  const rows = answer.rows.filter(({ cells }) =>
    cells.some(({ one, other }) => one !== null || other !== null),
  )
  const alike = rows.filter(isAlike)
  const different = rows.filter((row) => !isAlike(row))
  return (
    <>
      {answer.notices.map((notice) => (
        <p className="notice" key={notice} role="status">
          {notice}
        </p>
      ))}
      {rows.length === 0 && <p className="quiet">所选范围没有这个学段。</p>}
      {alike.length > 0 && (
        <p className="quiet">
          {different.length === 0
            ? '两个方案在这个学段的各单位、各年都没有差别。'
            : `${alike.map(({ name }) => name).join('、')}各年都没有差别，不再列出。`}
        </p>
      )}
      <div className="board-scroll" hidden={different.length === 0}>
        <table className="board">
          <caption style={{ position: 'absolute', left: -9999 }}>
            {answer.one.name}与{answer.other.name}各单位各年学位余缺对照
          </caption>
          <thead>
            <tr>
              <th scope="col"> </th>
              {answer.years.map((year) => (
                <th key={year} scope="col">
                  {year}
                </th>
              ))}
            </tr>
          </thead>
          {different.map((row) => (
            <UnitRows key={row.unitId} row={row} one={answer.one.name} other={answer.other.name} />
          ))}
        </table>
      </div>
    </>
  )
}

/** Nothing to see in any year. */
function isAlike({ cells }: Row): boolean {
  return cells.every(({ difference }) => difference !== null && Math.round(difference) === 0)
}

function UnitRows({ row, one, other }: { row: Row; one: string; other: string }) {
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={row.cells.length + 1} style={{ textAlign: 'left', paddingTop: 10 }}>
          <strong>{row.name}</strong>
        </th>
      </tr>
      <tr>
        <th scope="row">{one}</th>
        {row.cells.map((cell) => (
          <Words key={cell.year} words={gapWords(cell.one)} />
        ))}
      </tr>
      <tr>
        <th scope="row">{other}</th>
        {row.cells.map((cell) => (
          <Words key={cell.year} words={gapWords(cell.other)} />
        ))}
      </tr>
      <tr>
        <th scope="row">差</th>
        {row.cells.map(({ year, difference }) => (
          <Words key={year} words={differenceWords(difference)} tone={differenceTone(difference)} />
        ))}
      </tr>
    </tbody>
  )
}

function Words({ words, tone = 'plain' }: { words: string; tone?: string }) {
  return (
    <td className={tone} style={{ padding: '4px 6px', textAlign: 'right', whiteSpace: 'nowrap' }}>
      {words}
    </td>
  )
}
