import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Button, Select, Table, type TableProps } from 'antd'
import { chinaMoment } from '../../../kernel/china-moment.ts'
import { shortPlaceName } from '../../../kernel/short-place-name.ts'
import { ButtonLink } from '../../../ui/button-link.tsx'
import { counted } from '../../../ui/counted.ts'
import { formatNumber } from '../../../ui/figure.tsx'
import { Answered, Card, Empty, Page, Problem } from '../../../ui/page.tsx'
import { useAnswer, useSend } from '../../../ui/use-api.tsx'
import { useWide } from '../../../ui/use-media.ts'
import { useUrlState } from '../../../ui/use-url-state.ts'
import type { FilingBoard } from '../contract.ts'
import type { DoubtsShown } from '../doubts-contract.ts'
import { RemindButton } from './reminders-card.tsx'

/** 填报名单 — who owes one form of one period, where each stands, and the way into each filing. */
export function FormBoardPage() {
  const { formId } = useParams({ strict: false }) as { formId: string }
  const [period] = useUrlState('period', '')
  const [county] = useUrlState('county', '')
  const [only, setOnly] = useUrlState('only', '')
  const [asOf] = useUrlState('asOf', '')
  const query = useAnswer<FilingBoard>('/api/filings', {
    form: formId,
    ...(asOf && { asOf }),
    ...(period && { period }),
    ...(county && { county }),
    ...(only && { only }),
  })
  const board = query.data
  return (
    <Page
      title={board ? `${board.form.zh} · ${board.period.zh}` : '填报名单'}
      answer={board && tellBoard(board)}
      tools={
        <>
          <Select
            aria-label="状态"
            style={{ minWidth: 150 }}
            value={only}
            onChange={setOnly}
            options={states}
          />
          {board && board.period.dueOn !== null && (
            <ButtonLink
              to={`/filing/sheets/${board.form.id}` as never}
              search={{ period: board.period.id, ...(county && { county }), ...(asOf && { asOf }) } as never}
            >
              总表与表格填报
            </ButtonLink>
          )}
          {board && <RemindButton board={board} refresh={() => void query.refetch()} />}
          {board?.mayEnter.map(({ subjectId, name }) => (
            <OpenButton key={subjectId} board={board} subjectId={subjectId} words={`${name}登记一条`} />
          ))}
        </>
      }
    >
      <Answered query={query} rows={12}>
        {(answer) =>
          answer.total === 0 ? (
            <Empty
              why={
                answer.period.dueOn === null
                  ? '还没有符合条件的记录。'
                  : '没有符合条件的单位。请换一个状态，或到上方改县（市、区）。'
              }
            />
          ) : (
            <>
              {answer.counties.length > 1 && <CountyCard board={answer} />}
              <Card
                title="名单"
                note={
                  answer.period.dueOn === null
                    ? counted`共 ${answer.total} 条`
                    : answer.total > answer.rows.length
                      ? counted`共 ${answer.total} 个单位，先列 ${answer.rows.length} 个；请选县或状态缩小范围`
                      : counted`共 ${answer.total} 个单位`
                }
              >
                <NameTable board={answer} />
              </Card>
              <DoubtList form={answer.form.id} period={answer.period} asOf={asOf} />
            </>
          )
        }
      </Answered>
    </Page>
  )
}

const states = [
  { value: '', label: '全部状态' },
  { value: 'not-submitted', label: '还没有报' },
  { value: 'waiting', label: '待审核' },
  { value: 'returned', label: '被退回' },
  { value: 'late', label: '过期未报和迟报' },
]

function tellBoard({ form, period, counties, total }: FilingBoard): string {
  if (period.dueOn === null) return `${form.why}。现有 ${total} 条记录。`
  const sum = (of: (county: FilingBoard['counties'][number]) => number) =>
    counties.reduce((total, county) => total + of(county), 0)
  const due = sum((county) => county.due)
  const submitted = sum((county) => county.submitted)
  return counted`${form.why}。截止 ${period.dueOn}，应报 ${due} 份，已报 ${submitted} 份，还差 ${due - submitted} 份；通过 ${sum((county) => county.approved)} 份，过期未报和迟报 ${sum((county) => county.late)} 份。`
}

