import { LineChart } from 'echarts/charts'
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import * as echarts from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useMemo } from 'react'
import { Drawing } from './drawing.tsx'
import { type LabelPlace, placeLabels } from './place-label.ts'
import { colours } from './theme.ts'
import { useChart } from './use-chart.ts'

echarts.use([LineChart, GridComponent, TooltipComponent, MarkLineComponent, CanvasRenderer])

/** 一条线 — its points by year; `null` where there is none (shown as a break, never as 0). */
export interface ChartLine {
  readonly label: string
  readonly tone: 'ink' | 'surplus' | 'gold' | 'quiet'
  readonly values: readonly (number | null)[]
  readonly dashed?: boolean
  readonly step?: boolean
}

/** 区间 — lower and upper edge by year. */
export interface ChartBand {
  readonly label: string
  readonly low: readonly (number | null)[]
  readonly high: readonly (number | null)[]
}

const toneColour = { ink: colours.ink, surplus: colours.surplus, gold: '#b07d16', quiet: '#8a8a84' } as const

/** 趋势图 — what was, what is expected with its band, what stands against it; labels on the lines, no legend to decode. */
export function BandChart(props: {
  years: readonly number[]
  lines: readonly ChartLine[]
  band?: ChartBand
  /** A dotted line at the last year known. */
  now?: number
  height?: number
  /** Sentence that says in words what the chart shows, for those who cannot see it. */
  words: string
  /** Shows a save button; used as the file's name. */
  fileName?: string
}) {
  const option = useMemo(
    () => chartOption(props.years, props.lines, props.band, props.now),
    [props.years, props.lines, props.band, props.now],
  )
  const chart = useChart(option)
  return <Drawing chart={chart} words={props.words} height={props.height ?? 250} fileName={props.fileName} />
}

function chartOption(
  years: readonly number[],
  lines: readonly ChartLine[],
  band: ChartBand | undefined,
  now: number | undefined,
): echarts.EChartsCoreOption {
  const drawn = [
    ...lines.map(({ values, label }) => ({ values, letters: label.length })),
    ...(band ? [{ values: band.high, letters: band.label.length }] : []),
  ]
  const places = placeLabels(drawn, band ? [band.low] : [])
  return {
    grid: { left: 8, right: 16, top: 24, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'axis',
      confine: true,
      // Drawn on the canvas: made of elements, it would need inline styles, which no page here may carry.
      renderMode: 'richText',
      formatter: ([point]: readonly { readonly dataIndex: number }[]) =>
        point ? yearWords(years, lines, band, point.dataIndex) : '',
    },
    xAxis: {
      type: 'category',
      data: years.map(String),
      boundaryGap: false,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: '#c9c7bf' } },
      axisLabel: { color: colours.quiet },
    },
    yAxis: {
      type: 'value',
      scale: true,
      splitLine: { lineStyle: { color: '#eceae3' } },
      axisLabel: { color: colours.quiet, formatter: (value: number) => value.toLocaleString('zh-CN') },
    },
    series: [
      ...bandSeries(band, places[lines.length]),
      ...lines.map((line, index) => lineSeries(line, places[index], now)),
    ],
  }
}

/** One year in words: what there is, the band by its two edges; what there is not is left out. */
function yearWords(
  years: readonly number[],
  lines: readonly ChartLine[],
  band: ChartBand | undefined,
  index: number,
): string {
  const number = (value: number) =>
    (Number.isInteger(value) || Math.abs(value) >= 100 ? whole : tenths)(value)
  const low = band?.low[index]
  const high = band?.high[index]
  const known = lines.flatMap(({ label, values }) => {
    const value = values[index]
    return typeof value === 'number' ? [`${label} ${number(value)}`] : []
  })
  const edges =
    band && typeof low === 'number' && typeof high === 'number' && low !== high
      ? [`${band.label} ${number(low)}—${number(high)}`]
      : []
  return [`${years[index]} 年`, ...known, ...edges].join('\n')
}

const whole = (value: number) => Math.round(value).toLocaleString('zh-CN')
const tenths = (value: number) => value.toLocaleString('zh-CN', { maximumFractionDigits: 2 })

function lineSeries(line: ChartLine, place: LabelPlace | undefined, now: number | undefined) {
  return {
    name: line.label,
    type: 'line',
    step: line.step ? 'end' : false,
    // Labels hang on symbols: without one, however small, the library leaves them out.
    symbol: 'circle',
    symbolSize: 0.1,
    lineStyle: { color: toneColour[line.tone], width: 2, type: line.dashed ? 'dashed' : 'solid' },
    itemStyle: { color: toneColour[line.tone] },
    data: line.values.map((value, index) =>
      index === place?.index ? { value, label: labelAt(place, line.label, toneColour[line.tone]) } : value,
    ),
    ...(now !== undefined &&
      line.tone === 'ink' && {
        markLine: {
          silent: true,
          symbol: 'none',
          data: [{ xAxis: String(now) }],
          lineStyle: { type: 'dotted', color: '#9a988f' },
          label: { show: false },
        },
      }),
  }
}

/** A white rim keeps a label readable where a line runs close by. */
function labelAt({ side, align }: LabelPlace, words: string, color: string) {
  return {
    show: true,
    formatter: words,
    position: side,
    distance: 5,
    align,
    color,
    fontSize: 11,
    textBorderColor: '#fff',
    textBorderWidth: 3,
  }
}

/** Two stacked areas: an invisible one up to the lower edge, a pale one from there to the upper edge. */
function bandSeries(band: ChartBand | undefined, place: LabelPlace | undefined) {
  if (!band) return []
  const width = band.high.map((high, index) => {
    const low = band.low[index]
    return typeof high === 'number' && typeof low === 'number' ? high - low : null
  })
  const hidden = {
    type: 'line',
    symbol: 'circle',
    symbolSize: 0.1,
    stack: 'band',
    lineStyle: { opacity: 0 },
    tooltip: { show: false },
  }
  return [
    { ...hidden, name: `${band.label}下限`, data: band.low },
    {
      ...hidden,
      name: `${band.label}宽度`,
      data: width.map((value, index) =>
        place && index === place.index ? { value, label: labelAt(place, band.label, '#4d7fa3') } : value,
      ),
      areaStyle: { color: colours.surplusGround, opacity: 0.55 },
    },
  ]
}
