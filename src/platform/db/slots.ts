/** 名额 — at most so many at once; the rest wait in turn. */
export interface Slots {
  /** Resolves when there is room; call what it gives when done, once. */
  take(): Promise<() => void>
}

/** 设名额. */
export function openSlots(most: number): Slots {
  let free = most
  const waiting: (() => void)[] = []
  const giveBack = () => {
    const next = waiting.shift()
    if (next) next()
    else free += 1
  }
  return {
    async take() {
      if (free > 0) free -= 1
      else await new Promise<void>((resolve) => waiting.push(resolve))
      let given = false
      return () => {
        if (!given) giveBack()
        given = true
      }
    },
  }
}
