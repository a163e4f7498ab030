import { useNavigate } from '@tanstack/react-router'
import { Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { chinaMoment } from '../../../kernel/china-moment.ts'
import { Card, Problem } from '../../../ui/page.tsx'
import { useSend } from '../../../ui/use-api.tsx'
import { type PaperShown, stepNames } from '../contract.ts'

/** 办理 — what may be done now, and everything that was done. */
export function StepsCard(props: { paper: PaperShown; refresh: () => Promise<void> }) {
  const { steps, stands, mayDo, mayReissue, waitsFor } = props.paper
  return (
    <Card title="办理" note={stands}>
      {(mayDo.length > 0 || mayReissue) && <StepButtons {...props} />}
      {waitsFor !== null && <p className="quiet">{waitsFor}</p>}
      <ul className="rows">
        {steps.toReversed().map(({ revision, act, says, doneBy, doneAt }) => (
          <li key={revision}>
            <span className="grow">
              {act}
              {says && `：${says}`}
              <br />
              <span className="quiet">
                {chinaMoment(doneAt)} {doneBy}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function StepButtons({ paper, refresh }: { paper: PaperShown; refresh: () => Promise<void> }) {
  const [reason, setReason] = useState('')
  const [withGaps, setWithGaps] = useState(false)
  const navigate = useNavigate()
  const step = useSend<object, unknown>('POST', `/api/papers/${paper.paperId}/steps`)
  const edition = useSend<object, { paperId: number }>('POST', `/api/papers/${paper.paperId}/editions`)
  const sendsOn = paper.mayDo.includes('submit') || paper.mayDo.includes('issue')
  const doIt = (act: PaperShown['mayDo'][number]) =>
    step.mutate(
      { act, revision: paper.revision, ...(reason.trim() && { reason: reason.trim() }), withGaps },
      { onSettled: () => refresh(), onSuccess: () => setReason('') },
    )
  const reissue = () =>
    edition.mutate(
      { reason: reason.trim() },
      { onSuccess: ({ paperId }) => void navigate({ to: `/papers/${paperId}` as never }) },
    )
  const needsWords = paper.mayDo.includes('return') || paper.mayDo.includes('void') || paper.mayReissue
  return (
    <>
      {needsWords && (
        <Input.TextArea
          aria-label={paper.mayReissue ? '作废或出新版的原因' : '退回原因'}
          placeholder={paper.mayReissue ? '作废或出新版时写明为什么' : '退回时写明要改什么'}
          rows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      )}
      {sendsOn && paper.missing.length > 0 && (
        <Checkbox checked={withGaps} onChange={(event) => setWithGaps(event.target.checked)}>
          知悉 {paper.missing.length} 处待补，仍要办
        </Checkbox>
      )}
      <div className="page-tools" style={{ marginTop: 10 }}>
        {paper.mayDo.map((act) => (
          <Button
            key={act}
            type={act === 'submit' || act === 'approve' || act === 'issue' ? 'primary' : 'default'}
            danger={act === 'void'}
            loading={step.isPending}
            onClick={() => doIt(act)}
          >
            {stepNames[act]}
          </Button>
        ))}
        {paper.mayReissue && (
          <Button loading={edition.isPending} disabled={!reason.trim()} onClick={reissue}>
            出新版
          </Button>
        )}
      </div>
      {step.error && <Problem error={step.error} />}
      {edition.error && <Problem error={edition.error} />}
    </>
  )
}
