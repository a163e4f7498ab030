import { MapChart } from 'echarts/charts'
import { GeoComponent, TooltipComponent } from 'echarts/components'
import * as echarts from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useMemo } from 'react'
import { Drawing } from './drawing.tsx'
import { type Outlines, placeNames } from './place-names.ts'
import { useChart } from './use-chart.ts'
import { useWide } from './use-media.ts'

echarts.use([MapChart, GeoComponent, TooltipComponent, CanvasRenderer])

/** 图上一块 — an area, what is said of it in words, and its fill. */
export interface MapArea {
  readonly key: string
  readonly name: string
  readonly words: string
  readonly colour: string
}

/** 地图 — our own outlines, no tiles, nothing from outside; its twin is the table with the same words. */
export function AreaMap(props: {
  /** Changes when the outlines change. */
  mapKey: string
  /** GeoJSON whose features carry `properties.key` equal to the areas' keys. */
  outlines: object
  areas: readonly MapArea[]
  words: string
  onChoose?: (key: string) => void
  fileName?: string
  height?: number
}) {
  const { mapKey, outlines, areas } = props
  const wide = useWide()
  const height = props.height ?? (wide ? 460 : 320)
  const option = useMemo(() => {
    echarts.registerMap(mapKey, outlines as never)
    return mapOption(mapKey, areas, placeNames(outlines as Outlines, areas, height))
  }, [mapKey, outlines, areas, height])
  const chart = useChart(option, props.onChoose)
  return <Drawing chart={chart} words={props.words} height={height} fileName={props.fileName} />
}

function mapOption(
  mapKey: string,
  areas: readonly MapArea[],
  names: ReadonlyMap<string, string>,
): echarts.EChartsCoreOption {
  const byKey = new Map(areas.map((area) => [area.key, area]))
  return {
    tooltip: {
      trigger: 'item',
      confine: true,
      // Drawn on the canvas: made of elements, it would need inline styles, which no page here may carry.
      renderMode: 'richText',
      textStyle: { width: 260, overflow: 'break' },
      formatter: ({ name }: { name: string }) => byKey.get(name)?.words ?? '',
    },
    series: [
      {
        type: 'map',
        map: mapKey,
        nameProperty: 'key',
        roam: true,
        scaleLimit: { min: 0.8, max: 12 },
        aspectScale: 0.83,
        selectedMode: false,
        label: {
          show: areas.length <= 40,
          fontSize: 11,
          color: '#222',
          formatter: ({ name }: { name: string }) => names.get(name) ?? '',
        },
        itemStyle: { borderColor: '#8f8d84', borderWidth: 0.8, areaColor: '#f2f1ec' },
        emphasis: {
          label: {
            show: true,
            formatter: ({ name }: { name: string }) => byKey.get(name)?.name ?? '',
            textBorderColor: '#fff',
            textBorderWidth: 3,
          },
          itemStyle: { areaColor: '#f5e3ae' },
        },
        data: areas.map((area) => ({ name: area.key, value: 0, itemStyle: { areaColor: area.colour } })),
      },
    ],
  }
}
