import { Button, Input } from 'antd'
import { useState } from 'react'
import { chinaMoment } from '../../../kernel/china-moment.ts'
import { Card, Problem } from '../../../ui/page.tsx'
import { useSend } from '../../../ui/use-api.tsx'
import { actNames, type FilingShown, handNames } from '../contract.ts'
import type { DraftSaver } from './draft-saver.ts'

/** 办理 — what may be done now, and everything that was done, with who, when and why. */
export function StepsCard(props: { filing: FilingShown; saver: DraftSaver; refresh: () => Promise<void> }) {
  const { filing } = props
  return (
    <Card title="办理" note={filing.stands}>
      {filing.mayDo.length > 0 && <StepButtons {...props} />}
      <ul className="rows">
        {filing.steps.toReversed().map(({ revision, act, hand, reason, cells, doneBy, doneAt }) => (
          <li key={revision}>
            <span className="grow">
              {handNames[hand]}
              {actNames[act]}
              {reason && `：${reason}`}
              {cells.length > 0 && `（标注 ${cells.length} 处）`}
              <br />
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

function StepButtons({
  filing,
  saver,
  refresh,
}: {
  filing: FilingShown
  saver: DraftSaver
  refresh: () => Promise<void>
}) {
  const [reason, setReason] = useState('')
  const step = useSend<object, unknown>('POST', `/api/filings/${filing.filingId}/steps`)
  const takesBack = filing.mayDo.some(({ act }) => act === 'return' || act === 'reopen')
  const doIt = async ({ act, hand }: FilingShown['mayDo'][number]) => {
    if (act === 'submit' && !(await saver.flush())) return
    step.mutate(
      { act, hand, revision: filing.revision, ...(reason.trim() && { reason: reason.trim() }) },
      { onSettled: () => refresh(), onSuccess: () => setReason('') },
    )
  }
  return (
    <>
      {takesBack && (
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
