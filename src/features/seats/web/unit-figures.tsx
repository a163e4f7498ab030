import { Figure } from '../../../ui/figure.tsx'
import type { Params } from '../../../ui/use-api.tsx'
import { type BoardAnswer, type BoardCellAnswer, basisNames, type UnitRef } from '../contract.ts'
import { substitutes } from './cell-words.ts'
import { countedBy } from './counted-by.ts'

const signWords = { shortage: '缺', surplus: '余', even: '≈', missing: '', absent: '' } as const

/** 所选学年的数 — demand, band, seats by both counts, shortage or surplus; each opens what lies under it. */
export function UnitFigures(props: {
  board: BoardAnswer
  unit: UnitRef
  cell: BoardCellAnswer
  onFigure: (params: Params) => void
}) {
  const { board, unit, cell } = props
  if (cell.sign === 'absent') return <p className="quiet">{cell.year} 年本单位不设此学段。</p>
  const open = (measure: string, basis: string) => () =>
    props.onFigure({
      unit: unit.unitId,
      stage: board.stage,
      year: cell.year,
      measure,
      scenario: board.scenario,
      basis,
      asOf: board.asOf,
    })
  const demand = open('demand', board.basis)
  return (
    <>
      <h3 style={{ fontSize: 14, margin: '12px 0 8px' }}>{cell.year} 年</h3>
      <dl className="facts" style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(128px, 1fr))' }}>
        <Fact name="需要学位">
          <Figure value={cell.demand?.mean ?? null} unit=" 人" label="需要学位" onOpen={demand} />
        </Fact>
        <Fact name="80%区间（人）">
          <Figure value={cell.demand?.lo80 ?? null} label="区间下限" onOpen={demand} />
          {cell.demand && (
            <>
              {'—'}
              <Figure value={cell.demand.hi80} label="区间上限" onOpen={demand} />
            </>
          )}
        </Fact>
        <Fact name={basisNames.rooms}>
          <Figure value={cell.rooms} unit=" 个" label="按教室推算的学位" onOpen={open('supply', 'rooms')} />
        </Fact>
        <Fact name={basisNames.approved}>
          <Figure
            value={cell.approved}
            unit=" 个"
            label="按核定规模的学位"
            onOpen={open('supply', 'approved')}
          />
        </Fact>
        <Fact name={`缺／余（${basisNames[countedBy(board)]}）`}>
          {signWords[cell.sign]}
          {cell.sign === 'even' && cell.gap !== null && (cell.gap > 0 ? '缺' : '余')}{' '}
          <Figure
            value={cell.gap === null ? null : Math.abs(cell.gap)}
            unit=" 个"
            label="学位余缺"
            onOpen={open('gap', board.basis)}
          />
        </Fact>
      </dl>
      {substitutes(cell) && <p className="quiet">{substitutes(cell)}</p>}
    </>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd style={{ fontSize: 16 }}>{children}</dd>
    </div>
  )
}
