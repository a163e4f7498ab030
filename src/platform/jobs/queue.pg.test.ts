import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { databaseForTests, type TestDatabase } from '../../../test/house/database-for-tests.ts'
import { granted, refused } from '../../kernel/result.ts'
import type { Tx } from '../db/transaction-client.ts'
import { enqueue } from './enqueue.ts'
import { type JobKind, jobKindFor, type Work } from './job-kind.ts'
import { type Job, type Jobs, openJobs } from './jobs.ts'
import { clearOldJobs } from './lease.ts'
import { startWorker, type Worker } from './start-worker.ts'

let database: TestDatabase
let jobs: Jobs
const workers: Worker[] = []
const faults: unknown[] = []
const owner = '甲'

before(async () => {
  database = await databaseForTests()
  await database.db.pool.query(
    'create schema trial; create table trial.effect (name text); grant usage on schema trial to kuoyou_app; grant select, insert on trial.effect to kuoyou_app',
  )
  jobs = openJobs(database.db.pool)
})
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop(0)))
  faults.length = 0
})
after(() => database.close())

const jobKind = jobKindFor<string>()

function work(...kinds: readonly JobKind<never, string>[]): Worker {
  const worker = startWorker({
    pool: database.db.pool,
    lend: () => '所借之物',
    kinds,
    onFault: (_, error) => faults.push(error),
  })
  workers.push(worker)
  return worker
}

async function reached(jobId: string, is: (job: Job) => boolean): Promise<Job> {
  for (const end = Date.now() + 20_000; ; await wait(20)) {
    const job = await jobs.find(jobId, owner)
    assert.ok(job)
    if (is(job)) return job
    assert.ok(Date.now() < end, `still ${job.state} ${job.note}`)
  }
}
const over = (jobId: string) => reached(jobId, ({ finishedAt }) => finishedAt !== null)
const put = <I>(kind: JobKind<I, string>, input: I, on: Tx | undefined = undefined) =>
  enqueue(on ?? database.db.pool, kind, { title: '一项', owner, input })
const transaction = <T>(act: (tx: Tx) => Promise<T>) => database.db.transaction({ counties: [] }, act)
const enter = (tx: Tx, name: string) => sql`insert into trial.effect values (${name})`.execute(tx)
async function effects(name: string): Promise<number> {
  const { rows } = await database.db.pool.query('select 1 from trial.effect where name = $1', [name])
  return rows.length
}
async function checkpointed(jobId: string): Promise<void> {
  for (const end = Date.now() + 20_000; ; await wait(20)) {
    const { rowCount } = await database.db.pool.query(
      'select from jobs.job where job_id = $1 and checkpoint is not null',
      [jobId],
    )
    if (rowCount === 1) return
    assert.ok(Date.now() < end, 'no checkpoint was stored')
  }
}
/** Until the owner stops it or it is broken off. */
const untilStopped = ({ signal }: Pick<Work<unknown, string>, 'signal'>) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true })
  })

test('a job is done with its input and what is lent; its owner alone sees it', async () => {
  const kind = jobKind<{ n: number }>({
    kind: 'plain',
    run: async ({ input, context, report }) => {
      report(1, 4, '做到一')
      return granted({ twice: input.n * 2, context })
    },
  })
  work(kind)
  const jobId = await put(kind, { n: 21 })
  const job = await over(jobId)
  assert.deepEqual([job.state, job.result, job.attempts], ['done', { twice: 42, context: '所借之物' }, 1])
  assert.equal(await jobs.find(jobId, '乙'), undefined)
  assert.equal(await jobs.cancel(jobId, '乙'), false)
  assert.deepEqual(await jobs.list('乙'), [])
})

test('put in with a transaction that is taken back, it was never there', async () => {
  const kind = jobKind<null>({ kind: 'never', run: async () => granted(null) })
  let jobId = ''
  await assert.rejects(
    transaction(async (tx) => {
      jobId = await put(kind, null, tx)
      throw new Error('taken back')
    }),
  )
  assert.equal(await jobs.find(jobId, owner), undefined)
})

