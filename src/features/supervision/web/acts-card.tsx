import { Button, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { type FindingAct, type FindingCause, findingActs, findingHands } from '../../../kernel/finding.ts'
import { Card, Problem } from '../../../ui/page.tsx'
import { useSend } from '../../../ui/use-api.tsx'
import type { FindingShown } from '../contract.ts'
import { OwnerFields } from './owner-fields.tsx'

type Doable = FindingShown['mayDo'][number]

/** What is asked for beside each act's button. */
const asked: Partial<Record<FindingAct, string>> = {
  dismiss: '写明为什么不予交办',
  answer: '写明怎么改的、改到什么程度',
  confer: '写明给多少钱、多少编制或怎么解决',
  'send-back': '写明哪里还没改好',
  recheck: '写明怎么核的、看到什么',
  'ask-extension': '写明为什么到期改不完',
  extend: '写明同意延期的理由',
  interview: '写明约谈时间、约谈谁、谈了什么',
  escalate: '写明为什么提级',
  reopen: '写明又发现了什么',
}

/** 办理 — choose a step, fill in what it needs, do it; only what the reader may do is offered. */
export function ActsCard({ finding, refresh }: { finding: FindingShown; refresh: () => Promise<void> }) {
  const [step, setStep] = useState<string | undefined>(undefined)
  const [says, setSays] = useState('')
  // The books may move the finding while somebody writes: what he wrote stays.
  const chosen = finding.mayDo.find((each) => stepOf(each) === step)
  const done = async () => {
    setSays('')
    await refresh()
    // Unless another step was chosen while the page was read again.
    setStep((now) => (now === step ? undefined : now))
  }
  if (finding.mayDo.length === 0)
    return (
      <Card title="办理">
        <p className="quiet">{whoseTurn(finding)}</p>
        <WordsKept says={says} />
      </Card>
    )
  return (
    <Card title="办理" note={`以${handsOf(finding)}的身份`}>
      <div className="page-tools">
        {finding.mayDo.map((each) => (
          <Button
            key={stepOf(each)}
            type={chosen === each ? 'primary' : 'default'}
            aria-pressed={chosen === each}
            onClick={() => setStep(stepOf(each))}
          >
            {findingActs[each.act]}
            {inSeveralHands(finding, each) && `（${findingHands[each.hand]}）`}
          </Button>
        ))}
      </div>
      {chosen ? (
        <ActForm key={step} {...{ finding, chosen, says, setSays, done }} />
      ) : (
        <>
          <p className="quiet">选一步办理。</p>
          <WordsKept says={says} />
        </>
      )}
    </Card>
  )
}

function handsOf({ mayDo }: FindingShown): string {
  return [...new Set(mayDo.map(({ hand }) => findingHands[hand]))].join('、')
}

function stepOf({ act, hand }: Doable): string {
  return `${hand} ${act}`
}

function inSeveralHands({ mayDo }: FindingShown, { act }: Doable): boolean {
  return mayDo.filter((each) => each.act === act).length > 1
}

/** What was written for a step that meanwhile is no longer offered. */
function WordsKept({ says }: { says: string }) {
  if (!says.trim()) return null
  return <p>您写的这一步已由他人先办理，或状态已变，没有报送。写下的文字留在这里，可以复制：{says}</p>
}

function whoseTurn({ phase, ownerLevel, ownerUnit }: FindingShown): string {
  if (phase === 'closed') return '已销号。再发现同一问题时自动重开，沿革保留。'
  const above = ownerLevel === 'county' ? '市级督导部门' : '县级教育主管部门、责任督学或市级督导部门'
  const theirs = ownerUnit ?? '整改责任单位'
  if (phase === 'assigned' || phase === 'signed') return `现在等${theirs}办理。`
  return `现在等${above}办理；整改责任单位不能复核、销号自己的问题。`
}

function ActForm(props: {
  finding: FindingShown
  chosen: Doable
  says: string
  setSays: (says: string) => void
  done: () => Promise<void>
}) {
  const { finding, chosen, says, setSays, done } = props
  const { act, hand, needsWords } = chosen
  const { units, workingDays: usual } = finding.suggested
  const [days, setDays] = useState<number | null>(act === 'assign' ? usual : 5)
  const [owner, setOwner] = useState(() => units[0] && { ...units[0], person: units[0].person ?? '' })
  const sending = useSend<object, unknown>('POST', `/api/findings/${finding.findingId}/steps`)
  const [promisedOn, setPromisedOn] = useState('')
  const timed = act === 'assign' || act === 'extend'
  const send = () =>
    sending.mutate(
      {
        ...{ act, hand, revision: finding.revision },
        ...(says.trim() && { says: says.trim() }),
        ...(timed && days !== null && { workingDays: days }),
        ...(act === 'assign' && owner && { owner: ownerOf(owner) }),
        ...(act === 'confer' && promisedOn && { promisedOn }),
      },
      { onSuccess: done },
    )
  return (
    <>
      {act === 'assign' && owner && <OwnerFields {...{ finding, owner, setOwner }} />}
      {act === 'confer' && (
        <Input
          aria-label="何时办到"
          placeholder="何时办到，如 2026-12-31"
          style={{ width: 240, marginBottom: 10 }}
          value={promisedOn}
          onChange={({ target }) => setPromisedOn(target.value.trim())}
        />
      )}
      {timed && <DaysField {...{ finding, act, days, setDays }} />}
      {(needsWords || asked[act]) && (
        <Input.TextArea
          aria-label={asked[act] ?? '说明'}
          placeholder={asked[act] ?? '写明情况'}
          rows={3}
          maxLength={2000}
          value={says}
          onChange={({ target }) => setSays(target.value)}
        />
      )}
      <div className="page-tools" style={{ marginTop: 10 }}>
        <Button type="primary" loading={sending.isPending} onClick={send}>
          确认{findingActs[act]}
        </Button>
      </div>
      {sending.error && <Problem error={sending.error} />}
    </>
  )
}

/** With nobody written the platform says where one is to be named. */
function ownerOf({ unit, cause, person }: { unit: string; cause: FindingCause; person: string }) {
  return { unit: unit.trim(), cause, ...(person.trim() && { person: person.trim() }) }
}

function DaysField(props: {
  finding: FindingShown
  act: FindingAct
  days: number | null
  setDays: (days: number | null) => void
}) {
  const { dueOn, assumedYears, workingDays } = props.finding.suggested
  return (
    <div className="page-tools">
      <InputNumber
        aria-label={props.act === 'assign' ? '整改期限（工作日）' : '延长工作日数'}
        min={1}
        max={250}
        precision={0}
        suffix="工作日"
        style={{ width: 140 }}
        value={props.days}
        onChange={props.setDays}
      />
      <span className="quiet">
        {props.act === 'assign'
          ? `通常 ${workingDays ?? '—'} 个工作日，即 ${dueOn ?? '—'} 前；节假日不计`
          : '从原期限往后数，节假日不计'}
        {assumedYears.length > 0 && `；${assumedYears.join('、')} 年放假安排未公布，按周末推算`}
      </span>
    </div>
  )
}
