import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import exceljs from 'exceljs'
import { rowsInOneFile } from '../../src/features/exchange/export/export-file.ts'
import { exportingInFilesOf } from '../../src/features/exchange/export/export-job.ts'
import { exchange } from '../../src/features/exchange/index.ts'
import { enqueue } from '../../src/platform/jobs/enqueue.ts'
import { jobRoutes } from '../../src/platform/jobs/job-routes.ts'
import type { Job } from '../../src/platform/jobs/jobs.ts'
import { startWorker } from '../../src/platform/jobs/start-worker.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

const yexian = 410_422
const officer = `county-${yexian}`
const head = '单位代码,年份,出生人数,发布日期,数据来源\n'
let hamlet: ServedHamlet

before(async () => {
  hamlet = await servedHamlet([...exchange.routes, ...(jobRoutes as never[])])
})
after(() => hamlet.close())

async function over(jobId: string, account = officer): Promise<Job> {
  for (;;) {
    const job = await hamlet.books.jobs.find(jobId, account)
    if (job?.finishedAt) return job
    await wait(50)
  }
}

async function judged(csv: string) {
  const form = new FormData()
  form.set('kind', 'births')
  form.set('file', new Blob([csv]), '大表.csv')
  const { body } = await hamlet.ask(officer, 'POST', '/api/exchange/imports', form)
  assert.equal((await over(body.jobId)).state, 'done')
  return (await hamlet.ask(officer, 'GET', `/api/exchange/imports/${body.importId}`)).body
}

async function births(): Promise<number> {
  return (await hamlet.owner.query('select count(*) as count from registry.birth')).rows[0].count
}

/** Distinct in unit, year and day of publication. */
async function lines(count: number, wrong: (index: number) => boolean): Promise<string> {
  const { rows } = await hamlet.owner.query(
    'select distinct code from registry.unit where county_id = $1 and length(code) < 13 order by code',
    [yexian],
  )
  const codes = rows.map(({ code }) => code as string)
  const each = Array.from({ length: count }, (_, index) => {
    const code = codes[index % codes.length]
    const year = 2004 + (Math.floor(index / codes.length) % 20)
    const day = new Date(Date.UTC(2024, 7, 31 - Math.floor(index / codes.length / 20)))
      .toISOString()
      .slice(0, 10)
    return `${code},${year},${wrong(index) ? -1 : index % 90},${day},测试`
  })
  return `${head}${each.join('\n')}\n`
}

test('an error in the last of a hundred thousand rows: not one goes in', async () => {
  const count = 100_000
  const before = await births()
  const found = await judged(await lines(count, (index) => index === count - 1))
  assert.deepEqual([found.state, found.counts.rows, found.counts.rejected], ['judged', count, 1])
  const answer = await hamlet.ask(officer, 'POST', `/api/exchange/imports/${found.importId}/confirmation`, {
    docNumber: '测〔9〕号',
    decidedOn: '2024-09-01',
    onlyGood: false,
    acceptCorrections: true,
    reason: '测试',
  })
  assert.deepEqual([answer.status, answer.body.refusal.code], [422, 'exchange.has-errors'])
  const { body } = await hamlet.ask(
    officer,
    'GET',
    `/api/exchange/imports/${found.importId}/problems?code=number.negative`,
  )
  assert.deepEqual([body.total, body.problems[0].row], [1, count + 1])
  assert.equal(await births(), before)
})

test('five thousand wrong rows: every one is told, in the list and in the own file', async () => {
  const found = await judged(await lines(6_000, (index) => index < 5_000))
  const path = `/api/exchange/imports/${found.importId}`
  assert.equal(found.counts.rejected, 5_000)
  const { body } = await hamlet.ask(officer, 'GET', `${path}/problems?severity=error`)
  assert.equal(body.total, 5_000)
  const workbook = new exceljs.Workbook()
  const { bytes } = await hamlet.ask(officer, 'GET', `${path}/error-workbook`)
  await workbook.xlsx.load(bytes as unknown as exceljs.Buffer)
  let told = 0
  workbook.worksheets[0]!.eachRow((row) => {
    if (/是负数/.test(JSON.stringify(row.values))) told++
  })
  assert.equal(told, 5_000)
})

