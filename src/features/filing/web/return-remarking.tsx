import { Button } from 'antd'
import { useState } from 'react'
import type { FilingShown } from '../contract.ts'
import type { Desk } from './cells.ts'
import { Reason } from './doubts-card.tsx'
import type { CellRemark, ReturnRemarks } from './return-remarks.ts'
import { everyField, type ShownField } from './shown-field.ts'

/** 写退回意见 — says of one cell what is to be mended; one word a cell, written anew it replaces the one before. */
export function ReturnRemarking({ desk, line, field }: { desk: Desk; line: number; field: ShownField }) {
  const [open, setOpen] = useState(false)
  const { returning } = desk
  if (!returning) return null
  return (
    <>
      <Button size="small" type="link" onClick={() => setOpen(!open)}>
        退回意见
      </Button>
      {open && (
        <Reason
          label={`${field.zh}的退回意见`}
          hint="这一格哪里要改、为什么"
          words="记下"
          onSay={(says) => {
            returning.put({ line, field: field.id, says })
            setOpen(false)
          }}
        />
      )}
    </>
  )
}

/** 拟退回清单 — everything said of cells so far, to be looked over before the filing goes back. */
export function ReturnList({ filing, returning }: { filing: FilingShown; returning: ReturnRemarks }) {
  if (returning.all.length === 0)
    return <p className="quiet">可在要改的单元格点“退回意见”逐处写明，退回时一并送达。</p>
  return (
    <>
      <b>拟退回意见 {returning.all.length} 处（退回时一并送达；要审核通过，先删去）</b>
      <ul className="rows">
        {returning.all.map((remark) => (
          <li key={`${remark.line} ${remark.field}`}>
            <span className="grow">{tellRemark(filing, remark)}</span>
            <Button
              size="small"
              aria-label={`删除 ${tellPlace(filing, remark)}的退回意见`}
              onClick={() => returning.drop(remark)}
            >
              删除
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}

/** 一处意见 — the cell by its name, and what was said of it. */
export function tellRemark(filing: FilingShown, remark: CellRemark): string {
  return `${tellPlace(filing, remark)}：${remark.says}`
}

function tellPlace({ form }: FilingShown, { line, field }: CellRemark): string {
  const zh = everyField(form).find(({ id }) => id === field)?.zh ?? field
  return line > 0 ? `第 ${line} 行 ${zh}` : zh
}
