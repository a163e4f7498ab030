import { MapChart } from 'echarts/charts'
import { GeoComponent, TooltipComponent } from 'echarts/components'
import * as echarts from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useMemo } from 'react'
import { useChart } from './use-chart.ts'

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
  const option = useMemo(() => {
    echarts.registerMap(mapKey, outlines as never)
    return mapOption(mapKey, areas)
  }, [mapKey, outlines, areas])
  const { element, save } = useChart(option, props.onChoose)
  return (
    <figure style={{ margin: 0 }}>
      <div
        ref={element}
        role="img"
        aria-label={props.words}
        style={{ height: props.height ?? 460, width: '100%' }}
      />
      {props.fileName && (
        <button className="link-button no-print" type="button" onClick={() => save(props.fileName as string)}>
          存为图片
        </button>
      )}
    </figure>
  )
}

function mapOption(mapKey: string, areas: readonly MapArea[]): echarts.EChartsCoreOption {
  const byKey = new Map(areas.map((area) => [area.key, area]))
  return {
    tooltip: { trigger: 'item', formatter: ({ name }: { name: string }) => byKey.get(name)?.words ?? '' },
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
          formatter: ({ name }: { name: string }) => byKey.get(name)?.name ?? '',
        },
        itemStyle: { borderColor: '#8f8d84', borderWidth: 0.8, areaColor: '#f2f1ec' },
        emphasis: { label: { show: true }, itemStyle: { areaColor: '#f5e3ae' } },
        data: areas.map((area) => ({ name: area.key, value: 0, itemStyle: { areaColor: area.colour } })),
      },
    ],
  }
}