/** What an export says of itself, and what its rows come to. */
function readExport(bytes: Buffer): { said: number; hash: string; rows: readonly string[] } {
  const all = bytes.toString('utf8').replace('\ufeff', '').trimEnd().split('\r\n')
  const note = all.find((line) => line.includes('校验值')) ?? ''
  const [, said, hash = ''] = /共 (\d+) 行；数据行校验值 SHA-256 ([0-9a-f]{64})/.exec(note) ?? []
  const rows = all.slice(all.indexOf(note) + 2)
  const real = createHash('sha256')
    .update(rows.map((row) => `${row}\n`).join(''))
    .digest('hex')
  assert.equal(real, hash, 'the check value is that of the rows')
  return { said: Number(said), hash, rows }
}

test('a hundred and fifty thousand rows: the file says how many there are, and has them', async (t) => {
  await hamlet.owner.query(
    `insert into registry.birth (county_id, unit_id, year, births, vintage, source, act_id)
     select county_id, unit_id, year, 7, '2024-01-01', '测试', (select min(act_id) from registry.act where county_id = $1)
       from (select distinct county_id, unit_id from registry.unit where county_id = $1) as unit
         cross join generate_series(3000, 3000 + 150000 / (select count(distinct unit_id)::int from registry.unit where county_id = $1)) as year`,
    [yexian],
  )
  const held = await hamlet.books.db.transaction({ counties: [yexian], asOf: '2024-09-01' }, async (tx) => {
    const { sql } = await import('kysely')
    return (await sql<{ count: number }>`select count(*) as count from book.birth`.execute(tx)).rows[0]!.count
  })
  assert.ok(held >= 150_000, `${held} rows`)

  const began = performance.now()
  const started = await hamlet.ask(officer, 'POST', '/api/exchange/exports/births?format=csv&asOf=2024-09-01')
  assert.equal(started.status, 200, started.body?.text)
  const job = await over(started.body.jobId)
  assert.equal(job.state, 'done', job.problem ?? '')
  t.diagnostic(`F10 导出 ${held} 行：${Math.round(performance.now() - began)} 毫秒`)
  assert.equal(job.files.length, 1)
  const path = `/api/jobs/${job.jobId}/files/${job.files[0]!.fileId}`
  assert.equal((await hamlet.ask('city', 'GET', path)).status, 404, 'another person’s file')
  const whole = readExport((await hamlet.ask(officer, 'GET', path)).bytes)
  assert.deepEqual([whole.said, whole.rows.length], [held, held])
  const { body } = await hamlet.ask(officer, 'GET', '/api/exchange/exports')
  assert.deepEqual([body[0].rows, body[0].sha256], [held, whole.hash])

  const parts = await inParts(60_000)
  assert.deepEqual(
    parts.map(({ rows }) => rows.length),
    [60_000, 60_000, held - 120_000],
  )
  assert.deepEqual(
    parts.flatMap(({ rows }) => rows),
    whole.rows,
  )
  assert.equal(rowsInOneFile, 1_048_576 - 4)
})

/** Under a name of its own, so that the platform's own worker leaves it to this one; broken off once after its first file. */
async function inParts(rowsPerFile: number) {
  const kind = { ...exportingInFilesOf(rowsPerFile), kind: 'trial.export' }
  let brokenOff = false
  const worker = startWorker({
    pool: hamlet.books.db.pool,
    kinds: [
      {
        ...kind,
        run: (work) =>
          kind.run({
            ...work,
            checkpoint: async (state: unknown) => {
              await work.checkpoint(state)
              if ((state as { files: unknown[] }).files.length !== 1 || brokenOff) return
              brokenOff = true
              throw new Error('broken off after the first file')
            },
          } as never),
      },
    ],
    lend: () => hamlet.books,
    onFault: () => {},
  })
  try {
    const jobId = await enqueue(hamlet.books.db.pool, kind, {
      title: '分份导出',
      owner: officer,
      input: {
        exporter: { account: officer, counties: [yexian] },
        wish: { kind: 'births', asOf: '2024-09-01', format: 'csv' },
      },
    })
    const job = await over(jobId)
    assert.deepEqual([job.state, job.attempts], ['done', 2], job.problem ?? '')
    const contents = job.files.map(({ fileId }) =>
      hamlet.ask(officer, 'GET', `/api/jobs/${jobId}/files/${fileId}`),
    )
    return (await Promise.all(contents)).map(({ bytes }) => readExport(bytes))
  } finally {
    await worker.stop()
  }
}
