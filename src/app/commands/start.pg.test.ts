import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { getPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '../data-folder.ts'

const folder = mkdtempSync(join(tmpdir(), 'kuoyou-start-'))
chmodSync(folder, 0o711)
after(() => rmSync(folder, { recursive: true, force: true }))

const { DATABASE_URL: _, ...environment } = process.env

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  return port
}

/** A copy in a group of its own, as a terminal or `timeout` would start it. */
async function startCopy(
  data: string,
  program: readonly string[],
): Promise<{ copy: ChildProcess; ended: Promise<unknown> }> {
  const args = ['--empty', '--data', join(folder, data), '--port', String(await freePort())]
  const copy = spawn(program[0] as string, [...program.slice(1), ...args], {
    cwd: root,
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return { copy, ended: once(copy, 'exit') }
}

const own = [process.execPath, 'bootstrap/kuoyou.mjs', 'start']

function postmaster(data: string): number | undefined {
  const note = join(folder, data, 'cluster/postmaster.pid')
  return existsSync(note) ? Number(readFileSync(note, 'utf8').split('\n')[0]) : undefined
}

async function until(what: string, holds: () => boolean, copy?: ChildProcess): Promise<void> {
  for (const deadline = Date.now() + 120_000; !holds(); await sleep(50)) {
    assert.ok(Date.now() < deadline, `${what} did not come about`)
    assert.equal(copy?.exitCode ?? null, null, `the copy ended before ${what}`)
  }
}

/** The processes that work on the jobs of the site in this folder. */
function workers(data: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const words = commandLine(pid)
      return words.includes('worker') && words.includes(join(folder, data)) && !isGone(pid)
    })
}

function commandLine(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return []
  }
}

function isGone(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return true
  }
}

test('a site that serves leaves no database behind when its whole group is told to end', async () => {
  const { copy, ended } = await startCopy('serving', own)
  let said = ''
  copy.stdout?.on('data', (part) => {
    said += part
  })
  copy.stderr?.resume()
  await until('the address', () => said.includes('扩优已就绪'), copy)
  const database = postmaster('serving') as number
  process.kill(-(copy.pid as number), 'SIGTERM')
  assert.deepEqual(await ended, [0, null])
  assert.ok(isGone(database))
})

test('jobs are worked on beside the platform, again when that breaks down, and no longer than the platform lives', async () => {
  const { copy, ended } = await startCopy('beside', own)
  copy.stdout?.resume()
  copy.stderr?.resume()
  await until('a worker', () => workers('beside').length === 1, copy)
  const [first] = workers('beside') as [number]
  assert.ok(getPriority(first) > getPriority(process.pid), 'it steps back for whoever answers people')
  process.kill(first, 'SIGKILL')
  await until('another worker', () => workers('beside').some((pid) => pid !== first), copy)
  const platform = Number(readFileSync(`/proc/${workers('beside')[0]}/stat`, 'utf8').split(' ')[3])
  const database = postmaster('beside') as number
  process.kill(platform, 'SIGKILL')
  await ended
  await until('the end of the worker', () => workers('beside').length === 0)
  // The platform could not stop its database any more.
  process.kill(database, 'SIGINT')
  await until('the end of the database', () => isGone(database))
})

test('a hang-up of the whole group while the site is being set up ends the database too', async () => {
  const { copy, ended } = await startCopy('hung-up', own)
  copy.stdout?.resume()
  copy.stderr?.resume()
  await until('the database', () => postmaster('hung-up') !== undefined, copy)
  const database = postmaster('hung-up') as number
  process.kill(-(copy.pid as number), 'SIGHUP')
  await ended
  assert.ok(isGone(database))
})

test('when nobody reads what is printed any more, the copy ends and its database with it', async () => {
  const { copy, ended } = await startCopy('unread', own)
  copy.stdout?.destroy()
  copy.stderr?.resume()
  await ended
  assert.equal(postmaster('unread'), undefined)
})

test('ending npm alone ends the copy it started and its database', async () => {
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm']
  const { copy } = await startCopy('by-npm', [...npm, 'start', '--silent', '--'])
  copy.stdout?.resume()
  copy.stderr?.resume()
  await until('the database', () => postmaster('by-npm') !== undefined, copy)
  const database = postmaster('by-npm') as number
  process.kill(copy.pid as number, 'SIGTERM')
  await until('its end', () => isGone(database))
})

test('a demonstration told to answer to a name of the outside does not start: nothing listens', async () => {
  const port = await freePort()
  const args = ['start', '--size', 'hamlet', '--data', join(folder, 'demonstration'), '--port', String(port)]
  const copy = spawn(process.execPath, ['bootstrap/kuoyou.mjs', ...args], {
    cwd: root,
    env: { ...environment, KUOYOU_HOST: 'kuoyou.example.gov.cn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  for (const stream of [copy.stdout, copy.stderr]) stream.on('data', (part) => said.push(String(part)))
  assert.deepEqual(await once(copy, 'exit'), [1, null])
  assert.match(said.join(''), /演示站点不用密码就能登录.*不能以 kuoyou\.example\.gov\.cn 为域名/)
  assert.doesNotMatch(said.join(''), /扩优已就绪/)
  await assert.rejects(fetch(`http://127.0.0.1:${port}/api/health`))
})
