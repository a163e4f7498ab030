import type pg from 'pg'

/** 监听 — hears what is announced on a channel, and connects again whenever the connection is lost. */
export function listen(pool: pg.Pool, channel: string, heard: (word: string) => void): () => Promise<void> {
  let client: pg.PoolClient | undefined
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  const lost = () => {
    client?.release(true)
    client = undefined
    // A connection that breaks within its first statement is lost twice: by its event and by the statement.
    clearTimeout(timer)
    if (!stopped)
      timer = setTimeout(() => {
        connecting = connect()
      }, 1_000)
  }
  const connect = async () => {
    try {
      const fresh = await pool.connect()
      client = fresh
      fresh.on('error', () => client === fresh && lost())
      fresh.on('notification', ({ payload }) => heard(payload ?? ''))
      await fresh.query(`listen ${channel}`)
      heard('')
    } catch {
      lost()
    }
  }
  let connecting = connect()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await connecting
    client?.release(true)
    client = undefined
  }
}
