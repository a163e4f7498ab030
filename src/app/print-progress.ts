let lastWords = ''

/** 打印进度 — one line per step on a log, one moving line on a terminal. */
export function printProgress(done: number, total: number, words = ''): void {
  const percent = total > 0 ? Math.floor((100 * done) / total) : 0
  if (process.stderr.isTTY) {
    process.stderr.write(`\r\u001b[K${words} ${percent}%${done >= total ? '\n' : ''}`)
    return
  }
  if (words === lastWords) return
  lastWords = words
  process.stderr.write(`${words}…\n`)
}
