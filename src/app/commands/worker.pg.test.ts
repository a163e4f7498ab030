import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { databaseForTests, type TestDatabase } from '../../../test/house/database-for-tests.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import { openJobs } from '../../platform/jobs/jobs.ts'
import { root } from '../data-folder.ts'

let database: TestDatabase
const data = mkdtempSync(join(tmpdir(), 'kuoyou-worker-'))

before(async () => {
  database = await databaseForTests('hamlet')
})
after(async () => {
  await database.close()
  rmSync(data, { recursive: true })
})

/** The command in a process of its own, as on another machine; `said` once it told that it works. */
function worker(...args: string[]) {
  const { host, port, user, password, database: name } = database.connection
  const secret = `${encodeURIComponent(String(user))}:${encodeURIComponent(String(password ?? ''))}`
  const url = `postgres://${secret}@localhost:${port ?? 5432}/${name}?host=${encodeURIComponent(String(host))}`
  const child = spawn(process.execPath, [join(root, 'src/app/cli.ts'), 'worker', '--data', data, ...args], {
    env: { ...process.env, DATABASE_URL: url },
  })
  let out = ''
  let err = ''
  child.stderr.on('data', (piece) => {
    err += piece
  })
  const said = new Promise<void>((resolve) => {
    child.stdout.on('data', (piece) => {
      out += piece
      if (out.includes('正在办理任务')) resolve()
    })
  })
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }))
  })
  return { said, ended, stop: () => child.kill('SIGTERM') }
}

test('works on what others put into the queue, and ends when asked', async () => {
  const jobs = openJobs(database.service.pool)
  const wish = { kind: 'births', asOf: '2024-09-01', format: 'csv' }
  const jobId = await enqueue(
    database.service.pool,
    { kind: 'exchange.export' },
    { title: '导出', owner: '甲', input: { exporter: { account: '甲', counties: [410_422] }, wish } },
  )
  const working = worker('--kinds', 'exchange.export', '--slots', '1')
  await working.said
  for (const end = Date.now() + 30_000; !(await jobs.find(jobId, '甲'))?.finishedAt; ) {
    assert.ok(Date.now() < end)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const job = await jobs.find(jobId, '甲')
  assert.deepEqual([job?.state, job?.files.length], ['done', 1], job?.problem ?? '')
  working.stop()
  const { code, err } = await working.ended
  assert.deepEqual([code, err], [0, ''])
})

test('a kind that is none, slots that are none: one clear sentence', async () => {
  const unknown = await worker('--kinds', 'tea').ended
  assert.equal(unknown.code, 1)
  assert.match(unknown.err, /没有“tea”这种任务。可以是：.*exchange\.apply/)
  assert.match((await worker('--slots', '0').ended).err, /--slots 应是 1 到 99 的整数/)
})