test('thrown twice, it goes on from its checkpoint and its effect happens once', async () => {
  const seen: unknown[] = []
  const kind = jobKind<null>({
    kind: 'stumbles',
    run: async ({ reached: from, checkpoint, finish }) => {
      seen.push(from)
      const at = Number(from ?? 0)
      await checkpoint(at + 1)
      await transaction(async (tx) => {
        await enter(tx, 'stumbles')
        await finish(tx, at)
        if (at < 2) throw new Error('just before the commit')
      })
      return granted(null)
    },
  })
  work(kind)
  const job = await over(await put(kind, null))
  assert.deepEqual([job.state, job.result, job.attempts, seen], ['done', 2, 3, [undefined, 1, 2]])
  assert.equal(await effects('stumbles'), 1)
  assert.equal(faults.length, 2)
})

test('each job that is over leaves one entry in the audit, with its effect or with its end; none when it was never there', async () => {
  const entries = async (jobId: string) => {
    const { rows } = await database.db.pool.query(
      `select act, account, outcome, facts from audit.entry where object_kind = 'job' and object_id = $1`,
      [jobId],
    )
    return rows.map(({ act, account, outcome, facts }) => [act, account, outcome, facts])
  }
  const ends = jobKind<string>({
    kind: 'ends',
    attempts: 1,
    run: async ({ input, finish, signal }) => {
      if (input === 'refuse') return refused({ code: 'trial.no', text: '不行' })
      if (input === 'throw') throw new Error('broken')
      if (input === 'wait') return untilStopped({ signal })
      await transaction((tx) => finish(tx, 1))
      return granted(1)
    },
  })
  work(ends)
  for (const [input, outcome, facts] of [
    ['finish', 'done', { attempts: 1 }],
    ['refuse', 'refused', { attempts: 1 }],
    ['throw', 'failed', { attempts: 1 }],
    ['wait', 'refused', { attempts: 1, cancelled: true }],
  ] as const) {
    const jobId = await put(ends, input)
    if (input === 'wait') {
      await reached(jobId, ({ state }) => state === 'running')
      await jobs.cancel(jobId, owner)
    }
    await over(jobId)
    assert.deepEqual(await entries(jobId), [['job.ends', owner, outcome, facts]], input)
  }
})

test('what always throws fails with a sentence, without the developer’s words, and may be tried again', async () => {
  let broken = true
  const kind = jobKind<null>({
    kind: 'broken',
    attempts: 2,
    run: async () => {
      if (broken) throw new Error('secret words')
      return granted('whole')
    },
  })
  work(kind)
  const jobId = await put(kind, null)
  const job = await over(jobId)
  assert.deepEqual([job.state, job.attempts, job.mayRetry], ['failed', 2, true])
  assert.match(job.problem ?? '', /试了 2 次都没有做完.*—请稍后点“重试”/)
  assert.doesNotMatch(JSON.stringify(job), /secret/)
  broken = false
  assert.equal(await jobs.retry(jobId, '乙'), false)
  assert.equal(await jobs.retry(jobId, owner), true)
  assert.deepEqual([(await over(jobId)).result, await jobs.retry(jobId, owner)], ['whole', false])
})

test('a refusal ends it at once with its own sentence', async () => {
  const kind = jobKind<null>({
    kind: 'refuses',
    run: async () => refused({ code: 'trial.no', text: '不行—因为—请改' }),
  })
  work(kind)
  const job = await over(await put(kind, null))
  assert.deepEqual([job.state, job.problem, job.attempts], ['failed', '不行—因为—请改', 1])
})

test('stopped while it waits, while it runs, and in the very moment before its effect', async () => {
  const waits = jobKind<null>({ kind: 'waits', run: async () => granted(null) })
  const waiting = await put(waits, null)
  assert.equal(await jobs.cancel(waiting, owner), true)
  assert.deepEqual([(await over(waiting)).state, await jobs.cancel(waiting, owner)], ['cancelled', false])

  const runs = jobKind<null>({ kind: 'runs', run: untilStopped })
  work(runs)
  const running = await put(runs, null)
  await reached(running, ({ state }) => state === 'running')
  assert.equal(await jobs.cancel(running, owner), true)
  assert.match((await over(running)).problem ?? '', /已按要求停止，没有留下数据/)

  const ends = jobKind<null>({
    kind: 'ends',
    run: ({ jobId, finish }) =>
      transaction(async (tx) => {
        await enter(tx, 'ends')
        assert.equal(await jobs.cancel(jobId, owner), true)
        await finish(tx, null)
        return granted(null)
      }),
  })
  work(ends)
  assert.equal((await over(await put(ends, null))).state, 'cancelled')
  assert.equal(await effects('ends'), 0)
  assert.deepEqual(faults, [])
})

