const alphas = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]

/**
 * 一次指数平滑 — level sₜ = α·xₜ + (1 − α)·sₜ₋₁ from s₁ = x₁; every horizon gets the last level.
 *
 * α is the one of 0.1 … 0.9 with the least squared one-step miss within the series.
 *
 * @example simpleSmoothing([10, 10, 10]) // 10
 */
export function simpleSmoothing(series: readonly number[]): number {
  let best = Number.NaN
  let least = Number.POSITIVE_INFINITY
  for (const alpha of alphas) {
    let level = series[0] ?? Number.NaN
    let missed = 0
    for (let at = 1; at < series.length; at++) {
      missed += (series[at]! - level) ** 2
      level = alpha * series[at]! + (1 - alpha) * level
    }
    if (missed >= least) continue
    least = missed
    best = level
  }
  return best
}
