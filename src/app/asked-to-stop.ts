const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * 停止请求 — calls back at the first signal to stop; returns how to take the watch back.
 *
 * One request often arrives twice, from the terminal's group and handed on by the starter, so later ones
 * are ignored: they must not cut short the stopping of the database that the first one began.
 */
export function onStopAsked(then: () => void): () => void {
  let asked = false
  const hear = () => {
    if (!asked) then()
    asked = true
  }
  for (const signal of signals) process.on(signal, hear)
  return () => {
    for (const signal of signals) process.off(signal, hear)
  }
}

/** 输出已关闭 — what is printed to a closed pipe (`… | head -1`) is dropped without a word and breaks no work off. */
export function onOutputClosed(then: () => void = () => {}): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
      then()
    })
}

/** 等候停止 — resolves at a signal, or when nobody is left to read what is printed: `npm start | head -4` ends as other programs do. */
export function askedToStop(): Promise<undefined> {
  return new Promise((resolve) => {
    onStopAsked(() => resolve(undefined))
    onOutputClosed(() => resolve(undefined))
  })
}
