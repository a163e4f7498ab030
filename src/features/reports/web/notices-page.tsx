import { Link, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { Answered, Empty } from '../../../ui/page.tsx'
import { useAnswer, useApi } from '../../../ui/use-api.tsx'
import type { NoticeBoard, NoticeShown } from '../received-contract.ts'
import { PaperText } from './paper-text.tsx'

/** 公示公告 — every public notice, for whoever comes, without signing in. */
export function NoticesPage() {
  const query = useAnswer<NoticeBoard>('/api/public-notices')
  return (
    <main className="door" style={{ maxWidth: 960 }}>
      <h1 className="page-title">公示公告</h1>
      <Answered query={query} rows={4}>
        {(notices) =>
          notices.length === 0 ? (
            <Empty why="还没有公示。市教体局印发公示后，这里可以查看。" />
          ) : (
            <ul className="rows">
              {notices.map(({ paperId, title, docNumber, issuedOn, voidedOn }) => (
                <li key={paperId}>
                  <span className="grow">
                    <Link to={`/notices/${paperId}` as never}>{title}</Link>{' '}
                    {voidedOn !== null && <span className="tag shortage">作废</span>}
                    <br />
                    <span className="quiet">
                      {docNumber} · {issuedOn}
                    </span>
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
      <p>
        <a href="/">返回首页</a>
      </p>
    </main>
  )
}

/** 一份公示 — its text as it was issued. */
export function NoticePage() {
  const { paperId } = useParams({ strict: false }) as { paperId: string }
  const api = useApi()
  const path = `/api/public-notices/${paperId}`
  const query = useAnswer<NoticeShown>(path)
  return (
    <main className="door" style={{ maxWidth: 960 }}>
      <Answered query={query} rows={12}>
        {({ title, docNumber, issuedOn, voidedOn, voidReason, document }) => (
          <>
            <h1 className="page-title">{title}</h1>
            <p className="page-answer">
              {docNumber}，{issuedOn} 印发。
              {voidedOn !== null && `${voidedOn} 已作废：${voidReason}。`}
            </p>
            <div className="page-tools">
              <Link to={'/notices' as never}>全部公示</Link>
              <Button href={api.href(`${path}/file`, { format: 'docx' })} download>
                下载 Word 文档
              </Button>
            </div>
            <PaperText document={document} voidedOn={voidedOn} />
          </>
        )}
      </Answered>
    </main>
  )
}
