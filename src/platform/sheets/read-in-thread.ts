import { fileLimits } from '../files/file-limits.ts'
import type { Report } from '../jobs/jobs.ts'
import { OutOfMemory, runInWorker } from '../jobs/run-in-worker.ts'
import { fileProblem } from './cell-problem.ts'
import { readSheet, type WantedTable } from './read-sheet.ts'
import type { SheetReading } from './sheet.ts'

const smallText = 64 * 1024
const packageMark = Buffer.from('PK')

/**
 * 另线读表 — `readSheet` in a thread of its own, whose memory is limited: whatever a file holds, the server goes on.
 *
 * Aborting ends the thread. A small plain text cannot swell, and starting a thread would cost a hundred times what
 * reading it does: it is read in place, so that thousands of schools can file on one day.
 */
export async function readInThread(
  bytes: Buffer,
  wanted: WantedTable,
  report: Report = () => {},
  signal?: AbortSignal,
): Promise<SheetReading> {
  if (bytes.length <= smallText && !bytes.subarray(0, 2).equals(packageMark)) return readSheet(bytes, wanted)
  const module = new URL('./compute-sheet.ts', import.meta.url)
  try {
    // A copy that is handed over goes when the thread goes; the caller's own may still be needed.
    const copy = new Uint8Array(bytes)
    const more = { memoryMb: fileLimits.readingMemoryMb, transfer: [copy.buffer] }
    return await runInWorker(module, { bytes: copy, wanted }, report, signal, more)
  } catch (error) {
    if (!(error instanceof OutOfMemory)) throw error
    return {
      problems: [
        fileProblem(
          wanted.fileName,
          'file.too-much',
          '内容太多，读到一半内存就不够了—一次导入装不下，平台不会截断—请按县或按学年拆成几个文件分别导入。',
        ),
      ],
    }
  }
}
