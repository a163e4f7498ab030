import { DatePicker, Table } from 'antd'
import dayjs from 'dayjs'
import { shortPlaceName } from '../../../kernel/short-place-name.ts'
import { Answered, Card, Page } from '../../../ui/page.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import { useWide } from '../../../ui/use-media.ts'
import { useUrlState } from '../../../ui/use-url-state.ts'
import type { MonthTable } from '../month-contract.ts'

/** 规范监管月表 — each kind the plan lists, each county: how many findings were opened and closed in the month. */
export function MonthPage() {
  const [month, setMonth] = useUrlState('month', '')
  const [asOf] = useUrlState('asOf', '')
  const query = useAnswer<MonthTable>('/api/violations/months', {
    ...(month && { month }),
    ...(asOf && { asOf }),
  })
  const shown = query.data
  return (
    <Page
      title="规范监管月表"
      answer={shown && tellMonth(shown)}
      tools={
        <DatePicker
          aria-label="月份"
          picker="month"
          allowClear={false}
          value={shown ? dayjs(`${shown.month}-01`) : null}
          onChange={(chosen) => chosen && setMonth(chosen.format('YYYY-MM'))}
        />
      }
    >
      <Answered query={query} rows={13}>
        {(table) => table.lists.map((list) => <Kinds key={list.id} list={list} counties={table.counties} />)}
      </Answered>
    </Page>
  )
}

function tellMonth({ month, until, lists }: MonthTable): string {
  const kinds = lists.flatMap((list) => list.kinds)
  const sum = (what: 'opened' | 'closed') => kinds.reduce((total, kind) => total + kind[what], 0)
  return `${Number(month.slice(0, 4))}年${Number(month.slice(5))}月（截至 ${until}）原文所列 ${kinds.length} 类问题立项 ${sum('opened')} 个、销号 ${sum('closed')} 个。`
}

type List = MonthTable['lists'][number]
type Kind = List['kinds'][number]

function Kinds({ list, counties }: { list: List; counties: MonthTable['counties'] }) {
  const wide = useWide()
  return (
    <Card title={`${list.zh}（${list.item}）`} note="立项 / 销号，单位：个；立项含复发重开，销号含不予交办">
      <Table
        size="small"
        rowKey="rule"
        pagination={false}
        dataSource={list.kinds}
        scroll={{ x: 260 + counties.length * 76 }}
        columns={[
          { title: '问题种类', dataIndex: 'zh', fixed: 'left', width: wide ? 200 : 130 },
          { title: '合计', align: 'right', width: 72, render: (_, kind) => tell(kind) },
          ...counties.map(({ countyId, county }, at) => ({
            title: shortPlaceName(county),
            key: String(countyId),
            align: 'right' as const,
            width: 76,
            render: (_: unknown, { cells }: Kind) => tell(cells[at]!),
          })),
        ]}
      />
    </Card>
  )
}

function tell({ opened, closed }: { readonly opened: number; readonly closed: number }) {
  const words = `${opened} / ${closed}`
  return opened + closed === 0 ? <span className="quiet">{words}</span> : words
}
