const fewest = 4

/**
 * 灰色模型 GM(1,1) — fits x⁽⁰⁾ₖ + a·zₖ = b on the running sums and carries the exponential on.
 *
 * x̂⁽¹⁾(k+1) = (x⁽⁰⁾₁ − b/a)·e^(−ak) + b/a, x̂⁽⁰⁾ its differences. With fewer than four years, or a zero in
 * them, last year's figure. Source: Deng 1982; in use for enrolment in the city's own studies.
 */
export function greyModel(series: readonly number[], horizon: number): number {
  const last = series.at(-1) ?? Number.NaN
  if (series.length < fewest || series.some((value) => value <= 0)) return last
  let running = series[0]!
  let n = 0
  let sz = 0
  let szz = 0
  let sx = 0
  let szx = 0
  for (let at = 1; at < series.length; at++) {
    const z = running + series[at]! / 2
    running += series[at]!
    n++
    sz += z
    szz += z * z
    sx += series[at]!
    szx += z * series[at]!
  }
  const determinant = n * szz - sz * sz
  const a = (sz * sx - n * szx) / determinant
  const b = (szz * sx - sz * szx) / determinant
  if (!Number.isFinite(a) || Math.abs(a) < 1e-9) return Number.isFinite(b) ? b : last
  const summed = (k: number): number => (series[0]! - b / a) * Math.exp(-a * k) + b / a
  const k = series.length - 1 + horizon
  return summed(k) - summed(k - 1)
}