test('a holder that lost its lease cannot bring about the effect a second time', async () => {
  let begun = 0
  const kind = jobKind<null>({
    kind: 'stalls',
    run: async ({ jobId, finish }) => {
      const first = ++begun === 1
      // As if this process had been stopped by the system for longer than its lease; its pulse, still alive, would renew it.
      for (const end = Date.now() + 20_000; first && begun < 2 && Date.now() < end; await wait(10))
        await database.db.pool.query(
          "update jobs.job set lease_until = now() - interval '1 s' where job_id = $1 and attempts = 1",
          [jobId],
        )
      await transaction(async (tx) => {
        await enter(tx, 'stalls')
        await finish(tx, first ? 'first' : 'second')
      })
      return granted(null)
    },
  })
  work(kind)
  work(kind)
  const job = await over(await put(kind, null))
  await wait(200)
  assert.deepEqual([begun, job.result, await effects('stalls')], [2, 'second', 1])
})

test('many workers, many jobs: each exactly once', async () => {
  const kind = jobKind<number>({
    kind: 'counts',
    run: ({ input, finish }) =>
      transaction(async (tx) => {
        await enter(tx, `counts ${input}`)
        await finish(tx, input)
        return granted(null)
      }),
  })
  for (let index = 0; index < 3; index++) work(kind)
  const ids = await Promise.all(Array.from({ length: 100 }, (_, index) => put(kind, index)))
  for (const jobId of ids) assert.equal((await over(jobId)).state, 'done')
  const { rows } = await database.db.pool.query(
    "select count(*) as all, count(distinct name) as names from trial.effect where name like 'counts %'",
  )
  assert.deepEqual(rows[0], { all: 100, names: 100 })
})

test('a worker that is to stop hands its work back, and another goes on from the checkpoint', async () => {
  const kind = jobKind<null>({
    kind: 'handed',
    run: async (call) => {
      if (call.reached === 'half') return granted('whole')
      await call.checkpoint('half')
      return untilStopped(call)
    },
  })
  const first = work(kind)
  const jobId = await put(kind, null)
  await checkpointed(jobId)
  workers.pop()
  await first.stop(50)
  assert.deepEqual([(await jobs.find(jobId, owner))?.state, faults], ['waiting', []])
  work(kind)
  assert.deepEqual([(await over(jobId)).result, (await over(jobId)).attempts], ['whole', 1])
})

test('a worker takes only the kinds it knows', async () => {
  const known = jobKind<null>({ kind: 'known', run: async () => granted(null) })
  const other = jobKind<null>({ kind: 'other', run: async () => granted(null) })
  const left = await put(other, null)
  work(known)
  await over(await put(known, null))
  assert.equal((await jobs.find(left, owner))?.state, 'waiting')
  await jobs.cancel(left, owner)
})

test('what killed its worker too often is given up with a sentence', async () => {
  const kind = jobKind<null>({ kind: 'kills', attempts: 2, run: async () => granted(null) })
  const jobId = await put(kind, null)
  await database.db.pool.query(
    "update jobs.job set state = 'running', attempts = 2, lease = gen_random_uuid(), lease_until = now() where job_id = $1",
    [jobId],
  )
  work(kind)
  assert.match((await over(jobId)).problem ?? '', /接连中断 2 次/)
})

test('what has been over for thirty days is cleared, not a day sooner', async () => {
  const kind = jobKind<null>({ kind: 'old', run: async () => granted(null) })
  work(kind)
  const [old, young] = await Promise.all([put(kind, null), put(kind, null)])
  await Promise.all([over(old), over(young)])
  const age = (jobId: string, days: number) =>
    database.db.pool.query(
      'update jobs.job set finished_at = now() - make_interval(days => $2, hours => 1) where job_id = $1',
      [jobId, days],
    )
  await age(old, 30)
  await age(young, 29)
  await clearOldJobs(database.db.pool)
  assert.equal(await jobs.find(old, owner), undefined)
  assert.ok(await jobs.find(young, owner))
})
