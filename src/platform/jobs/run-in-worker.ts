import { Worker } from 'node:worker_threads'
import type { Report } from './jobs.ts'

/**
 * 另线计算 — runs `compute(input, report)` exported by `module` in a thread of its own, so the server keeps answering.
 *
 * Input and output are copied between the threads. Aborting ends the thread at once.
 */
export function runInWorker<I, O>(module: URL, input: I, report: Report, signal?: AbortSignal): Promise<O> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker-entry.ts', import.meta.url), {
      workerData: { module: module.href, input },
    })
    const stop = () => {
      worker.terminate()
      reject(new Error('stopped on request'))
    }
    signal?.addEventListener('abort', stop, { once: true })
    worker.on('message', (message: { progress?: [number, number, string?]; value?: O }) => {
      if (message.progress) report(...message.progress)
      else resolve(message.value as O)
    })
    worker.on('error', reject)
    worker.on('exit', (code) => {
      signal?.removeEventListener('abort', stop)
      if (code !== 0) reject(new Error(`computation ended with code ${code}`))
    })
  })
}
