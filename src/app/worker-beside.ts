import { type ChildProcess, fork } from 'node:child_process'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from './data-folder.ts'

/** Above the niceness of whoever answers people: an export may take longer, a page may not. */
const niceness = 10
const pauseMs = 5_000
/** A worker gives back what it cannot end within 30 s (see `kuoyou worker`), and needs a little to leave. */
const patienceMs = 45_000

/**
 * 旁边的办理进程 — works on jobs in a process of its own that steps back for the one that answers people.
 *
 * One that breaks down is begun again; one whose platform is gone ends by itself.
 */
export function workerBeside(slots: number, data: string | undefined): { stop(): Promise<void> } {
  const leaving = new AbortController()
  let child = begin(slots, data)
  const watching = (async () => {
    for (;;) {
      const { code } = await ended(child)
      if (leaving.signal.aborted) return
      process.stderr.write(`${new Date().toISOString()} worker ended (${code}), begins again\n`)
      await sleep(pauseMs, undefined, { signal: leaving.signal }).catch(() => {})
      if (leaving.signal.aborted) return
      child = begin(slots, data)
    }
  })()
  return {
    stop: async () => {
      leaving.abort()
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), patienceMs)
      await watching
      clearTimeout(late)
    },
  }
}

function begin(slots: number, data: string | undefined): ChildProcess {
  const words = ['worker', '--slots', String(slots), ...(data === undefined ? [] : ['--data', data])]
  const child = fork(join(root, 'src/app/cli.ts'), words, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  stepBack(child)
  return child
}

/** Where the machine does not let it, long work runs at everybody's pace: no reason not to serve. */
function stepBack({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, niceness)
  } catch (error) {
    process.stderr.write(
      `${new Date().toISOString()} worker keeps its priority (${(error as Error).message})\n`,
    )
  }
}

function ended(child: ChildProcess): Promise<{ code: number | NodeJS.Signals | null }> {
  if (child.exitCode !== null || child.signalCode !== null)
    return Promise.resolve({ code: child.exitCode ?? child.signalCode })
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code: code ?? signal }))
    child.once('error', () => resolve({ code: null }))
  })
}
