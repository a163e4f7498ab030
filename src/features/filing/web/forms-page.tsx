import { Link } from '@tanstack/react-router'
import { Table, type TableProps } from 'antd'
import { formatNumber } from '../../../ui/figure.tsx'
import { Answered, Card, Empty, Page } from '../../../ui/page.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import { useWide } from '../../../ui/use-media.ts'
import { useUrlState } from '../../../ui/use-url-state.ts'
import type { FormBoard } from '../contract.ts'
import { tellForms } from './filing-words.ts'
import { LoadCard } from './load-card.tsx'
import { RemindersCard } from './reminders-card.tsx'

/** 填报采集 — every form with how many owe it, have handed it in and are late; each period opens its list of names. */
export function FormsPage() {
  const [asOf] = useUrlState('asOf', '')
  const query = useAnswer<FormBoard>('/api/forms', asOf ? { asOf } : {})
  return (
    <Page title="填报采集" answer={query.data && tellForms(query.data)}>
      <Answered query={query} rows={8}>
        {({ forms }) => {
          const rows = forms.flatMap((form) => form.periods.map((period) => ({ form, period })))
          const books = forms.filter(({ byEvent }) => byEvent)
          return (
            <>
              <RemindersCard asOf={asOf} />
              <Card title="报表" note="单位：份 · 点名称看谁报了、谁没报，或直接填报">
                {rows.length === 0 ? (
                  <Empty why="现在没有要填的报表。到了填报期，报表会出现在这里。" />
                ) : (
                  <FormTable rows={rows} />
                )}
              </Card>
              {books.length > 0 && <BooksCard books={books} />}
              <LoadCard asOf={asOf} />
            </>
          )
        }}
      </Answered>
    </Page>
  )
}

/** Books kept as things happen: they are never due, only complete or not. */
function BooksCard({ books }: { books: FormBoard['forms'] }) {
  return (
    <Card title="台账" note="随时登记，一事一条">
      <ul className="rows">
        {books.map(({ formId, zh, why, serves }) => (
          <li key={formId}>
            <span className="grow">
              <Link to={`/filing/forms/${formId}` as never}>{zh}</Link>
              <br />
              <span className="quiet">
                {why}（{serves.join('、')}）
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

interface Row {
  readonly form: FormBoard['forms'][number]
  readonly period: FormBoard['forms'][number]['periods'][number]
}
type Columns = NonNullable<TableProps<Row>['columns']>

function FormTable({ rows }: { rows: readonly Row[] }) {
  const wide = useWide()
  return (
    <Table
      size="small"
      rowKey={({ form, period }) => `${form.formId} ${period.id}`}
      dataSource={[...rows]}
      columns={wide ? [name, ...when, ...counts] : [name, ...counts.slice(0, 2)]}
      pagination={false}
      scroll={{ x: wide ? 900 : 320 }}
    />
  )
}

const name: Columns[number] = {
  title: '报表',
  render: (_, { form, period }) => (
    <>
      <Link to={`/filing/forms/${form.formId}` as never} search={{ period: period.id } as never}>
        {form.zh}
      </Link>
      <br />
      <span className="quiet">{period.zh}</span>
    </>
  ),
}

const when: Columns = [
  { title: '截止', width: 110, render: (_, { period }) => period.dueOn },
  { title: '服务任务', width: 150, render: (_, { form }) => form.serves.join('、') },
]

const counts: Columns = (
  [
    ['due', '应报'],
    ['submitted', '已报'],
    ['returned', '退回'],
    ['approved', '通过'],
    ['late', '迟报'],
  ] as const
).map(([field, title]) => ({
  title,
  align: 'right' as const,
  width: 70,
  render: (_, { period }) => formatNumber(period[field]),
}))
