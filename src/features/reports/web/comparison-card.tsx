import { Button, Upload } from 'antd'
import { useState } from 'react'
import { Card, Problem } from '../../../ui/page.tsx'
import { type AnswerError, useApi } from '../../../ui/use-api.tsx'
import type { Comparison } from '../contract.ts'

/** 回传比对 — a document that came back is held against this paper; figures changed by hand are named. */
export function ComparisonCard({ paperId }: { paperId: number }) {
  const api = useApi()
  const [found, setFound] = useState<Comparison>()
  const [error, setError] = useState<AnswerError>()
  const [sending, setSending] = useState(false)
  const send = (file: File) => {
    setSending(true)
    setError(undefined)
    setFound(undefined)
    api
      .upload<Comparison>(`/api/papers/${paperId}/comparison`, file)
      .then(setFound, setError)
      .finally(() => setSending(false))
    return false
  }
  return (
    <Card title="回传比对" note="传回改过的 Word 文档，看哪些数被手工改动">
      <Upload accept=".docx" maxCount={1} showUploadList={false} disabled={sending} beforeUpload={send}>
        <Button loading={sending}>选择文件</Button>
      </Upload>
      {error && <Problem error={error} />}
      {found && <Found found={found} />}
    </Card>
  )
}

function Found({ found: { changed, removed, added, otherPaper } }: { found: Comparison }) {
  return (
    <>
      <p role="status">
        {otherPaper && '这个文件是另一份公文。'}
        {changed.length === 0 ? '没有数被改动。' : `有 ${changed.length} 个数被手工改动：`}
      </p>
      <ul className="rows">
        {changed.map(({ zh, was, became }) => (
          <li key={zh}>
            <span className="grow">
              {zh}
              <br />
              <span className="quiet">
                {was} → {became ?? '字段被删掉或覆盖'}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {removed.length + added.length > 0 && (
        <p className="quiet">
          文字有改动：删去 {removed.length} 段，新增 {added.length} 段。
        </p>
      )}
    </>
  )
}
