import { Button } from 'antd'
import { useState } from 'react'
import { chinaMoment } from '../../kernel/china-moment.ts'
import type { AuditState, AuditVerdict } from '../../platform/audit/audit-contract.ts'
import { formatNumber } from '../../ui/figure.tsx'
import { Card, Problem } from '../../ui/page.tsx'
import { type AnswerError, useApi } from '../../ui/use-api.tsx'

/** 审计链 — how far it is sealed and anchored, and a button that verifies all of it. */
export function AuditChain({ state }: { state: AuditState }) {
  const { entries, waiting, lastSeal, lastAnchor } = state
  return (
    <div className="grid halves">
      <Card title="封存与锚定" note="每秒封存，每日把链首签名写到两处">
        <dl className="facts">
          <Fact name="审计条目" value={formatNumber(entries)} note="条" />
          <Fact
            name="最近一次封存"
            value={lastSeal ? moment(lastSeal.sealedAt) : '还没有'}
            note={lastSeal ? `第 ${formatNumber(lastSeal.batch)} 批` : ''}
          />
          <Fact name="待封存" value={formatNumber(waiting)} note="条" />
          <Fact
            name="最近一次锚定"
            value={lastAnchor ? moment(lastAnchor.at) : '还没有'}
            note={lastAnchor ? `到第 ${formatNumber(lastAnchor.seq)} 号` : ''}
          />
        </dl>
      </Card>
      <Card title="核验" note="逐条重算，对照封条与两处锚点">
        <Verification />
      </Card>
    </div>
  )
}

function Fact(props: { name: string; value: string; note: string }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>
        {props.value}
        <small>{props.note}</small>
      </dd>
    </div>
  )
}

function moment(text: string): string {
  return chinaMoment(text, 'second').slice(5)
}

function Verification() {
  const api = useApi()
  const [running, setRunning] = useState(false)
  const [verdict, setVerdict] = useState<AuditVerdict>()
  const [error, setError] = useState<AnswerError>()
  const verify = () => {
    setRunning(true)
    setError(undefined)
    api
      .get<AuditVerdict>('/api/audit/verification')
      .then(setVerdict, setError)
      .finally(() => setRunning(false))
  }
  return (
    <>
      {error && <Problem error={error} />}
      {verdict ? <Told verdict={verdict} /> : <p>一百万条约需十几秒，不影响别人使用。</p>}
      <Button type="primary" loading={running} onClick={verify}>
        {verdict ? '再核验一次' : '核验'}
      </Button>
    </>
  )
}

function Told({ verdict }: { verdict: AuditVerdict }) {
  const { sound, entries, seals, anchors, found, findings, tookMs } = verdict
  const scope = `${formatNumber(entries)} 条、${formatNumber(seals)} 批、${anchors} 个锚点，用时 ${(tookMs / 1000).toFixed(1)} 秒`
  if (sound)
    return (
      <p role="status">
        <strong>审计完好。</strong>
        {scope}。
      </p>
    )
  return (
    <div role="alert">
      <p>
        <strong>审计有 {found} 处问题</strong>（{scope}）。请不要改动数据库，先留存现场，再与备份和锚点对照。
      </p>
      <ul className="rows">
        {findings.map(({ text }) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  )
}
