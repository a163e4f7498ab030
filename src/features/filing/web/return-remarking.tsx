import { Button } from 'antd'
import { useState } from 'react'
import { chinaMoment } from '../../../kernel/china-moment.ts'
import type { FilingShown } from '../contract.ts'
import type { Desk } from './cells.ts'
import { Reason } from './doubts-card.tsx'
import { tellSaving } from './filing-words.ts'
import type { CellRemark, ReturnRemarks } from './return-remarks.ts'
import { everyField, type ShownField } from './shown-field.ts'

/** 写退回意见 — says of one cell what is to be mended; one word a cell, written anew it replaces the one before, seen by all who look at the filing. */
export function ReturnRemarking({ desk, line, field }: { desk: Desk; line: number; field: ShownField }) {
  const [open, setOpen] = useState(false)
  const { returning } = desk
  if (!returning || !desk.filing.planned) return null
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
          onSay={async (says) => {
            returning.put({ line, field: field.id, says })
            setOpen(false)
            return true
          }}
        />
      )}
    </>
  )
}

/** 拟退回清单 — everything said of cells so far, to be looked over before the filing goes back; what could not be sent stays. */
export function ReturnList({ filing, returning }: { filing: FilingShown; returning: ReturnRemarks }) {
  if (returning.all.length === 0 && returning.unsent === 0)
    return <p className="quiet">可在要改的单元格点“退回意见”逐处写明，退回时一并送达。</p>
  const count = returning.all.length
  return (
    <>
      <b>
        {filing.planned
          ? `拟退回意见 ${count} 处（退回时一并送达；要审核通过，先删去）`
          : `有 ${returning.unsent} 处退回意见留在本机没有送出：报表已不在您手里审核`}
      </b>{' '}
      {filing.planned && (
        <span className="quiet" role="status">
          {tellSaving(returning.saver)}
        </span>
      )}
      <ul className="rows">
        {returning.all.map((remark) => (
          <li key={`${remark.line} ${remark.field}`}>
            <span className="grow">
              {tellRemark(filing, remark)}
              {tellWhose(filing, remark)}
            </span>
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

function tellWhose({ planned = [] }: FilingShown, { line, field, says }: CellRemark) {
  const kept = planned.find((each) => each.line === line && each.field === field && each.says === says)
  if (!kept) return null
  return (
    <>
      <br />
      <span className="quiet">
        {chinaMoment(kept.saidAt)} {kept.saidBy}
      </span>
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
