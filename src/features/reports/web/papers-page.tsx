import { Link, useNavigate } from '@tanstack/react-router'
import { Button, DatePicker, Select, Table, type TableProps } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { Answered, Card, Empty, Page, Problem } from '../../../ui/page.tsx'
import { useAnswer, useSend } from '../../../ui/use-api.tsx'
import { useWide } from '../../../ui/use-media.ts'
import { useUrlChoices, useUrlState } from '../../../ui/use-url-state.ts'
import type { PaperBoard } from '../contract.ts'
import { ReceivedCard } from './received-card.tsx'

/** 报告公文 — what was drafted and issued, and what may be drafted now. */
export function PapersPage() {
  const [asOf] = useUrlState('asOf', '')
  const query = useAnswer<PaperBoard>('/api/papers', asOf ? { asOf } : {})
  return (
    <Page title="报告公文" answer={query.data && tellBoard(query.data)}>
      <Answered query={query} rows={8}>
        {({ day, templates, papers, received }) => (
          <>
            <ReceivedCard received={received} />
            {templates.length > 0 && <DraftCard day={day} templates={templates} />}
            <Card title="公文" note="点标题看正文，每个数都可以点开看来源">
              {papers.length === 0 ? (
                <Empty
                  why={
                    templates.length > 0 ? '还没有公文。选一种公文拟稿，平台从台账取数成稿。' : '没有公文。'
                  }
                />
              ) : (
                <PaperTable papers={papers} />
              )}
            </Card>
          </>
        )}
      </Answered>
    </Page>
  )
}

function tellBoard(board: PaperBoard): string {
  const { received } = board
  const waits = received.filter(({ receivedAt, voidedOn }) => receivedAt === null && voidedOn === null).length
  const came = received.length > 0 ? `市里来文 ${received.length} 份，待签收 ${waits} 份；` : ''
  return `${came}${tellOwn(board)}`
}

function tellOwn({ papers }: PaperBoard): string {
  const of = (phase: string) =>
    papers.filter((paper) => paper.phase === phase && paper.voidedOn === null).length
  if (papers.length === 0) return '本单位还没有拟过公文。'
  const voided = papers.filter(({ voidedOn }) => voidedOn !== null).length
  return `共 ${papers.length} 份公文：${of('issued')} 份已印发，${of('submitted')} 份待审批，${of('approved')} 份待编号印发，${of('draft')} 份在拟稿${voided > 0 ? `，${voided} 份已作废` : ''}。`
}

/** Choosing a kind and whom it is about, both kept in the address, so that other rooms can lead here; the paper is drawn from the books at once. */
function DraftCard({ day, templates }: Pick<PaperBoard, 'day' | 'templates'>) {
  const navigate = useNavigate()
  const [asked] = useUrlState('template', '')
  const [askedAbout] = useUrlState('about', '')
  const [asOf, setAsOf] = useState(day)
  const choose = useUrlChoices()
  const { template: kind, subjects = [] } =
    templates.find(({ template }) => template === asked) ?? templates[0] ?? {}
  const about = Number(askedAbout) || (subjects.length === 1 ? subjects[0]?.aboutId : undefined)
  const send = useSend<object, { paperId: number }>('POST', '/api/papers')
  const draft = () =>
    send.mutate(
      { template: kind, aboutId: about, asOf },
      { onSuccess: ({ paperId }) => void navigate({ to: `/papers/${paperId}` as never }) },
    )
  return (
    <Card title="拟稿" note="数取自台账；台账没有的印作〔待补〕，不会写成 0">
      <div className="page-tools">
        <Select
          aria-label="公文种类"
          value={kind ?? null}
          style={{ minWidth: 150 }}
          options={templates.map(({ template, zh }) => ({ value: template, label: zh }))}
          onChange={(template) => choose({ template, about: undefined })}
        />
        {subjects.length > 1 && (
          <Select
            aria-label="对象"
            placeholder="选择对象"
            showSearch={{ optionFilterProp: 'label' }}
            value={about ?? null}
            style={{ minWidth: 220, maxWidth: '100%' }}
            popupMatchSelectWidth={false}
            options={subjects.map(({ aboutId: value, name }) => ({ value, label: name }))}
            onChange={(id) => choose({ about: id })}
          />
        )}
        <DatePicker
          aria-label="数据截至"
          value={dayjs(asOf)}
          format={(chosen) => `数据截至 ${chosen.format('YYYY-MM-DD')}`}
          maxDate={dayjs(day)}
          allowClear={false}
          onChange={(chosen) => setAsOf(chosen ? chosen.format('YYYY-MM-DD') : day)}
          style={{ width: 190 }}
        />
        <Button type="primary" disabled={about === undefined} loading={send.isPending} onClick={draft}>
          拟稿
        </Button>
      </div>
      {send.error && <Problem error={send.error} />}
    </Card>
  )
}

type Row = PaperBoard['papers'][number]
type Columns = NonNullable<TableProps<Row>['columns']>

function PaperTable({ papers }: Pick<PaperBoard, 'papers'>) {
  const wide = useWide()
  return (
    <Table
      size="small"
      rowKey="paperId"
      dataSource={[...papers]}
      columns={wide ? [title, ...more] : [title]}
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
    />
  )
}

/** The day that is looked at goes along. */
const whenOnly = ({ asOf, known }: Record<string, unknown>) => ({ asOf, known })

const title: Columns[number] = {
  title: '标题',
  render: (_, { paperId, title: words, zh, stands, docNumber, voidedOn }) => (
    <>
      <Link to={`/papers/${paperId}` as never} search={whenOnly as never}>
        {words}
      </Link>{' '}
      {voidedOn !== null && <span className="tag shortage">作废</span>}
      <br />
      <span className="quiet">
        {zh} · {docNumber ?? stands}
      </span>
    </>
  ),
}

const more: Columns = [
  { title: '数据截至', width: 120, render: (_, { asOf }) => asOf },
  { title: '状态', width: 160, render: (_, { stands }) => stands },
  { title: '成文日期', width: 120, render: (_, { issuedOn }) => issuedOn ?? '—' },
]
