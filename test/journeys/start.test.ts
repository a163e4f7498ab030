import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { runsAsRoot } from '../../src/platform/db/traversable-place.ts'
import {
  endProcess,
  freePort,
  type RunningPlatform,
  runPlatform,
  startPlatform,
} from './platform-for-journeys.ts'

let platform: RunningPlatform
before(async () => {
  platform = await startPlatform(['--size', 'hamlet'], 'none')
})
after(() => platform.stop())

const ready = async (address: string) => (await fetch(`${address}/api/health`)).status

test('it serves, and says that its data are generated', async () => {
  const answer = await fetch(`${platform.address}/api/health`)
  assert.equal(answer.status, 200)
  assert.equal(((await answer.json()) as { synthetic: boolean }).synthetic, true)
  assert.match(platform.said(), /合成数据/)
})

test('a taken port is named and a free one is offered', async () => {
  const port = await freePort()
  const stranger = createServer().listen(port, '127.0.0.1')
  await new Promise((resolve) => stranger.once('listening', resolve))
  const second = await runPlatform(platform.folder, [
    '--port',
    String(port),
    '--data',
    join(platform.folder, 'other'),
  ])
  assert.match(
    second.said(),
    new RegExp(`端口 ${port} 已被别的程序占用。请改用空闲的端口：npm start -- --port \\d+`),
  )
  assert.equal(second.process.exitCode, 1)
  stranger.close()
})

test('while a copy runs on the same data, a second says so and where the first is', {
  skip: process.env.KUOYOU_TEST_DATABASE && 'several copies may share a server',
}, async () => {
  const second = await runPlatform(platform.folder, ['--data', join(platform.folder, 'data')])
  assert.match(second.said(), /另一个扩优正在使用这份数据/)
  assert.ok(second.said().includes(platform.address))
  assert.equal(await ready(platform.address), 200)
})

test('after a kill it starts again on the same data and leaves no database behind', {
  skip: process.env.KUOYOU_TEST_DATABASE && 'the server is not ours to kill',
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kuoyou-killed-'))
  chmodSync(folder, 0o711)
  const args = ['--data', join(folder, 'data'), '--size', 'hamlet']
  const first = await runPlatform(folder, args)
  const inner = Number(
    (JSON.parse(readFileSync(join(folder, 'data/running.json'), 'utf8')) as { pid: number }).pid,
  )
  process.kill(inner, 'SIGKILL')
  await endProcess(first.process, 'SIGKILL')
  const second = await runPlatform(folder, args)
  assert.equal(await ready(second.address), 200)
  await endProcess(second.process, 'SIGTERM')
  assert.equal(postgresOn(folder), '')
  rmSync(folder, { recursive: true, force: true })
})

test('an ordinary user can start it', { skip: !runsAsRoot() && 'already an ordinary user' }, async () => {
  const home = mkdtempSync(join(tmpdir(), 'kuoyou-user-'))
  // `daemon`, on every Debian: initdb looks its user up by name.
  const user = { uid: 1, gid: 1 }
  mkdirSync(join(home, 'data'))
  for (const folder of [home, join(home, 'data')]) chownSync(folder, user.uid, user.gid)
  const started = await runPlatform(home, ['--data', join(home, 'data'), '--size', 'hamlet'], undefined, user)
  assert.match(started.said(), /扩优已就绪/)
  await endProcess(started.process, 'SIGTERM')
  assert.equal(postgresOn(home), '')
  rmSync(home, { recursive: true, force: true })
})

test('an empty site has no generated data and one link for its first administrator, good once', async () => {
  const site = await startPlatform(['--empty'], 'none')
  try {
    const token = /first-administrator\?token=([\w-]+)/.exec(site.said())?.[1]
    assert.ok(token, site.said())
    const session = (await (await fetch(`${site.address}/api/session`)).json()) as {
      site: { synthetic: boolean }
      demonstrationAccounts: unknown[]
    }
    assert.deepEqual([session.site.synthetic, session.demonstrationAccounts], [false, []])
    const create = (account: string) =>
      fetch(`${site.address}/api/first-administrator`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token, account, name: '王管理', password: 'correct horse battery' }),
      })
    assert.equal((await create('wang')).status, 200)
    assert.equal((await create('zhao')).status, 422)
  } finally {
    await site.stop()
  }
})

function postgresOn(folder: string): string {
  return execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('postgres') && line.includes(folder))
    .join('\n')
}
