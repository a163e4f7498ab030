import { Table, type TableProps } from 'antd'
import { formatNumber } from '../../../ui/figure.tsx'
import { Answered, Card } from '../../../ui/page.tsx'
import { useAnswer } from '../../../ui/use-api.tsx'
import { useWide } from '../../../ui/use-media.ts'
import type { Load, LoadMeter } from '../load-contract.ts'

/** 填报负担 — what a school year of forms costs: one's own institution, or each kind of those in sight. */
export function LoadCard({ asOf }: { asOf: string }) {
  const query = useAnswer<LoadMeter>('/api/filing-load', asOf ? { asOf } : {})
  return (
    <Card title="填报负担" note={query.data && `${query.data.year} · 各单位按期要填的表`}>
      <Answered query={query} rows={3}>
        {(meter) => (
          <>
            {meter.own.map(({ countyId, subjectId, name, load }) => (
              <p key={`${countyId} ${subjectId}`}>
                {name}：{tellLoad(load)}
              </p>
            ))}
            {hasOthers(meter) && <KindTable kinds={meter.kinds} />}
            <p className="quiet">
              {hasOthers(meter) && '“往年报过的”指上一期有审核通过的填报、可以带出的单位。'}
              {tellSeconds(meter)}
            </p>
          </>
        )}
      </Answered>
    </Card>
  )
}

/** Are there any in sight beside those one fills for oneself? */
function hasOthers({ own, kinds }: LoadMeter): boolean {
  return kinds.reduce((sum, { subjects }) => sum + subjects, 0) > own.length
}

function tellLoad({ forms, fields, shown, offered, minutes }: Load): string {
  const there = shown + offered
  const time = minutes === null ? '' : `，约需 ${formatNumber(Math.ceil(minutes))} 分钟`
  return `全年应报 ${forms} 份、${fields} 项；${there} 项已有（台账 ${shown} 项，上期带出 ${offered} 项），占 ${share({ fields, shown, offered })}${time}。`
}

function tellSeconds({ seconds }: LoadMeter): string {
  return seconds
    ? `用时按本市假设估算（未实测）：填写一项 ${seconds.write} 秒，核对一项已有数据 ${seconds.confirm} 秒；两个用时由市教体局定。`
    : '用时缺数据：没有现行有效的每项用时参数。'
}

function share({ fields, shown, offered }: Pick<Load, 'fields' | 'shown' | 'offered'>): string {
  return fields === 0 ? '—' : `${formatNumber((100 * (shown + offered)) / fields, 1)}%`
}

const minutesOf = ({ minutes }: Load) => (minutes === null ? '缺数据' : formatNumber(minutes, 1))

type Kind = LoadMeter['kinds'][number]
type Columns = NonNullable<TableProps<Kind>['columns']>

function KindTable({ kinds }: { kinds: LoadMeter['kinds'] }) {
  const wide = useWide()
  return (
    <Table
      size="small"
      rowKey="kind"
      dataSource={[...kinds]}
      columns={wide ? [kind, ...more, ...load, largest] : [kind, ...load]}
      pagination={false}
      scroll={{ x: wide ? 1000 : 430 }}
    />
  )
}

const number = (title: string, width: number, render: (kind: Kind) => string): Columns[number] => ({
  title,
  width,
  align: 'right',
  render: (_, each) => render(each),
})

const kind: Columns[number] = { title: '类别', dataIndex: 'zh' }
const more: Columns = [
  number('单位（个）', 100, ({ subjects }) => formatNumber(subjects)),
  number('平均份数', 90, ({ mean }) => formatNumber(mean.forms, 1)),
  number('平均项数', 90, ({ mean }) => formatNumber(mean.fields, 1)),
]
const load: Columns = [
  number('已有占比', 90, ({ mean }) => share(mean)),
  number('往年报过的', 110, ({ again }) =>
    again ? `${share(again.mean)}（${formatNumber(again.subjects)}）` : '—',
  ),
  number('平均分钟', 90, ({ mean }) => minutesOf(mean)),
]
const largest: Columns[number] = {
  title: '负担最重的一个',
  render: (_, { largest: { name, load: most } }) => (
    <>
      {name}
      <br />
      <span className="quiet">
        {most.forms} 份 {most.fields} 项，已有 {share(most)}，{minutesOf(most)} 分钟
      </span>
    </>
  ),
}
