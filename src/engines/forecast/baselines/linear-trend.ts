const window = 4

/**
 * 四年直线 — least-squares line through the last four years, carried on; one year stays level.
 *
 * @example linearTrend([10, 12, 14, 16], 2) // 20
 */
export function linearTrend(series: readonly number[], horizon: number): number {
  const tail = series.slice(-window)
  const count = tail.length
  const centre = (count - 1) / 2
  const mean = tail.reduce((sum, value) => sum + value, 0) / count
  const spread = tail.reduce((sum, _, at) => sum + (at - centre) ** 2, 0)
  const slope = spread > 0 ? tail.reduce((sum, value, at) => sum + (at - centre) * value, 0) / spread : 0
  return mean + slope * (count - 1 + horizon - centre)
}
