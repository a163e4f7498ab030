/** 每天一次 — a chore asked for every minute that does its work the first time on each day `today` tells. */
export function onceADay(today: () => string, work: () => Promise<unknown>): () => Promise<void> {
  let done = ''
  return async () => {
    const day = today()
    if (day === done) return
    await work()
    done = day
  }
}
