import { Pagination, Segmented, Select } from 'antd'
import { useState } from 'react'
import { Answered, Card } from '../../../ui/page.tsx'
import { useAnswer, useApi } from '../../../ui/use-api.tsx'
import type { Findings, ImportAnswer } from '../contract.ts'
import { findingParts, severityWords } from './tell-import.ts'

const pageSize = 50
const tagOf = { error: 'shortage', doubt: 'waiting', warning: 'plain' } as const

/** 逐行结果 — every problem with its cell, by kind; and the own file back with the cells marked. */
export function FindingsCard({ current }: { current: ImportAnswer }) {
  const api = useApi()
  const [severity, setSeverity] = useState('')
  const [code, setCode] = useState<string>()
  const [page, setPage] = useState(1)
  const path = `/api/exchange/imports/${current.importId}`
  const query = useAnswer<Findings>(`${path}/problems`, {
    severity,
    code,
    offset: (page - 1) * pageSize,
    limit: pageSize,
  })
  const filter = (change: () => void) => {
    change()
    setPage(1)
  }
  return (
    <Card
      title="逐行结果"
      note={
        current.state !== 'unreadable' && (
          <a href={api.href(`${path}/error-workbook`)} download>
            下载错误回填表（原表标红，末列写明原因）
          </a>
        )
      }
    >
      <div className="page-tools">
        <Segmented
          aria-label="严重程度"
          value={severity}
          onChange={(value) => filter(() => setSeverity(value))}
          options={[{ value: '', label: '全部' }, ...severityOptions(current)]}
        />
        <Select
          aria-label="问题种类"
          allowClear
          placeholder="全部种类"
          value={code}
          onChange={(value) => filter(() => setCode(value))}
          options={current.findings.map((each) => ({
            value: each.code,
            label: `${each.name}（${each.count}）`,
          }))}
          style={{ minWidth: 240 }}
        />
      </div>
      <Answered query={query}>
        {({ total, problems }) => (
          <>
            <ul className="rows">
              {problems.map(({ path: cell, code: id, severity: how, text }) => (
                <li key={`${cell} ${id} ${text}`}>
                  <span className={`tag ${tagOf[how]}`}>{severityWords[how]}</span>
                  <span className="grow">
                    <FindingText text={text} />
                  </span>
                </li>
              ))}
            </ul>
            <Pagination
              size="small"
              align="end"
              hideOnSinglePage
              total={total}
              pageSize={pageSize}
              current={page}
              onChange={setPage}
              showSizeChanger={false}
            />
          </>
        )}
      </Answered>
    </Card>
  )
}

/** What is wrong first; why and what to do in a line of their own. */
function FindingText({ text }: { text: string }) {
  const [what, ...rest] = findingParts(text)
  return (
    <>
      {what}
      {rest.length > 0 && (
        <>
          <br />
          <span className="quiet">{rest.join('；')}</span>
        </>
      )}
    </>
  )
}

function severityOptions({ findings }: ImportAnswer) {
  return Object.entries(severityWords).flatMap(([value, words]) => {
    const count = findings
      .filter(({ severity }) => severity === value)
      .reduce((sum, each) => sum + each.count, 0)
    return count > 0 ? [{ value, label: `${words} ${count}` }] : []
  })
}
