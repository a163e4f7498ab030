import { useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { chinaMoment } from '../../../kernel/china-moment.ts'
import { Answered, Card, Page } from '../../../ui/page.tsx'
import { useAnswer, useApi } from '../../../ui/use-api.tsx'
import { useUrlState } from '../../../ui/use-url-state.ts'
import type { PaperShown } from '../contract.ts'
import type { Field } from '../document-contract.ts'
import { ComparisonCard } from './comparison-card.tsx'
import { PaperText } from './paper-text.tsx'
import { PdfButton } from './pdf-button.tsx'
import { StepsCard } from './steps-card.tsx'

const formatNames = { docx: '下载 Word 文档', xlsx: '下载表格工作簿' } as const

/** 一份公文 — its text with each figure to be opened, what is missing, what changed, and what may be done. */
export function PaperPage() {
  const { paperId } = useParams({ strict: false }) as { paperId: string }
  const path = `/api/papers/${paperId}`
  const [asOf] = useUrlState('asOf', '')
  const query = useAnswer<PaperShown>(path, asOf ? { asOf } : {})
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: [path] })
  return (
    <Answered query={query} rows={12}>
      {(paper) => <PaperDesk key={paper.paperId} paper={paper} refresh={refresh} />}
    </Answered>
  )
}

function PaperDesk({ paper, refresh }: { paper: PaperShown; refresh: () => Promise<void> }) {
  const api = useApi()
  const [field, setField] = useState<Field>()
  return (
    <Page
      title={paper.title}
      answer={tellPaper(paper)}
      tools={
        <>
          {paper.formats.map((format) => (
            <Button key={format} href={api.href(`/api/papers/${paper.paperId}/file`, { format })} download>
              {formatNames[format]}
            </Button>
          ))}
          <PdfButton paper={paper} refresh={refresh} />
        </>
      }
    >
      <div className="grid two-one">
        <Card title="正文" note="带点线的数可以点开：来源、口径、日期">
          <PaperText document={paper.document} voidedOn={paper.voidedOn} onOpen={setField} />
        </Card>
        <div>
          <StepsCard paper={paper} refresh={refresh} />
          <EditionsCard paper={paper} />
          <ReceiptsCard paper={paper} />
          <GapsCard paper={paper} />
          <ChangesCard paper={paper} />
          <ComparisonCard paperId={paper.paperId} />
        </div>
      </div>
      <FieldDrawer field={field} paper={paper} onClose={() => setField(undefined)} />
    </Page>
  )
}

function tellPaper(paper: PaperShown): string {
  const { zh, stands, docNumber, asOf, missing, voidedOn, voidReason } = paper
  if (voidedOn !== null)
    return `${zh}，${docNumber}，${voidedOn} 已作废：${voidReason}。字号不再使用，正文留档备查。`
  const gaps = missing.length > 0 ? `有 ${missing.length} 处待补` : '没有待补的数'
  return `${zh}，${docNumber ? `${docNumber}，` : ''}${stands}；数据截至 ${asOf}，${gaps}。`
}

/** The editions before and after, each to be opened. */
function EditionsCard({ paper: { editions } }: { paper: PaperShown }) {
  if (editions.length === 0) return null
  return (
    <Card title="版次">
      <ul className="rows">
        {editions.map(({ paperId, words }) => (
          <li key={paperId}>
            <Link className="grow" to={`/papers/${paperId}` as never}>
              {words}
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Which county has signed for it, and which has not. */
function ReceiptsCard({ paper: { receipts } }: { paper: PaperShown }) {
  if (receipts.length === 0) return null
  const signed = receipts.filter(({ receivedAt }) => receivedAt !== null).length
  return (
    <Card title="送达签收" note={`送达 ${receipts.length} 个县（市、区），已签收 ${signed} 个`}>
      <ul className="rows">
        {receipts.map(({ name, receivedAt, receivedBy }) => (
          <li key={name}>
            <span className="grow">{name}</span>
            {receivedAt === null ? (
              <span className="tag waiting">未签收</span>
            ) : (
              <span className="quiet">
                {chinaMoment(receivedAt)} {receivedBy}
              </span>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function GapsCard({ paper: { missing } }: { paper: PaperShown }) {
  if (missing.length === 0) return null
  return (
    <Card title="待补" note={`${missing.length} 处`}>
      <ul className="rows">
        {missing.map(({ of, where }) => (
          <li key={`${where} ${of}`}>
            <span className="grow">
              {where}：{of}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** A list one reads: longer ones are compared in the documents themselves. */
const changesShown = 30

function ChangesCard({ paper: { since } }: { paper: PaperShown }) {
  if (!since) return null
  const { docNumber, changes } = since
  return (
    <Card title="与上一份相比" note={docNumber}>
      {changes.length === 0 && <p className="quiet">各数都没有变化。</p>}
      <ul className="rows">
        {changes.slice(0, changesShown).map(({ zh, was, is }) => (
          <li key={zh}>
            <span className="grow">
              {zh}
              <br />
              <span className="quiet">
                {was ?? '上一份没有'} → {is ?? '这一份没有'}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {changes.length > changesShown && <p className="quiet">还有 {changes.length - changesShown} 处。</p>}
    </Card>
  )
}

function FieldDrawer(props: { field: Field | undefined; paper: PaperShown; onClose: () => void }) {
  const { field, paper } = props
  return (
    <Drawer
      open={field !== undefined}
      onClose={props.onClose}
      title="这个数从哪里来"
      closable={{ 'aria-label': '关闭' }}
    >
      {field && (
        <article>
          <h2 style={{ fontSize: 16, marginTop: 0 }}>
            {field.zh}：{field.text}
          </h2>
          <h3>口径</h3>
          <p>{field.definition}</p>
          <h3>来源</h3>
          <p>{field.source}</p>
          <h3>日期与版本</h3>
          <p className="quiet">
            所指之日 {field.asOf}；台账截至 {paper.asOf}；规划数据版本 {paper.planVersion.slice(0, 12)}。
          </p>
        </article>
      )}
    </Drawer>
  )
}
