import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readInThread } from './read-in-thread.ts'

/** A process that reads every file of a folder as the server does, and says how long each took and how much memory all did. */
const folder = process.argv[2] as string
for (const name of readdirSync(folder).sort()) {
  const bytes = readFileSync(join(folder, name))
  const used = process.cpuUsage()
  const began = performance.now()
  const { sheet, problems } = await readInThread(bytes, { fileName: name, headers: ['学年', '班数'] })
  const cpu = process.cpuUsage(used)
  // On a machine busy with others the clock tells of them: then the processor's own time is the reader's.
  const ms = Math.min(performance.now() - began, (cpu.user + cpu.system) / 1000)
  const told = problems.map(({ code, text }) => ({ code, text })).slice(0, 50)
  process.stdout.write(`${JSON.stringify({ name, ms, rows: sheet?.rows.length, told })}\n`)
}
process.stdout.write(`${JSON.stringify({ maxRssMb: peakMb() })}\n`)

/** Where the system tells it, of this program alone: the usage the process reports counts whoever started it too. */
function peakMb(): number {
  const status = '/proc/self/status'
  if (!existsSync(status)) return process.resourceUsage().maxRSS / 1024
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1]) / 1024
}
