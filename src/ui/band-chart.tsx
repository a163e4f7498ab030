import { LineChart } from 'echarts/charts'
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import * as echarts from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useMemo } from 'react'
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
  const { element, save } = useChart(option)
  return (
    <figure style={{ margin: 0 }}>
      <div
        ref={element}
        role="img"
        aria-label={props.words}
        style={{ height: props.height ?? 250, width: '100%' }}
      />
      {props.fileName && (
        <button className="link-button no-print" type="button" onClick={() => save(props.fileName as string)}>
          存为图片
        </button>
      )}
    </figure>
  )
}

function chartOption(
  years: readonly number[],
  lines: readonly ChartLine[],
  band: ChartBand | undefined,
  now: number | undefined,
): echarts.EChartsCoreOption {
  return {
    grid: { left: 8, right: 16, top: 24, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'axis',
      valueFormatter: (value: unknown) =>
        typeof value === 'number' ? Math.round(value).toLocaleString('zh-CN') : '缺',
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
    series: [...bandSeries(band), ...lines.map((line) => lineSeries(line, now))],
  }
}

function lineSeries(line: ChartLine, now: number | undefined) {
  const last = line.values.findLastIndex((value) => value !== null)
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
      index === labelAt(line, last)
        ? {
            value,
            label: {
              show: true,
              formatter: line.label,
              position: labelSide(line, index),
              color: toneColour[line.tone],
              fontSize: 11,
            },
          }
        : value,
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

/** A label stands over the middle of its line, where the line's neighbours are least likely to crowd it. */
function labelAt(line: ChartLine, last: number): number {
  const first = line.values.findIndex((value) => value !== null)
  return Math.round(first + (last - first) * (line.dashed ? 0.6 : 0.4))
}

function labelSide(line: ChartLine, index: number): 'top' | 'bottom' {
  const before = line.values[index - 1]
  const here = line.values[index]
  return typeof before === 'number' && typeof here === 'number' && line.dashed && here < before
    ? 'bottom'
    : 'top'
}

/** Two stacked areas: an invisible one up to the lower edge, a pale one from there to the upper edge. */
function bandSeries(band: ChartBand | undefined) {
  if (!band) return []
  const width = band.high.map((high, index) => {
    const low = band.low[index]
    return typeof high === 'number' && typeof low === 'number' ? high - low : null
  })
  const hidden = {
    type: 'line',
    symbol: 'none',
    stack: 'band',
    lineStyle: { opacity: 0 },
    tooltip: { show: false },
  }
  return [
    { ...hidden, name: `${band.label}下限`, data: band.low },
    {
      ...hidden,
      name: `${band.label}宽度`,
      data: width,
      areaStyle: { color: colours.surplusGround, opacity: 0.55 },
    },
  ]
}
