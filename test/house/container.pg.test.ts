import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { root } from '../../src/app/data-folder.ts'
import { type EmbeddedServer, startEmbeddedServer } from '../../src/platform/db/embedded-server.ts'

/** The steps of the container file, in order: its instruction and what follows, continued lines joined. */
const steps = readFileSync(join(root, 'deploy/Containerfile'), 'utf8')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n/g, ' ')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => /^\s*(\S+)\s+(.+)$/.exec(line)!)
  .map(([, instruction, rest]) => ({ instruction: instruction!, rest: rest!.trim() }))
const only = (instruction: string) => steps.filter((step) => step.instruction === instruction)
const words = (instruction: string): string[] => JSON.parse(only(instruction)[0]!.rest)

// Short: the socket of a database has a path of a hundred letters at most.
const folder = mkdtempSync(join(tmpdir(), 'kc-'))
chmodSync(folder, 0o755)
const app = join(folder, 'app')
const data = join(folder, 'data')
/** Nobody in particular: the container's own user has no name outside it. The built-in database's socket is nobody's. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
const path = [dirname(process.execPath), process.env.PATH].join(delimiter)
let database: EmbeddedServer
let running: ChildProcess | undefined

before(async () => {
  mkdirSync(app)
  mkdirSync(data)
  if (user.uid !== undefined) chownSync(data, user.uid, user.gid)
  database = await startEmbeddedServer(join(folder, 'db'))
})
after(async () => {
  running?.kill('SIGKILL')
  await database?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** As the builder copies: a folder's content into the target, files into the target that is a folder. */
function copy(rest: string): void {
  const places = rest.split(/\s+/)
  const target = places.pop()!
  for (const source of places) {
    const from = join(root, source)
    const into = statSync(from).isDirectory() ? join(app, target) : join(app, target, source)
    cpSync(from, into, { recursive: true })
  }
}

/** The packages the install line would bring: from npm's own cache, or else those of the lock file that lie here, none for development. */
function install(command: string): 'npm' | 'linked' {
  const offline = spawnSync('npm', [...command.split(' ').slice(1), '--offline'], {
    cwd: app,
    env: { PATH: path, HOME: process.env.HOME },
    encoding: 'utf8',
  })
  if (offline.status === 0) return 'npm'
  rmSync(join(app, 'node_modules'), { recursive: true, force: true })
  const { packages } = JSON.parse(readFileSync(join(app, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: true; optional?: true; devOptional?: true }>
  }
  for (const [place, { dev, optional }] of Object.entries(packages)) {
    // What lies within another package came with it.
    if (!place.startsWith('node_modules/') || place.lastIndexOf('node_modules/') > 0 || dev) continue
    if (!existsSync(join(root, place))) {
      assert.ok(optional, `${place} is not installed here`)
      continue
    }
    mkdirSync(dirname(join(app, place)), { recursive: true })
    execFileSync('cp', ['-al', join(root, place, '.'), join(app, place)])
  }
  return 'linked'
}

test('the build goes through in an empty folder with what is copied there and nothing else', (context) => {
  const kept = existsSync(join(root, '.dockerignore'))
    ? readFileSync(join(root, '.dockerignore'), 'utf8').split('\n')
    : []
  const runs: string[] = []
  for (const { instruction, rest } of steps) {
    if (instruction === 'COPY') {
      for (const source of rest.split(/\s+/).slice(0, -1))
        assert.ok(!kept.includes(source), `${source} is left out of what the builder gets`)
      copy(rest)
    }
    if (instruction !== 'RUN') continue
    const [program] = rest.split(' ')
    runs.push(program!)
    if (program === 'npm') context.diagnostic(`packages: ${install(rest)}`)
    if (program === 'node') execFileSync('sh', ['-c', rest], { cwd: app, env: { PATH: path, HOME: folder } })
  }
  // The last makes the user and the folder of the data, which are made here as well.
  assert.deepEqual(runs, ['npm', 'node', 'useradd'])
  const copied = only('COPY').flatMap(({ rest }) => rest.split(/\s+/).slice(0, -1))
  assert.deepEqual(readdirSync(app).sort(), [...copied, 'dist', 'node_modules'].sort())
})

test('what was built is for use, not for development: no maps to the sources, no hooks of a workshop', () => {
  const built = globSync('dist/**/*', { cwd: app })
  const scripts = built.filter((name) => name.endsWith('.js'))
  assert.ok(scripts.length > 20, `${scripts.length} scripts`)
  assert.deepEqual(
    built.filter((name) => name.endsWith('.map')),
    [],
  )
  for (const name of scripts)
    assert.doesNotMatch(
      readFileSync(join(app, name), 'utf8'),
      /sourceMappingURL|jsxDEV\(|import\.meta\.hot|@vite\/client/,
      name,
    )
  assert.deepEqual(
    [...words('ENTRYPOINT'), ...words('CMD')].filter((word) => /inspect|debug|watch|trace/.test(word)),
    [],
  )
})

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  return port
}

async function emptyDatabase(): Promise<string> {
  const client = new pg.Client(database.connection)
  await client.connect()
  await client.query("create database kuoyou template template0 encoding 'UTF8'")
  await client.end()
  const { user: name, password, host } = database.connection
  return `postgresql://${name}:${encodeURIComponent(String(password))}@localhost/kuoyou?host=${encodeURIComponent(String(host))}`
}

test('started as the container starts it, by nobody in particular, it gets ready, is found healthy and stops when asked', async () => {
  const port = await freePort()
  const [program, ...more] = [...words('ENTRYPOINT'), ...words('CMD')]
  assert.equal(program, 'node')
  const args = more.map((word) => (word === '/var/lib/kuoyou/data' ? data : word))
  assert.ok(args.includes(data))
  const env = { PATH: path, HOME: data, DATABASE_URL: await emptyDatabase() }
  running = spawn(process.execPath, [...args, '--port', String(port)], {
    ...user,
    ...{ cwd: app, env, stdio: ['ignore', 'pipe', 'pipe'] },
  })
  let said = ''
  for (const stream of [running.stdout, running.stderr]) stream?.on('data', (part) => (said += part))
  const ready = () =>
    fetch(`http://127.0.0.1:${port}/api/ready`).then(
      ({ status }) => status,
      () => 0,
    )
  while ((await ready()) !== 200) {
    assert.equal(running.exitCode, null, said)
    await sleep(200)
  }
  const page = await fetch(`http://127.0.0.1:${port}/sign-in`)
  assert.match(await page.text(), /<div id="house">/)
  const check = JSON.parse(/CMD (\[.*\])$/.exec(only('HEALTHCHECK')[0]!.rest)![1]!) as string[]
  const asked = check.slice(1).map((word) => word.replace(':8040/', `:${port}/`))
  assert.equal(spawnSync(process.execPath, asked).status, 0)
  const nowhere = asked.map((word) => word.replace(`:${port}/`, ':9/'))
  assert.equal(spawnSync(process.execPath, nowhere).status, 1)
  const ended = once(running, 'exit')
  running.kill(only('STOPSIGNAL')[0]!.rest as NodeJS.Signals)
  assert.deepEqual(await ended, [0, null], said)
})
