import { useQueryClient } from '@tanstack/react-query'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import type { Static } from 'typebox'
import { writeAnswer } from '../../../engines/filing/read-answer.ts'
import { chinaMoment } from '../../../kernel/china-moment.ts'
import { Answered, Problem } from '../../../ui/page.tsx'
import { useAnswer, useSend } from '../../../ui/use-api.tsx'
import type { ChangesAnswer } from '../contract.ts'
import { CellWords } from './cell-words.tsx'
import { cellRemarks, type Desk, originOf } from './cells.ts'
import { Reason, sent } from './doubts-card.tsx'
import { ReturnRemarking } from './return-remarking.tsx'
import type { ShownField } from './shown-field.ts'

/** 单元格说明 — what is to be said of the cell one is in: the question, what is wrong, who wrote it, its past. */
export function CellNote({ desk, line, field }: { desk: Desk; line: number; field: ShownField }) {
  const from = desk.filing.cells.find((each) => each.line === line && each.field === field.id)
  return (
    <div className="sheet-note">
      <b>
        第 {line} 行 {field.zh}
      </b>
      <span className="quiet">{field.ask}</span>
      <CellHistory desk={desk} line={line} field={field} />
      <CellMarking desk={desk} line={line} field={field} />
      <ReturnRemarking desk={desk} line={line} field={field} />
      {from && <span className="quiet">{tellOrigin(desk.filing, from)}</span>}
      {field.shows && <span className="quiet">来自{desk.filing.rows?.origin ?? '台账'}，不用填</span>}
      {cellRemarks(desk, line, field.id).map(({ says, severity }) => (
        <p key={says} className={`filing-remark ${severity}`}>
          {says}
        </p>
      ))}
    </div>
  )
}

function tellOrigin(filing: Desk['filing'], cell: Desk['filing']['cells'][number]): string {
  if (cell.writtenBy === '') return '您刚才填写'
  const by = `${cell.writtenBy} ${chinaMoment(cell.writtenAt)}`
  const origin = originOf(filing, cell.origin)
  return origin === undefined ? by : `来自${origin}，${by}带出`
}

/** 标记待核 — asks about one cell, with the reason; everyone who works on the filing sees it. */
export function CellMarking({ desk, line, field }: { desk: Desk; line: number; field: ShownField }) {
  const { filing } = desk
  const [asking, setAsking] = useState(false)
  const send = useSend<object, unknown>('POST', `/api/filings/${filing.filingId}/marks`)
  const queries = useQueryClient()
  if (!filing.mayMark) return null
  const asked = filing.marks.some(
    (mark) => mark.line === line && mark.field === field.id && mark.resolution === null,
  )
  if (asked) return <a href="#doubts">待核</a>
  const reread = () => queries.invalidateQueries({ queryKey: [`/api/filings/${filing.filingId}`] })
  const ask = async (why: string) => {
    const arrived = await sent(send, { line, field: field.id, why }, reread)
    if (arrived) setAsking(false)
    return arrived
  }
  return (
    <>
      <Button size="small" type="link" onClick={() => setAsking(!asking)}>
        标记待核
      </Button>
      {asking && <Reason label={`${field.zh}为什么待核`} hint="要核实什么" words="标记" onSay={ask} />}
      {send.error && <Problem error={send.error} />}
    </>
  )
}

/** 沿革 — opens the past of one cell: from what to what, by whom, when. */
export function CellHistory({ desk, line, field }: { desk: Desk; line: number; field: ShownField }) {
  const [open, setOpen] = useState(false)
  const query = useAnswer<Static<typeof ChangesAnswer>>(
    open ? `/api/filings/${desk.filing.filingId}/changes` : undefined,
    { line, field: field.id },
  )
  const tell = (value: string | number | null) => (value === null ? '（空）' : writeAnswer(field, value))
  return (
    <>
      <Button size="small" type="link" onClick={() => setOpen(true)}>
        沿革
      </Button>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        title={`${line > 0 ? `第 ${line} 行 ` : ''}${field.zh}：改动沿革`}
        closable={{ 'aria-label': '关闭' }}
        destroyOnHidden
      >
        <Answered query={query} rows={3}>
          {(changes) =>
            changes.length === 0 ? (
              <p className="quiet">这一格还没有改动过。</p>
            ) : (
              <ul className="rows">
                {changes.map(({ was, became, changedBy, changedAt }) => (
                  <li key={`${changedAt} ${String(became)}`}>
                    <span className="grow">
                      {tell(was)} → {tell(became)}
                      <br />
                      <span className="quiet">
                        {chinaMoment(changedAt)} {changedBy}
                      </span>
                    </span>
                  </li>
                ))}
              </ul>
            )
          }
        </Answered>
        {open && <CellWords filing={desk.filing} line={line} field={field} />}
      </Drawer>
    </>
  )
}
