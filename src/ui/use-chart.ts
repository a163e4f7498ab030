import * as echarts from 'echarts/core'
import { type RefObject, useEffect, useRef } from 'react'
import { fontFamily } from './theme.ts'

/** 图表 — keeps an ECharts drawing in an element, in step with its options and its size. */
export function useChart(
  option: echarts.EChartsCoreOption,
  onClick?: (name: string) => void,
): {
  element: RefObject<HTMLDivElement | null>
  save: (fileName: string) => void
  /** What is drawn now, as the address of a picture. */
  picture: () => string | undefined
} {
  const element = useRef<HTMLDivElement>(null)
  const chart = useRef<echarts.ECharts>(undefined)
  useEffect(() => {
    const drawn = echarts.init(element.current as HTMLDivElement, undefined, { renderer: 'canvas' })
    chart.current = drawn
    const watcher = new ResizeObserver(() => drawn.resize())
    watcher.observe(element.current as HTMLDivElement)
    return () => {
      watcher.disconnect()
      drawn.dispose()
    }
  }, [])
  useEffect(() => {
    chart.current?.setOption({ textStyle: { fontFamily }, animation: false, ...option }, { notMerge: true })
  }, [option])
  useEffect(() => {
    const drawn = chart.current
    const listen = (event: { name?: string }) => event.name && onClick?.(event.name)
    drawn?.on('click', listen as never)
    return () => {
      drawn?.off('click', listen as never)
    }
  }, [onClick])
  const picture = () => chart.current?.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: '#fff' })
  const save = (fileName: string) => {
    const url = picture()
    if (url) Object.assign(document.createElement('a'), { href: url, download: fileName }).click()
  }
  return { element, save, picture }
}
