import { Button, Input } from 'antd'
import { useState } from 'react'
import { chinaMoment } from '../../../kernel/china-moment.ts'
import { Card, Problem } from '../../../ui/page.tsx'
import { useSend } from '../../../ui/use-api.tsx'
import { actNames, type FilingShown, handNames } from '../contract.ts'
import type { Desk } from './cells.ts'
import { ReturnList, tellRemark } from './return-remarking.tsx'

/** 办理 — what may be done now, and everything that was done, with who, when and why. */
export function StepsCard(props: { desk: Desk; refresh: () => Promise<void> }) {
  const { filing, returning } = props.desk
  return (
    <Card title="办理" note={filing.stands}>
      {returning && <ReturnList filing={filing} returning={returning} />}
      {filing.barred && <p className="quiet">您填报过本表，或在下一级审核过它；本级请由其他人员办理。</p>}
      {filing.mayDo.length > 0 && <StepButtons {...props} />}
      <ul className="rows">
        {filing.steps.toReversed().map(({ revision, act, hand, reason, cells, doneBy, doneAt }) => (
          <li key={revision}>
            <span className="grow">
              {handNames[hand]}
              {actNames[act]}
              {reason && `：${reason}`}
              <br />
              {cells.map((remark) => (
                <span key={`${remark.line} ${remark.field}`}>
                  · {tellRemark(filing, remark)}
                  <br />
                </span>
              ))}
              <span className="quiet">
                {chinaMoment(doneAt)} {doneBy}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {filing.steps.length === 0 && <p className="quiet">还没有提交过。</p>}
    </Card>
  )
}

function StepButtons({ desk, refresh }: { desk: Desk; refresh: () => Promise<void> }) {
  const { filing, saver, returning } = desk
  const [reason, setReason] = useState('')
  const step = useSend<object, unknown>('POST', `/api/filings/${filing.filingId}/steps`)
  const doIt = async ({ act, hand }: FilingShown['mayDo'][number]) => {
    if (act === 'submit' && !(await saver.flush())) return
    const givenBack = act === 'return' || act === 'reopen'
    if (givenBack && returning && !(await returning.saver.flush())) return
    const remarks = givenBack ? (returning?.all.length ?? 0) : 0
    const why = reason.trim() || (remarks > 0 ? `共 ${remarks} 处要改，见各处意见` : '')
    step.mutate(
      { act, hand, revision: filing.revision, ...(why && { reason: why }) },
      { onSettled: () => refresh(), onSuccess: () => setReason('') },
    )
  }
  return (
    <>
      {filing.planned && (
        <Input.TextArea
          aria-label="退回原因"
          placeholder="退回时写明哪里要改、为什么"
          rows={2}
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      )}
      <div className="page-tools">
        {filing.mayDo.map((each) => (
          <Button
            key={each.act}
            type={each.act === 'return' || each.act === 'reopen' ? 'default' : 'primary'}
            loading={step.isPending}
            disabled={each.act === 'approve' && returning !== undefined && returning.all.length > 0}
            onClick={() => void doIt(each)}
          >
            {actNames[each.act]}
          </Button>
        ))}
      </div>
      {step.error && <Problem error={step.error} />}
    </>
  )
}
