import { Link } from '@tanstack/react-router'
import { chinaMoment } from '../../../kernel/china-moment.ts'
import type { FormSheetShown } from '../sheet-contract.ts'
import type { SheetCellHere } from './sheet-cells-of.ts'
import type { ShownField } from './shown-field.ts'

/** 总表单元格说明 — what is to be said of the cell one is in: whose and which question, what is wrong, what is asked about it. */
export function SheetNote(props: {
  row: FormSheetShown['rows'][number]
  field: ShownField
  cell: SheetCellHere
}) {
  const { row, field, cell } = props
  return (
    <div className="sheet-note">
      <b>
        {row.name} {field.zh}
      </b>
      <span className="quiet">{field.ask}</span>
      {row.filingId !== null && <Link to={`/filing/${row.filingId}` as never}>打开填报单</Link>}
      {cell.remarks.map(({ says, severity }) => (
        <p key={says} className={`filing-remark ${severity}`}>
          {says}
        </p>
      ))}
      {row.marks
        .filter((mark) => mark.field === field.id)
        .map(({ why, markedBy, markedAt }) => (
          <p key={`${markedAt} ${why}`} className="filing-remark doubt">
            待核：{why}（{chinaMoment(markedAt)} {markedBy}，请在填报单中核结）
          </p>
        ))}
    </div>
  )
}
