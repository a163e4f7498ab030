import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { Fault } from '../kernel/fault.ts'

interface Copy {
  readonly pid: number
  readonly port: number
}

/**
 * 独占数据目录 — refuses when another copy serves this folder, else leaves a note of this one; returns how to take it back.
 *
 * The note of a killed copy is recognised by its process being gone.
 */
export function claimDataFolder(folder: string, port: number): () => void {
  const note = join(folder, 'running.json')
  const other = readNote(note)
  if (other && other.pid !== process.pid && isAlive(other.pid)) {
    throw new Fault(
      `另一个扩优正在使用这份数据，地址是 http://127.0.0.1:${other.port} 。直接打开它即可；要另开一个，请换端口和数据目录：npm start -- --port ${other.port + 1} --data 另一个目录`,
    )
  }
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  writeFileSync(note, JSON.stringify({ pid: process.pid, port } satisfies Copy))
  return () => rmSync(note, { force: true })
}

function readNote(note: string): Copy | undefined {
  try {
    return JSON.parse(readFileSync(note, 'utf8')) as Copy
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // A process id may have been given to a stranger since: only a Node process can be a copy of ours.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('cli.ts')
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** 端口空闲 — refuses a port somebody listens on, and offers the next free one. */
export async function claimPort(port: number): Promise<void> {
  if (await isFree(port)) return
  for (let other = port + 1; other < port + 50; other += 1) {
    if (await isFree(other))
      throw new Fault(`端口 ${port} 已被别的程序占用。请改用空闲的端口：npm start -- --port ${other}`)
  }
  throw new Fault(`端口 ${port} 及其后 50 个都被占用。请用 --port 指定一个空闲端口。`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
