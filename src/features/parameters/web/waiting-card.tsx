import { useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { chinaMoment } from '../../../kernel/china-moment.ts'
import { Card, Problem } from '../../../ui/page.tsx'
import { statusWords } from '../../../ui/status-words.ts'
import { type AnswerError, useApi } from '../../../ui/use-api.tsx'
import type { OwnShown } from '../contract.ts'
import { FlipTable } from './flip-table.tsx'

/** 待审定 — values put forward, each with the list its proposer saw; another person decides. */
export function WaitingCard({ waiting }: { waiting: readonly OwnShown[] }) {
  if (waiting.length === 0) return null
  return (
    <Card title="待审定的新取值" note="提出和审定须由两个人办">
      {waiting.map((own) => (
        <Waiting key={own.valueId} own={own} />
      ))}
    </Card>
  )
}

function Waiting({ own }: { own: OwnShown }) {
  return (
    <div style={{ marginBottom: 18 }}>
      <p style={{ lineHeight: 1.8 }}>
        <strong>
          {own.zh}：自 {own.from} 起 {own.words}
        </strong>
        <br />
        依据：{[own.document, own.article].filter(Boolean).join('，')}（
        {statusWords[own.status] ?? own.status}）；理由：{own.reason}
        <br />
        <span className="quiet">
          {own.proposer} {chinaMoment(own.proposedAt)} 提出
        </span>
      </p>
      {own.quote && (
        <div className="quote">
          <q>“{own.quote}”</q>
        </div>
      )}
      <FlipTable flips={own.flips} notCompared={own.notCompared} />
      {own.mine ? (
        <p className="quiet">这是您提出的取值，须由市教体局另一位人员审定。</p>
      ) : (
        <Deciding valueId={own.valueId} />
      )}
    </div>
  )
}

function Deciding({ valueId }: { valueId: number }) {
  const api = useApi()
  const queries = useQueryClient()
  const [note, setNote] = useState('')
  const [error, setError] = useState<AnswerError>()
  const decide = (grant: boolean) =>
    api
      .send('POST', `/api/parameters/values/${valueId}/decision`, { grant, ...(note && { note }) })
      .then(() => queries.invalidateQueries(), setError)
  return (
    <>
      {error && <Problem error={error} />}
      <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap', marginTop: 10 }}>
        <Input
          aria-label="审定意见"
          placeholder="审定意见（可不填）"
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.target.value)}
          style={{ maxWidth: 320 }}
        />
        <Button type="primary" onClick={() => decide(true)}>
          审定通过
        </Button>
        <Button onClick={() => decide(false)}>不予通过</Button>
      </div>
    </>
  )
}
