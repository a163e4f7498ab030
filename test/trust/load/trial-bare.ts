import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { booksOf } from '../../../src/app/open-site.ts'
import { allRoutes } from '../../../src/app/server.ts'
import { auditTracing } from '../../../src/platform/audit/audit-tracing.ts'
import { openService } from '../../../src/platform/db/open-database.ts'
import { buildServer } from '../../../src/platform/http/serve.ts'
import type { Books } from '../../../src/records/books.ts'
import { scenarioRequest } from '../scenario-request.ts'
import { judge, type LoadGround, officerOf } from './load-ground.ts'
import { saving } from './load-scripts.ts'
import { runLoad } from './run-load.ts'
import { readVitals } from './watch-metrics.ts'

const connections = 16
const name = '负载录句'
const key = 'load-recorded-key'

/**
 * 与裸事务之比 — the same statements, in one transaction, by the driver alone at the same concurrency and in the same run.
 *
 * The statements are not written down here: one request is answered in this process with the driver listened to, and
 * what it sent for the act is sent again with another name and key.
 */
export async function trialBare(ground: LoadGround): Promise<string[]> {
  const seconds = ground.option('seconds', 20)
  const act = await recordAct(ground)
  ground.say(`与裸事务之比：存一个方案，共 ${act.length} 条语句；${connections} 个并发，各 ${seconds} 秒`)
  const ours = async () => {
    const before = await readVitals(ground.address)
    const figures = await runLoad(ground.address, {
      name: '存方案',
      arrivals: { users: connections, seconds },
      caller: officerOf(ground),
      script: saving,
    })
    const after = await readVitals(ground.address)
    const done = figures.all.count
    return {
      perSecond: figures.perSecond,
      ms: ((after.processorSeconds - before.processorSeconds) * 1_000) / done,
      failures: Object.keys(figures.failures).length,
    }
  }
  await ours()
  const bare = await replay(ground, act, seconds)
  const whole = await ours()
  const ratio = whole.perSecond / bare
  ground.say(
    `  平台每秒 ${whole.perSecond.toFixed(1)}，裸事务每秒 ${bare.toFixed(1)}；平台进程每笔用处理器 ${whole.ms.toFixed(1)} 毫秒（含驱动程序本身）`,
  )
  return judge(ground, '与裸事务之比', ratio, '大于 0，只作记录', whole.failures === 0)
}

interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
  readonly name?: string
}

type Sent = string | { readonly text: string; readonly values?: readonly unknown[]; readonly name?: string }

/** Answers one request in this process and keeps what the driver sent between begin and commit. */
async function recordAct({ url, data, officers }: LoadGround): Promise<Statement[]> {
  const db = openService({ connectionString: url })
  const sent: Statement[] = []
  let within: object | undefined
  const plain = pg.Client.prototype.query
  pg.Client.prototype.query = function (this: object, ...words: unknown[]) {
    const [first, values] = words as [Sent, readonly unknown[] | undefined]
    const text = typeof first === 'string' ? first : first.text
    if (text.startsWith('begin;')) within = this
    if (within === this)
      sent.push({
        text,
        values: (typeof first === 'string' ? values : (first.values ?? values)) ?? [],
        ...(typeof first === 'object' && first.name && { name: first.name }),
      })
    if (text === 'commit' && within === this) within = undefined
    return (plain as (...words: unknown[]) => unknown).apply(this, words)
  } as typeof plain
  try {
    const books = (await booksOf({ db }, data)) as Books
    const server = await buildServer({
      routes: allRoutes,
      context: books,
      version: 'load',
      tracing: auditTracing(db.pool),
      onFault: () => {},
    })
    sent.length = 0
    const answer = await server.inject({
      method: 'POST',
      url: '/api/seats/scenarios',
      headers: { cookie: officers[0]?.cookie ?? '', 'sec-fetch-site': 'same-origin', 'idempotency-key': key },
      payload: scenarioRequest(name),
    })
    await server.close()
    if (answer.statusCode !== 200) throw new Error(`the recorded act was answered ${answer.statusCode}`)
    return [...sent]
  } finally {
    pg.Client.prototype.query = plain
    await db.close()
  }
}

async function replay({ url }: LoadGround, act: readonly Statement[], seconds: number): Promise<number> {
  const db = openService({ connectionString: url }, connections)
  const end = performance.now() + seconds * 1_000
  const started = performance.now()
  let done = 0
  const client = async () => {
    const connection = await db.pool.connect()
    try {
      while (performance.now() < end) {
        const fresh = randomBytes(8).toString('hex')
        for (const { text, values, name: prepared } of act)
          await connection.query({
            text,
            values: values.length > 0 ? values.map((value) => freshened(value, fresh)) : (undefined as never),
            ...(prepared && { name: prepared }),
          })
        done += 1
      }
    } finally {
      connection.release()
    }
  }
  try {
    await Promise.all(Array.from({ length: connections }, client))
    return done / ((performance.now() - started) / 1_000)
  } finally {
    await db.close()
  }
}

/** The same value for another act: its own name and its own key. */
function freshened(value: unknown, fresh: string): unknown {
  if (typeof value !== 'string') return value
  return value.replaceAll(name, name + fresh).replaceAll(key, key + fresh)
}
