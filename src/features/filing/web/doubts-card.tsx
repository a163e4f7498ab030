import { Button, Input } from 'antd'
import { useState } from 'react'
import { isExplained } from '../../../engines/filing/explain.ts'
import type { Remark } from '../../../engines/filing/judge-filing.ts'
import { chinaMoment } from '../../../kernel/china-moment.ts'
import { Card, Problem } from '../../../ui/page.tsx'
import { useSend } from '../../../ui/use-api.tsx'
import type { MarkShown } from '../doubts-contract.ts'
import type { Desk } from './cells.ts'
import { everyField } from './shown-field.ts'

/** 存疑与待核 — every doubt with its explanation or the place to write one, and every cell somebody asks about. */
export function DoubtsCard({ desk, refresh }: { desk: Desk; refresh: () => Promise<void> }) {
  const { filing, judged } = desk
  const doubts = judged.remarks.filter(({ severity }) => severity === 'doubt')
  if (doubts.length === 0 && filing.marks.length === 0) return null
  const open = filing.marks.filter(({ resolution }) => resolution === null).length
  return (
    <Card
      title="存疑与待核"
      note={`存疑 ${doubts.length} 处，待核 ${open} 处；存疑的数据属实，写明原因就能提交`}
      id="doubts"
    >
      <ul className="rows">
        {doubts.map((doubt) => (
          <DoubtRow key={`${doubt.check} ${doubt.line}`} doubt={doubt} desk={desk} refresh={refresh} />
        ))}
        {filing.marks.map((mark) => (
          <MarkRow key={mark.markId} mark={mark} desk={desk} refresh={refresh} />
        ))}
      </ul>
    </Card>
  )
}

function DoubtRow({ doubt, desk, refresh }: { doubt: Remark; desk: Desk; refresh: () => Promise<void> }) {
  const { filing, saver, judged } = desk
  const said = filing.explanations.find(({ check, line }) => check === doubt.check && line === doubt.line)
  const holds = isExplained(doubt, judged.filed, filing.explanations)
  const send = useSend<object, unknown>('PUT', `/api/filings/${filing.filingId}/explanations`)
  const explain = async (says: string) => {
    // What is explained are the values on the platform.
    return (await saver.flush()) && sent(send, { check: doubt.check, line: doubt.line, says }, refresh)
  }
  return (
    <li style={{ flexWrap: 'wrap' }}>
      <span className="grow">
        <span className={`tag ${holds ? 'quiet' : 'waiting'}`}>{holds ? '已说明' : '存疑'}</span> {doubt.says}
        {said && (
          <>
            <br />
            <span className="quiet">
              {holds ? '说明' : '数据或所比对的数变了，原说明不再算数'}：{said.says}（
              {chinaMoment(said.saidAt)} {said.saidBy}）
            </span>
          </>
        )}
      </span>
      {filing.mayWrite && !holds && (
        <Reason
          label={`说明 ${doubt.says}`}
          hint="为什么数据属实，如：本年新建了一栋楼"
          words="说明"
          onSay={explain}
        />
      )}
      {send.error && <Problem error={send.error} />}
    </li>
  )
}

function MarkRow({ mark, desk, refresh }: { mark: MarkShown; desk: Desk; refresh: () => Promise<void> }) {
  const { filing } = desk
  const field = everyField(filing.form).find(({ id }) => id === mark.field)
  const path = `/api/filings/${filing.filingId}/marks/${mark.markId}/resolution`
  const send = useSend<object, unknown>('POST', path)
  const open = mark.resolution === null
  return (
    <li style={{ flexWrap: 'wrap' }}>
      <span className="grow">
        <span className={`tag ${open ? 'waiting' : 'quiet'}`}>{open ? '待核' : '已核结'}</span>{' '}
        {mark.line > 0 && `第 ${mark.line} 行`}
        {field?.zh ?? mark.field}：{mark.why}
        <br />
        <span className="quiet">
          {chinaMoment(mark.markedAt)} {mark.markedBy}
          {mark.resolution !== null &&
            `；${mark.resolvedBy} ${chinaMoment(mark.resolvedAt ?? '')} 核结：${mark.resolution}`}
        </span>
      </span>
      {open && filing.mayMark && (
        <Reason
          label={`核结 ${field?.zh ?? mark.field}`}
          hint="核实的结果，如：已与台账核对，数据无误"
          words="核结"
          onSay={(says) => sent(send, { says }, refresh)}
        />
      )}
      {send.error && <Problem error={send.error} />}
    </li>
  )
}

/** 送出一句 — whether it reached the platform; what went wrong is shown where it was written. */
export function sent<B>(
  send: { mutateAsync(body: B): Promise<unknown> },
  body: B,
  refresh: () => Promise<unknown>,
): Promise<boolean> {
  return send
    .mutateAsync(body)
    .then(() => true)
    .catch(() => false)
    .finally(() => void refresh())
}

/** 写一句理由 — nothing can be sent without words, and no word is gone before it has arrived. */
export function Reason(props: {
  label: string
  hint: string
  words: string
  onSay: (says: string) => Promise<boolean>
}) {
  const [says, setSays] = useState('')
  const said = says.trim()
  return (
    <span className="page-tools" style={{ flexBasis: '100%' }}>
      <Input
        aria-label={props.label}
        placeholder={props.hint}
        maxLength={500}
        style={{ maxWidth: 480 }}
        value={says}
        onChange={(event) => setSays(event.target.value)}
      />
      <Button
        disabled={said.length < 2}
        onClick={() => void props.onSay(said).then((arrived) => arrived && setSays(''))}
      >
        {props.words}
      </Button>
    </span>
  )
}
