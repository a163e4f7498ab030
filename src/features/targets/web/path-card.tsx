import { Table } from 'antd'
import { BandChart, type ChartLine } from '../../../ui/band-chart.tsx'
import { formatNumber } from '../../../ui/figure.tsx'
import { Card, Empty } from '../../../ui/page.tsx'
import type { Point, TargetDetail, TargetPlace } from '../contract.ts'
import type { OpenedFigure } from './use-targets-view.ts'

/** The card's name in the page: a choice in the list leads to it. */
export const pathCardId = 'chosen-target'

/** 路径 — one place's years against the path to the end year, as a chart and as a table; every figure opens. */
export function PathCard(props: {
  detail: TargetDetail
  placeId: number
  onFigure: (figure: OpenedFigure) => void
}) {
  const { detail } = props
  const place = detail.places.find(({ unitId }) => unitId === props.placeId) ?? detail.places[0]
  if (!place) return <Empty why="这一项目标在所选范围内没有单位。请换一个县（市、区）。" />
  const points = place.series.flatMap(({ points: own }) => own)
  const known = points.some(({ value }) => value !== null)
  return (
    <Card
      id={pathCardId}
      className="unit-card"
      title={`${detail.targetId} ${detail.zh} · ${place.name}`}
      note={place.sentence}
    >
      {known && detail.pathKind !== 'steps' && <PathChart detail={detail} place={place} />}
      {!known && <Empty why={`${place.name}的这项数据不在台账里，不能算。缺什么、由谁提供见“缺的数据”。`} />}
      {place.series.map(({ reading, points: own }) => (
        <YearTable
          key={reading ?? ''}
          detail={detail}
          place={place}
          reading={reading}
          points={own}
          onFigure={props.onFigure}
        />
      ))}
      {detail.assumption && <p className="quiet">{detail.assumption}。</p>}
    </Card>
  )
}

function PathChart({ detail, place }: { detail: TargetDetail; place: TargetPlace }) {
  const rate = detail.indicator.denominator !== undefined
  const scaled = (value: number | null | undefined) =>
    value === null || value === undefined ? null : rate ? value * 100 : value
  const own = place.series[0]?.points ?? []
  const first = Math.min(detail.baselineYear, ...own.map(({ year }) => year))
  const years = Array.from({ length: detail.endYear - first + 1 }, (_, at) => first + at)
  const lines: ChartLine[] = [
    {
      label: '实际',
      tone: 'ink',
      values: years.map((year) => scaled(own.find((point) => point.year === year)?.value)),
    },
  ]
  const path = years.map((year) => scaled(place.path.find((each) => each.year === year)?.value))
  if (path.some((value) => value !== null))
    lines.push({ label: '路径', tone: 'gold', dashed: true, values: path })
  return (
    <>
      <p className="quiet" style={{ margin: 0 }}>
        单位：{rate ? '%' : detail.indicator.unit}
      </p>
      <BandChart
        years={years}
        lines={lines}
        {...(place.currentYear && { now: place.currentYear })}
        words={`${place.name}${detail.zh}：${place.sentence}`}
        fileName={`${detail.targetId} ${place.name}.png`}
      />
    </>
  )
}

function YearTable(props: {
  detail: TargetDetail
  place: TargetPlace
  reading: string | null
  points: readonly Point[]
  onFigure: (figure: OpenedFigure) => void
}) {
  const { detail, place, reading, points, onFigure } = props
  const zh = detail.readings.find(({ id }) => id === reading)?.zh
  const number = (value: number | null | undefined) =>
    value === null || value === undefined ? '缺数据' : formatNumber(value)
  const open = (year: number) =>
    onFigure({
      path: `/api/targets/${detail.targetId}/provenance`,
      params: { unit: place.unitId, year, ...(reading && { reading }) },
    })
  return (
    <Table
      size="small"
      rowKey="year"
      dataSource={points.toReversed()}
      pagination={false}
      scroll={{ x: 420 }}
      {...(zh && { title: () => <span className="quiet">读法：{zh}</span> })}
      columns={[
        { title: '学年', dataIndex: 'year' },
        { title: '分子', align: 'right', render: (_, { numerator }) => number(numerator) },
        ...(detail.indicator.denominator === undefined
          ? []
          : [
              {
                title: '分母',
                align: 'right' as const,
                render: (_: unknown, { denominator }: Point) => number(denominator),
              },
            ]),
        {
          title: '数值',
          align: 'right',
          render: (_, { year, words, refused }) => (
            <button
              className="figure"
              type="button"
              title={refused}
              aria-label={`${place.name} ${year} 年 ${words}，查看来历`}
              onClick={() => open(year)}
            >
              {words}
            </button>
          ),
        },
        {
          title: '路径值',
          align: 'right',
          render: (_, { year }) => {
            const value = place.path.find((each) => each.year === year)?.value
            return value === null || value === undefined ? '' : `${(value * 100).toFixed(2)}%`
          },
        },
      ]}
    />
  )
}
