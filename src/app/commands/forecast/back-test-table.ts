import type { PanelForecast } from '../../../engines/forecast/forecast-panel.ts'

const methods = ['ours', 'naive', 'linear', 'progression', 'smoothing', 'gm11'] as const
const names = ['本方法', '照搬上年', '四年直线', '朴素升级率', '指数平滑', 'GM(1,1)']

/** 回测表 — one line per level, scope and horizon: WAPE of every method in per cent, and how often our band held. */
export function backTestTable(forecast: PanelForecast, horizons: readonly number[]): string {
  const levels = [...new Set(forecast.backTest.map((row) => row.level))].sort()
  const lines = [['层级', '范围', '年数', ...names, '偏差'].join('\t')]
  for (const level of levels) {
    for (const scope of ['grade', 'total'] as const) {
      for (const horizon of horizons) {
        const of = forecast.backTest.filter(
          (row) => row.level === level && row.scope === scope && row.horizon === horizon,
        )
        if (of.length === 0) continue
        const wapes = methods.map((method) => percent(of.find((row) => row.method === method)?.wape))
        const bias = percent(of.find((row) => row.method === 'ours')?.bias)
        lines.push([level, scope === 'grade' ? '分年级' : '合计', horizon, ...wapes, bias].join('\t'))
      }
    }
  }
  if (lines.length === 1) return '历史太短，无法回测：每一年都已用于估计。'
  const held = forecast.coverage
    .filter((row) => horizons.includes(row.horizon))
    .map(
      (row) =>
        `${row.scope === 'grade' ? '分年级' : '合计'} ${row.horizon} 年 ${percent(row.inside / row.count)}`,
    )
  return [
    `回测（WAPE，%；只用当年及以前的数据）`,
    ...lines,
    `80% 区间实际覆盖：${held.join('，') || '历史太短'}`,
  ].join('\n')
}

function percent(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '—' : (100 * value).toFixed(2)
}
