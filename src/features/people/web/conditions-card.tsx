import { Button } from 'antd'
import { useState } from 'react'
import { Card, Problem } from '../../../ui/page.tsx'
import { useSend } from '../../../ui/use-api.tsx'
import { type ConditionsAnswer, conditionNames } from '../contract.ts'
import { PurposeField, type PurposeWord } from './purpose-field.tsx'

/** 特别敏感情况 — for named users, one look at a time; leaving the page closes it. */
export function ConditionsCard({ personId }: { personId: number }) {
  const [purpose, setPurpose] = useState<PurposeWord>()
  const send = useSend<object, ConditionsAnswer>('POST', `/api/people/pupils/${personId}/conditions`)
  return (
    <Card title="健康、残疾与安置" note="另行加密 · 只对指定查阅人开放">
      {send.data ? (
        <ul className="rows">
          {send.data.map(({ kind, detail, since }) => (
            <li key={`${kind}${since}`}>
              <span className="grow">
                {conditionNames[kind]}
                <br />
                <span className="quiet">自 {since}</span>
              </span>
              <span>{detail}</span>
            </li>
          ))}
          {send.data.length === 0 && <li>没有登记。</li>}
        </ul>
      ) : (
        <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}>
          <div style={{ flex: '1 1 220px' }}>
            <PurposeField value={purpose} onChange={setPurpose} />
          </div>
          <Button disabled={!purpose} loading={send.isPending} onClick={() => send.mutate({ purpose })}>
            查看并留记录
          </Button>
        </div>
      )}
      {send.error && <Problem error={send.error} />}
    </Card>
  )
}
