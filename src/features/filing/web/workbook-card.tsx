import { Button, Progress, Upload } from 'antd'
import { useState } from 'react'
import { Card, Problem } from '../../../ui/page.tsx'
import { type AnswerError, useApi } from '../../../ui/use-api.tsx'
import type { WorkbookImported } from '../workbook-contract.ts'

/** 表格填报 — the form as a workbook: taken out, filled elsewhere, handed back whole or not at all. */
export function WorkbookCard(props: {
  form: string
  period: string
  subject?: number
  mayWrite: boolean
  onDone: () => void
}) {
  const { form, period, subject, mayWrite, onDone } = props
  const api = useApi()
  const [share, setShare] = useState<number>()
  const [error, setError] = useState<AnswerError>()
  const [done, setDone] = useState<WorkbookImported>()
  const send = (file: File) => {
    setError(undefined)
    setDone(undefined)
    setShare(0)
    api
      .upload<WorkbookImported>('/api/filing-workbooks', file, { form, period }, setShare)
      .then((answer) => {
        setDone(answer)
        if (answer.cells > 0) onDone()
      }, setError)
      .finally(() => setShare(undefined))
    return false
  }
  return (
    <Card title="用表格软件填" note="下载的表格里已有平台上的数；填好传回，全部写入，或一格不写、标红退回">
      <div className="page-tools">
        <Button
          href={api.href('/api/filing-workbooks', { form, period, ...(subject && { subject }) })}
          download
        >
          下载表格
        </Button>
        {mayWrite && (
          <Upload
            maxCount={1}
            showUploadList={false}
            accept=".xlsx,.csv"
            beforeUpload={send}
            disabled={share !== undefined}
          >
            <Button loading={share !== undefined}>传回填好的表格</Button>
          </Upload>
        )}
      </div>
      {share !== undefined && <Progress percent={Math.floor(share * 100)} aria-label="上传进度" />}
      {error && <Problem error={error} />}
      {done && <Told done={done} />}
    </Card>
  )
}

function Told({ done }: { done: WorkbookImported }) {
  const api = useApi()
  if (done.total === 0)
    return (
      <p role="status">
        已写入 {done.filings} 个单位、{done.cells} 格{done.cells === 0 && '：与平台上的数相同'}
        {done.doubts > 0 && `；有 ${done.doubts} 处与上年或其他单位相比存疑，提交前请说明`}。
      </p>
    )
  return (
    <div role="alert">
      <p>
        有 {done.total} 处问题，没有写入任何数。{' '}
        {done.markedFileId && (
          <a href={api.href(`/api/filing-workbooks/${done.markedFileId}`)} download>
            下载标红的原表
          </a>
        )}
      </p>
      <ul className="rows">
        {done.problems.slice(0, 20).map(({ path, text }) => (
          <li key={`${path} ${text}`}>{text}</li>
        ))}
      </ul>
    </div>
  )
}
