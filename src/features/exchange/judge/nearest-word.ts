/** 最近的词 — the word most like the one written, for "您是不是想填…"; undefined when none is like it. */
export function nearestWord(written: string, words: readonly string[]): string | undefined {
  let best: { word: string; distance: number } | undefined
  for (const word of words) {
    const distance = editDistance(written, word)
    if (!best || distance < best.distance) best = { word, distance }
  }
  if (!best) return undefined
  const longest = Math.max(written.length, best.word.length)
  return best.distance < longest ? best.word : undefined
}

/** 编辑距离 — how many letters must be put in, taken out or changed (Levenshtein). */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const changed = row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1)
      next.push(Math.min(changed, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[other.length]!
}
