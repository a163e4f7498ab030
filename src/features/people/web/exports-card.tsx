import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { chinaMoment } from '../../../kernel/china-moment.ts'
import { classWords } from '../../../kernel/grade-words.ts'
import { formatNumber } from '../../../ui/figure.tsx'
import { Answered, Card, Problem } from '../../../ui/page.tsx'
import { type AnswerError, useAnswer, useApi } from '../../../ui/use-api.tsx'
import { exportStateNames } from '../contract.ts'
import type { ExportRequest } from '../export-contract.ts'

const toneOf = { asked: 'waiting', granted: 'surplus', refused: 'shortage' } as const

/** 导出申请 — the own ones with their files; for who decides, what waits for them. */
export function ExportsCard({ mayDecide }: { mayDecide: boolean }) {
  const query = useAnswer<ExportRequest[]>('/api/people/exports')
  return (
    <Answered query={query} rows={3}>
      {(requests) =>
        requests.length === 0 ? null : (
          <Card title="名单导出" note={mayDecide ? '本人申请与待审批' : '本人申请'}>
            <ul className="rows">
              {requests.map((request) => (
                <Request key={request.requestId} request={request} mayDecide={mayDecide} />
              ))}
            </ul>
          </Card>
        )
      }
    </Answered>
  )
}

function Request({ request, mayDecide }: { request: ExportRequest; mayDecide: boolean }) {
  const { requestId, state, own } = request
  const api = useApi()
  const queries = useQueryClient()
  const [error, setError] = useState<AnswerError>()
  const decide = (grant: boolean) =>
    api
      .send('POST', `/api/people/exports/${requestId}/decision`, { grant })
      .then(() => queries.invalidateQueries({ queryKey: ['/api/people/exports'] }), setError)
  return (
    <li style={{ flexWrap: 'wrap' }}>
      <span className="grow">
        {whom(request)}，{formatNumber(request.persons)} 人{request.plain && '（含证件号、电话原文）'}
        <br />
        <span className="quiet">
          {request.accountName} {time(request.askedAt)} 申请：{request.reason}
          {request.decidedName && `；${request.decidedName} ${time(request.decidedAt)} 审批`}
          {request.takenAt && `；${time(request.takenAt)} 取走 ${request.rows} 行，追踪号 ${request.trace}`}
        </span>
      </span>
      <span className={`tag ${toneOf[state]}`}>{exportStateNames[state]}</span>
      {own && state === 'granted' && (
        <a href={api.href(`/api/people/exports/${requestId}/file`)} download>
          下载
        </a>
      )}
      {!own && mayDecide && state === 'asked' && (
        <>
          <Button size="small" type="primary" onClick={() => decide(true)}>
            批准
          </Button>
          <Button size="small" onClick={() => decide(false)}>
            不批
          </Button>
        </>
      )}
      {error && <Problem error={error} />}
    </li>
  )
}

function whom({ county, institution, grade, classNo }: ExportRequest): string {
  return `${institution ?? county}${grade ? classWords(grade, classNo) : ''}`
}

function time(at: string | null): string {
  return at === null ? '' : chinaMoment(at)
}
