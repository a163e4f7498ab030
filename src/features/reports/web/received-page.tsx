import { useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { Answered, Card, Page, Problem } from '../../../ui/page.tsx'
import { useAnswer, useApi, useSend } from '../../../ui/use-api.tsx'
import type { CopyShown } from '../received-contract.ts'
import { PaperText } from './paper-text.tsx'
import { CopyTag, tellReceipt } from './received-card.tsx'

/** 一份来文 — what the city sent, to be read, signed for and kept as a file. */
export function ReceivedPage() {
  const { countyId, paperId } = useParams({ strict: false }) as { countyId: string; paperId: string }
  const path = `/api/received-papers/${countyId}/${paperId}`
  const query = useAnswer<CopyShown>(path)
  return (
    <Answered query={query} rows={12}>
      {(copy) => <Received copy={copy} path={path} />}
    </Answered>
  )
}

function Received({ copy, path }: { copy: CopyShown; path: string }) {
  const api = useApi()
  const queries = useQueryClient()
  const receipt = useSend<object, unknown>('POST', `${path}/receipt`)
  const sign = () => receipt.mutate({}, { onSettled: () => queries.invalidateQueries() })
  return (
    <Page
      title={copy.title}
      answer={tellCopy(copy)}
      tools={
        <>
          {copy.maySign && (
            <Button type="primary" loading={receipt.isPending} onClick={sign}>
              签收
            </Button>
          )}
          <Button href={api.href(`${path}/file`, { format: 'docx' })} download>
            下载 Word 文档
          </Button>
        </>
      }
    >
      {receipt.error && <Problem error={receipt.error} />}
      <Card title="正文" note={<CopyTag copy={copy} />}>
        <PaperText document={copy.document} voidedOn={copy.voidedOn} />
      </Card>
    </Page>
  )
}

function tellCopy(copy: CopyShown): string {
  const { zh, docNumber, issuedOn, voidedOn, voidReason } = copy
  if (voidedOn !== null) return `${zh}，${docNumber}，${voidedOn} 已作废：${voidReason}。正文留档备查。`
  return `${zh}，${docNumber}，${issuedOn} 印发；${tellReceipt(copy) || '还没有签收'}。`
}
