/**
 * 第 k 小 — the k-th smallest value (from 0) of a list, which is reordered in place. Expected O(n).
 *
 * Source: Hoare's selection, 1961.
 *
 * @example selectKth(Float64Array.of(5, 1, 4), 1) // 4
 */
export function selectKth(values: Float64Array, k: number): number {
  let left = 0
  let right = values.length - 1
  while (left < right) {
    const pivot = values[(left + right) >> 1]!
    let low = left
    let high = right
    while (low <= high) {
      while (values[low]! < pivot) low++
      while (values[high]! > pivot) high--
      if (low > high) break
      const held = values[low]!
      values[low++] = values[high]!
      values[high--] = held
    }
    if (k <= high) right = high
    else if (k >= low) left = low
    else return values[k]!
  }
  return values[k]!
}
