import { Worker } from 'node:worker_threads'
import type { Report } from './jobs.ts'

/** 内存不足 — a computation came to the limit of memory it was given and was ended. */
export class OutOfMemory extends Error {
  override readonly name = 'OutOfMemory'
}

/**
 * 另线计算 — runs `compute(input, report)` exported by `module` in a thread of its own, so the server keeps answering.
 *
 * Input and output are copied between the threads, save what is handed over in `transfer`. Aborting ends the
 * thread at once; so does passing `memoryMb`, with `OutOfMemory`.
 */
export function runInWorker<I, O>(
  module: URL,
  input: I,
  report: Report,
  signal?: AbortSignal,
  more: { readonly memoryMb?: number; readonly transfer?: readonly ArrayBuffer[] } = {},
): Promise<O> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const worker = new Worker(new URL('./worker-entry.ts', import.meta.url), {
      workerData: { module: module.href, input },
      ...(more.transfer && { transferList: [...more.transfer] }),
      ...(more.memoryMb && { resourceLimits: limitsOf(more.memoryMb) }),
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
    worker.on('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new OutOfMemory(error.message) : error),
    )
    worker.on('exit', (code) => {
      signal?.removeEventListener('abort', stop)
      if (code !== 0) reject(new Error(`computation ended with code ${code}`))
    })
  })
}

/** Fresh objects get little room of their own: left alone it grows by what the machine has, beside the limit asked for. */
function limitsOf(memoryMb: number) {
  return { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 16 }
}
