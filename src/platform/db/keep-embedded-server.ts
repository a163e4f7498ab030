import { type EmbeddedServer, type ServerSettings, startEmbeddedServer } from './embedded-server.ts'

/** How often it is looked after: a quarter second is nothing beside the second or two a restart takes. */
const lookEveryMs = 250

/**
 * 守护内置数据库 — starts it again whenever its process is gone, until `stop`; what was committed is still there.
 *
 * For the process that serves: a server of DATABASE_URL has its own keeper. `onRestart` is told each time.
 */
export async function keepEmbeddedServer(
  folder: string,
  programs?: string,
  settings?: ServerSettings,
  onRestart: (problem?: Error) => void = () => {},
): Promise<EmbeddedServer> {
  const first = await startEmbeddedServer(folder, programs, settings)
  let current = first
  let restarting: Promise<void> | undefined
  const look = setInterval(() => {
    if (restarting || current.isAlive()) return
    restarting = startEmbeddedServer(folder, programs, settings)
      .then((server) => {
        current = server
        onRestart()
      }, onRestart)
      .finally(() => {
        restarting = undefined
      })
  }, lookEveryMs)
  look.unref()
  return {
    connection: first.connection,
    adopted: first.adopted,
    isAlive: () => current.isAlive(),
    stop: async () => {
      clearInterval(look)
      await restarting
      await current.stop()
    },
  }
}
