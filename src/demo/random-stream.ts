/** 随机流 — numbers that look like chance and are the same for the same seed and name. */
export interface RandomStream {
  /** In [0, 1). */
  next(): number
  /** In [low, high). */
  between(low: number, high: number): number
  /** A whole number from low to high, both included. */
  whole(low: number, high: number): number
  /** Roughly normal with mean 0 and deviation 1, within ±3. */
  bell(): number
  pick<T>(choices: readonly T[]): T
}

/** 开随机流 — a stream of its own for every purpose, so that a change in one leaves the others as they were. */
export function randomStream(seed: number, name: string): RandomStream {
  const next = smallFastCounter(hashes(`${seed}/${name}`))
  const whole = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    whole,
    bell: () => (next() + next() + next() + next() - 2) * Math.sqrt(3) * 0.99,
    pick: (choices) => choices[whole(0, choices.length - 1)]!,
  }
}

/** Four 32-bit words from a text (FNV-1a with different starts, mixed). */
function hashes(text: string): [number, number, number, number] {
  const word = (start: number) => {
    let hash = start
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16_777_619)
    hash = Math.imul(hash ^ (hash >>> 16), 2_246_822_507)
    return (hash ^ (hash >>> 13)) >>> 0
  }
  return [word(2_166_136_261), word(3_735_928_559), word(1_597_334_677), word(2_654_435_769)]
}

/** sfc32 by Chris Doty-Humphrey (public domain); warmed up so that near seeds part. */
function smallFastCounter([one, two, three, four]: [number, number, number, number]): () => number {
  let [a, b, c, count] = [one, two, three, four]
  const next = () => {
    const sum = (a + b + count) | 0
    count = (count + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 4_294_967_296
  }
  for (let i = 0; i < 12; i++) next()
  return next
}
