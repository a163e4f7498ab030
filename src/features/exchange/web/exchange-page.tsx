import { Button } from 'antd'
import { useState } from 'react'
import { JobProgress } from '../../../ui/job-progress.tsx'
import { Answered, Page, Problem } from '../../../ui/page.tsx'
import { type AnswerError, useSend } from '../../../ui/use-api.tsx'
import type { ImportAnswer, KindInfo, Started } from '../contract.ts'
import { ConfirmCard } from './confirm-card.tsx'
import { CorrectionsCard } from './corrections-card.tsx'
import { FindingsCard } from './findings-card.tsx'
import { HistoryCard } from './history-card.tsx'
import { MappingCard } from './mapping-card.tsx'
import { ReceiptCard } from './receipt-card.tsx'
import { StartCards } from './start-cards.tsx'
import { stepOf, steps, tellImport, unreadColumns } from './tell-import.ts'
import { type ExchangeView, useExchangeView } from './use-exchange-view.ts'

/** 导入导出 — the wizard of one import, or the start of the next; below it what was taken in and out before. */
export function ExchangePage() {
  const view = useExchangeView()
  const { current } = view
  const takesIn = view.kinds.data?.some(({ mayImport }) => mayImport) ?? true
  return (
    <Page
      title="导入导出"
      answer={
        current
          ? tellImport(current)
          : takesIn
            ? '下载模板填好，或用自己的表，上传后逐行核对；有错误时整个文件都不入账，并把标红的原表退给您。'
            : '选好数据种类，把台账导出成表；您的角色只导出，不导入。'
      }
      tools={view.importId ? <Tools view={view} /> : undefined}
    >
      {takesIn && <StepLine at={stepOf(current)} />}
      <Answered query={view.kinds} rows={8}>
        {(kinds) => (
          <div className="grid">
            {view.currentError && <Problem error={view.currentError} retry={view.refresh} />}
            {view.importId ? (
              current && <OneImport key={current.importId} view={view} current={current} kinds={kinds} />
            ) : (
              <StartCards view={view} kinds={kinds} />
            )}
            <HistoryCard view={view} kinds={kinds} />
          </div>
        )}
      </Answered>
    </Page>
  )
}

/** 步骤 — done, here, to come; each also says so to a reader of the screen. */
function StepLine({ at }: { at: number }) {
  return (
    <ol className="page-tools" style={{ listStyle: 'none', padding: 0 }} aria-label="步骤">
      {steps.map((title, index) => (
        <li
          key={title}
          className={`tag ${index === at ? 'waiting' : index < at ? 'surplus' : 'plain'}`}
          aria-current={index === at ? 'step' : undefined}
        >
          {index < at ? '✓' : index + 1} {title}
          {index === at && '（现在）'}
        </li>
      ))}
    </ol>
  )
}

/** The books may have changed since the file was judged, or the judging was stopped. */
function Tools({ view }: { view: ExchangeView }) {
  const again = useSend<undefined, Started>('POST', `/api/exchange/imports/${view.importId}/judging`)
  return (
    <>
      <Button onClick={() => view.openImport('')}>导入另一个文件</Button>
      {view.current && view.current.state !== 'confirmed' && (
        <Button
          loading={again.isPending}
          onClick={() => again.mutate(undefined, { onSuccess: view.refresh })}
        >
          按现在的台账重新核对
        </Button>
      )}
    </>
  )
}

function OneImport(props: { view: ExchangeView; current: ImportAnswer; kinds: readonly KindInfo[] }) {
  const { view, current, kinds } = props
  const [refusal, setRefusal] = useState<AnswerError>()
  const kind = kinds.find((each) => each.kind === current.kind)
  const { refresh } = view
  const unread = current.state === 'mapping' || current.state === 'judged' ? unreadColumns(current) : []
  return (
    <>
      {current.jobId && <Progress jobId={current.jobId} refresh={refresh} onRefusal={setRefusal} />}
      {refusal && <Problem error={refusal} />}
      {current.receipt && <ReceiptCard receipt={current.receipt} kind={kind} />}
      {unread.length > 0 && (
        <div className="notice" role="status">
          {unread.join('、')}没有读：不是这种数据的项，或列名不认识。要读的，请在“对应列”里指定。
        </div>
      )}
      {current.state === 'mapping' && kind && <MappingCard current={current} kind={kind} onDone={refresh} />}
      {current.findings.length > 0 && <FindingsCard current={current} />}
      {current.state === 'judged' && (current.counts?.corrected ?? 0) > 0 && (
        <CorrectionsCard importId={current.importId} />
      )}
      {current.state === 'judged' && kind && (
        <>
          <ConfirmCard current={current} onDone={refresh} />
          <details>
            <summary>对应列（已自动认出，可以改）</summary>
            <MappingCard current={current} kind={kind} onDone={refresh} />
          </details>
        </>
      )}
    </>
  )
}

interface JobOutcome {
  readonly refusal?: { readonly text: string }
}

function Progress(props: {
  jobId: string
  refresh: () => void
  onRefusal: (refusal: AnswerError | undefined) => void
}) {
  const { jobId, refresh, onRefusal } = props
  const [told, setTold] = useState('')
  const onDone = (outcome: JobOutcome) => {
    if (told === jobId) return
    setTold(jobId)
    onRefusal(outcome?.refusal && { kind: 'refusal', text: outcome.refusal.text })
    refresh()
  }
  return <JobProgress<JobOutcome> jobId={jobId} onDone={onDone} />
}