function CountyCard({ board }: { board: FilingBoard }) {
  const [, setCounty] = useUrlState('county', '')
  return (
    <Card title="各县（市、区）" note="单位：份 · 点县名只看该县">
      <Table
        size="small"
        rowKey="countyId"
        pagination={false}
        dataSource={board.counties}
        scroll={{ x: 520 }}
        columns={[
          {
            title: '县（市、区）',
            render: (_, { countyId, name }) => (
              <button className="link-button" type="button" onClick={() => setCounty(String(countyId))}>
                {shortPlaceName(name)}
              </button>
            ),
          },
          ...(['due', 'submitted', 'returned', 'approved', 'late'] as const).map((field, at) => ({
            title: ['应报', '已报', '退回', '通过', '迟报'][at],
            dataIndex: field,
            align: 'right' as const,
            width: 80,
            render: (count: number) => formatNumber(count),
          })),
        ]}
      />
    </Card>
  )
}

/** Every cell somebody asks about and every doubt that was explained, each leading to its filing. */
function DoubtList(props: { form: string; period: FilingBoard['period']; asOf: string }) {
  const { form, period, asOf } = props
  const { data = [] } = useAnswer<DoubtsShown>('/api/filing-doubts', {
    form,
    ...(asOf && { asOf }),
    ...(period.dueOn !== null && { period: period.id }),
  })
  if (data.length === 0) return null
  const open = data.filter(({ kind }) => kind === 'mark').length
  return (
    <Card title="存疑清单" note={`待核 ${open} 处，已说明的存疑 ${data.length - open} 处`}>
      <ul className="rows">
        {data.map(({ filingId, name, kind, line, what, says, by, at }) => (
          <li key={`${filingId} ${kind} ${line} ${what} ${at}`}>
            <span className="grow">
              <span className={`tag ${kind === 'mark' ? 'waiting' : 'quiet'}`}>
                {kind === 'mark' ? '待核' : '已说明'}
              </span>{' '}
              <Link to={`/filing/${filingId}` as never}>{name}</Link> {line > 0 && `第 ${line} 行`}
              {what}：{says}
              <br />
              <span className="quiet">
                {chinaMoment(at)} {by}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

type Row = FilingBoard['rows'][number]

function NameTable({ board }: { board: FilingBoard }) {
  const wide = useWide()
  const columns: NonNullable<TableProps<Row>['columns']> = [
    { title: '单位', dataIndex: 'name' },
    {
      title: '状态',
      width: wide ? 240 : 130,
      render: (_, { stands, late, remindedAt }) => (
        <>
          {stands} {late && <span className="tag shortage">迟报</span>}{' '}
          {remindedAt && <span className="tag waiting">{chinaMoment(remindedAt).slice(0, 10)} 已催</span>}
        </>
      ),
    },
    {
      title: '',
      width: 76,
      render: (_, { subjectId, filingId, mayFill }) =>
        (mayFill || filingId !== null) && (
          <OpenButton
            board={board}
            subjectId={subjectId}
            filingId={filingId}
            {...(mayFill && { words: '填报' })}
            small
          />
        ),
    },
  ]
  return (
    <Table
      size="small"
      rowKey={({ subjectId, filingId }) => `${subjectId} ${filingId}`}
      pagination={false}
      dataSource={board.rows}
      columns={columns}
      virtual={board.rows.length > 60}
      scroll={board.rows.length > 60 ? { x: 320, y: 560 } : { x: 320 }}
    />
  )
}

/** A filing that is there is read; one that is not yet is opened by whoever fills it. */
function OpenButton(props: {
  board: FilingBoard
  subjectId: number
  filingId?: number | null
  words?: string
  small?: boolean
}) {
  const { board, subjectId, filingId, words = '查看' } = props
  const navigate = useNavigate()
  const opening = useSend<object, { filingId: number }>('POST', '/api/filings')
  const show = (id: number) => navigate({ to: `/filing/${id}` } as never)
  const open = () =>
    opening.mutate(
      { formId: board.form.id, period: board.period.id, subjectId },
      { onSuccess: (opened) => show(opened.filingId) },
    )
  return (
    <>
      <Button
        size={props.small ? 'small' : 'middle'}
        loading={opening.isPending}
        onClick={() => (filingId ? show(filingId) : open())}
      >
        {words}
      </Button>
      {opening.error && <Problem error={opening.error} />}
    </>
  )
}
