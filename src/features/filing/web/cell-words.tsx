import type { Static } from 'typebox'
import { chinaMoment } from '../../../kernel/china-moment.ts'
import { useAnswer } from '../../../ui/use-api.tsx'
import type { FilingShown } from '../contract.ts'
import type { RemarksAnswer } from '../remarks-contract.ts'
import type { ShownField } from './shown-field.ts'

const fates = { replaced: '已改写', dropped: '已删去', sent: '已送达' } as const

/** 意见往来 — everything said of one cell and by whom: words it was returned with, questions and their answers. */
export function CellWords(props: { filing: FilingShown; line: number; field: ShownField }) {
  const { filing, line, field } = props
  const { data = [] } = useAnswer<Static<typeof RemarksAnswer>>(`/api/filings/${filing.filingId}/remarks`, {
    line,
    field: field.id,
  })
  const marks = filing.marks.filter((mark) => mark.line === line && mark.field === field.id)
  if (data.length + marks.length === 0) return null
  return (
    <>
      <h3>意见往来</h3>
      <ul className="rows">
        {data.map(({ says, saidBy, saidAt, endedAs }) => (
          <li key={`${saidAt} ${says}`}>
            <span className="grow">
              退回意见：{says}（{endedAs ? fates[endedAs] : '拟退回'}）
              <br />
              <span className="quiet">
                {chinaMoment(saidAt)} {saidBy}
              </span>
            </span>
          </li>
        ))}
        {marks.map(({ markId, why, markedBy, markedAt, resolution, resolvedBy, resolvedAt }) => (
          <li key={markId}>
            <span className="grow">
              待核：{why}
              <br />
              <span className="quiet">
                {chinaMoment(markedAt)} {markedBy}
                {resolution !== null &&
                  `；${resolvedBy} ${chinaMoment(resolvedAt ?? '')} 核结：${resolution}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
