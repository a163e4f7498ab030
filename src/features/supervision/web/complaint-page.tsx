import { useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { ButtonLink } from '../../../ui/button-link.tsx'
import { Answered, Card, Page, Problem } from '../../../ui/page.tsx'
import { useAnswer, useSend } from '../../../ui/use-api.tsx'
import { useUrlState } from '../../../ui/use-url-state.ts'
import {
  type ComplaintShown,
  type ComplaintStepBody,
  complaintActs,
  complaintStands,
} from '../complaint-contract.ts'
import type { ViolationsAnswer } from '../contract.ts'
import { BasisField } from './basis-field.tsx'
import { Line } from './form-parts.tsx'
import { InstitutionField } from './institution-field.tsx'

/** 一件投诉 — what was written, what was done, and the next step. */
export function ComplaintPage() {
  const { complaintId } = useParams({ strict: false }) as { complaintId: string }
  const [asOf] = useUrlState('asOf', '')
  const query = useAnswer<ComplaintShown>(`/api/complaints/${complaintId}`, asOf ? { asOf } : {})
  const shown = query.data
  return (
    <Page
      title={
        shown ? `投诉编号 ${shown.complaintId} · ${shown.county}：${shown.kind ?? '未分类'}` : '投诉举报'
      }
      answer={
        shown &&
        `${shown.receivedOn} 收到，${complaintStands[shown.stand]}；${shown.dueOn === null ? '办结期限还没有录入' : `应于 ${shown.dueOn} 前办结`}。`
      }
      tools={
        shown?.findingId && <ButtonLink to={`/findings/${shown.findingId}` as never}>所立的问题</ButtonLink>
      }
    >
      <Answered query={query} rows={8}>
        {(complaint) => <Opened complaint={complaint} />}
      </Answered>
    </Page>
  )
}

function Opened({ complaint }: { complaint: ComplaintShown }) {
  const { erasedOn, steps, mayDo } = complaint
  return (
    <>
      {erasedOn === null ? (
        <Written complaint={complaint} />
      ) : (
        <Card title="投诉内容">
          <p>保存期已满，投诉人写的内容已于 {erasedOn} 清除，不能恢复；编号、种类和办理沿革保留。</p>
        </Card>
      )}
      {steps.length > 0 && (
        <Card title="办理沿革">
          {steps.map(({ act, doneOn, doneBy, says, facts }) => (
            <p key={act} style={{ whiteSpace: 'pre-wrap' }}>
              {doneOn} {complaintActs[act]}（{doneBy}）{says && `：${says}`}
              {facts && `\n核实的事实（投诉人看不到）：${facts}`}
            </p>
          ))}
        </Card>
      )}
      {mayDo.length > 0 && <Steps complaint={complaint} />}
    </>
  )
}

function Written({ complaint: { school, words, contact } }: { complaint: ComplaintShown }) {
  return (
    <Card title="投诉内容" note="含个人信息，您已查看并留痕">
      <dl className="facts close">
        <div>
          <dt>学校（园）</dt>
          <dd>{school}</dd>
        </div>
        <div>
          <dt>联系方式</dt>
          <dd>{contact ?? '没有留'}</dd>
        </div>
      </dl>
      <p style={{ whiteSpace: 'pre-wrap' }}>{words}</p>
    </Card>
  )
}

function Steps({ complaint }: { complaint: ComplaintShown }) {
  const { complaintId, revision, mayDo } = complaint
  const path = `/api/complaints/${complaintId}`
  const queries = useQueryClient()
  const [says, setSays] = useState('')
  const sending = useSend<ComplaintStepBody, object>('POST', `${path}/steps`)
  const send = (body: Pick<ComplaintStepBody, 'act' | 'finding'>) =>
    sending.mutate(
      { ...body, revision, ...(says.trim() && { says: says.trim() }) },
      {
        onSuccess: () => {
          setSays('')
          queries.invalidateQueries({ queryKey: [path] })
          queries.invalidateQueries({ queryKey: ['/api/complaints'] })
        },
      },
    )
  const plain = mayDo.filter((act) => act !== 'found')
  return (
    <>
      {mayDo.includes('found') && (
        <AsFinding
          complaint={complaint}
          busy={sending.isPending}
          onOpen={(finding) => send({ act: 'found', finding })}
        />
      )}
      <Card title={mayDo.includes('take') ? '受理' : mayDo.includes('close') ? '不予立项' : '答复'}>
        {!mayDo.includes('take') && (
          <Input.TextArea
            aria-label="给投诉人的答复"
            placeholder="给投诉人的答复：理由或结果，凭回执号可见；不要写个人信息"
            rows={3}
            maxLength={1000}
            value={says}
            onChange={({ target }) => setSays(target.value)}
          />
        )}
        <div className="page-tools" style={{ marginTop: 10 }}>
          {plain.map((act) => (
            <Button
              key={act}
              type="primary"
              loading={sending.isPending}
              disabled={act !== 'take' && !says.trim()}
              onClick={() => send({ act })}
            >
              {complaintActs[act]}
            </Button>
          ))}
        </div>
        {sending.error && <Problem error={sending.error} />}
      </Card>
    </>
  )
}

/** What was found to be so becomes a finding about one institution, in the inspector's own words. */
function AsFinding(props: {
  complaint: ComplaintShown
  busy: boolean
  onOpen: (finding: NonNullable<ComplaintStepBody['finding']>) => void
}) {
  const { data: violations = { lists: [], items: [] } } = useAnswer<ViolationsAnswer>('/api/violations')
  const [institution, setInstitution] = useState('')
  const [basis, setBasis] = useState<string | undefined>(props.complaint.rule ?? undefined)
  const [says, setSays] = useState('')
  const kind = violations.lists.flatMap(({ kinds }) => kinds).find(({ rule }) => rule === basis)
  return (
    <Card title="查实立项" note="事实用核查人自己的话写，不抄投诉原文">
      <Line label="学校（园）">
        <InstitutionField value={institution} onChoose={setInstitution} />
      </Line>
      <Line label="依据">
        <BasisField violations={violations} value={basis} onChange={setBasis} />
      </Line>
      <Line label="事实">
        <Input.TextArea
          aria-label="事实"
          rows={3}
          maxLength={2000}
          value={says}
          onChange={({ target }) => setSays(target.value)}
        />
      </Line>
      <div className="page-tools" style={{ marginTop: 10 }}>
        <Button
          type="primary"
          loading={props.busy}
          disabled={!institution || !basis || !says.trim()}
          onClick={() =>
            props.onOpen({
              institutionId: Number(institution),
              ...(kind ? { rule: kind.rule } : { item: basis! }),
              says: says.trim(),
            })
          }
        >
          立项督办
        </Button>
      </div>
    </Card>
  )
}
