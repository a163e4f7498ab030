import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Fault } from '../../kernel/fault.ts'
import { firstAdministratorToken } from '../../platform/access/first-start-routes.ts'

import { keepAudit } from '../../platform/audit/keep-audit.ts'

import { drain } from '../../platform/watch/drain.ts'
import { stopServing } from '../../platform/watch/stop-serving.ts'

import type { Books } from '../../records/books.ts'
import { heedErasures } from '../../records/people/erasure-book.ts'
import { analyseBooks } from '../../records/registry/analyse-books.ts'
import { askedToStop } from '../asked-to-stop.ts'
import { buildWeb } from '../build-web.ts'
import { type Connected, connect } from '../connect.ts'
import { dataFolder, root } from '../data-folder.ts'
import { entered } from '../entered.ts'
import { findingsOnce } from '../findings-once.ts'
import { forecastOnce } from '../forecast-once.ts'
import { booksOf } from '../open-site.ts'
import { papersOnce } from '../papers-once.ts'
import { prepareSite } from '../prepare-site.ts'
import { printProgress } from '../print-progress.ts'
import { refuseOutside } from '../refuse-outside.ts'
import { claimDataFolder, claimPort } from '../running-copy.ts'
import { platformServer } from '../server.ts'
import { workerBeside } from '../worker-beside.ts'
import { WrongUse } from '../wrong-use.ts'

const help = `用法：npm start -- [选项]
  --port N       端口，默认 8040
  --host 地址    监听的地址，默认 127.0.0.1（只有本机和本机上的代理能访问）；演示站点只许用默认值
  --data DIR     数据目录（内置数据库放在这里）
  --empty        建真实站点：只有规划与官方区划，没有合成数据；打印首个管理员的一次性链接
  --size SIZE    演示城市大小：city（默认）或 hamlet
  --plan ID      规划层，默认 pingdingshan
  --jobs N       旁边的办理进程同时办几项任务，默认 2；0 表示都交给另开的 kuoyou worker
  设置 DATABASE_URL=postgres://… 改用 PostgreSQL 15 以上的服务器
  设置 KUOYOU_PROXY=127.0.0.1 表示前面有这台代理：访问者地址与 https 以它所说为准
  设置 KUOYOU_HOST=kuoyou.example.gov.cn 登记本站域名（多个用逗号分开）：用别的域名来的请求不予办理`

/** A proxy has looked at readiness by then, and every connection that was used has been given back. */
const drainMs = 3_000

/** What was decided through another copy of the platform holds here within a minute. */
const planRenewedMs = 60_000

interface Options {
  readonly port: number
  readonly host: string
  readonly data?: string | undefined
  readonly empty: boolean
  readonly size: 'city' | 'hamlet'
  readonly planLayer: string
  readonly jobs: number
}

/** 启动平台 — prepares what is missing, serves, and prints the address; returns when asked to stop. */
export async function start(args: string[]): Promise<number> {
  const options = readOptions(args)
  if (options === 'help') {
    process.stdout.write(`${help}\n`)
    return 0
  }
  await claimPort(options.port)
  const release = process.env.DATABASE_URL
    ? () => {}
    : claimDataFolder(dataFolder(options.data), options.port)
  try {
    return await serve(options)
  } finally {
    release()
  }
}

async function serve(options: Options): Promise<number> {
  const stopAsked = askedToStop()
  // The pages are built while the database starts and fills: the two need each other only at the end.
  const building = buildWeb()
  building.catch(() => {})
  const connected = await connect(options.data, 'serve')
  try {
    const opening = openBooks(connected, options)
    const books = await Promise.race([opening, stopAsked])
    if (!books) {
      opening.catch(() => {})
      process.stderr.write('已停止。建库没有完成，下次启动会从头再建。\n')
      return 130
    }
    if (books.site.synthetic) refuseOutside(options.host)
    const server = await platformServer(books, await building, options.data)
    await server.listen({ port: options.port, host: options.host })
    const working = options.jobs > 0 ? workerBeside(options.jobs, options.data) : undefined
    const audit = keepAudit(books.db.pool, books.audit.places, (error) =>
      process.stderr.write(`${new Date().toISOString()} audit ${(error as Error).message}\n`),
    )
    const renewing = setInterval(() => books.renewPlan().catch(() => {}), planRenewedMs)
    await announce(options.port, books)
    await stopAsked
    if (process.env.KUOYOU_PROXY) await drain(server, drainMs)
    await stopServing(server)
    clearInterval(renewing)
    await working?.stop()
    await audit.stop()
    return 0
  } finally {
    await connected.close()
  }
}

async function openBooks(connected: Connected, options: Options): Promise<Books> {
  await prepareSite(connected, options, printProgress)
  const books = await booksOf(connected, options.data)
  if (!books) throw new Fault('建库没有完成。请换一个空的数据目录再试。')
  await entered(books, 'start.erasures', () => heedErasures(connected.owner, books.audit.places.folders))()
  if (books.site.synthetic) {
    await forecastOnce(books, printProgress)
    if (await findingsOnce(books, printProgress)) await analyseBooks(connected.owner.pool)
    await papersOnce(books, printProgress)
  }
  return books
}

async function announce(port: number, books: Books): Promise<void> {
  const address = `http://127.0.0.1:${port}`
  const token = books.site.synthetic ? undefined : await firstAdministratorToken(books.db)
  const mark = books.site.synthetic ? `（${books.site.cityName}演示城市，全部为合成数据）` : ''
  const link = token
    ? `请用这个一次性链接建立首个管理员（24 小时内有效）：${address}/first-administrator?token=${token}\n`
    : ''
  process.stdout.write(`扩优已就绪：${address}${mark}\n${link}`)
}

function readOptions(args: string[]): Options | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '8040' },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string' },
      empty: { type: 'boolean', default: false },
      size: { type: 'string', default: 'city' },
      plan: { type: 'string', default: 'pingdingshan' },
      jobs: { type: 'string', default: '2' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return 'help'
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new WrongUse(`端口应是 1 到 65535 的整数，不能是“${values.port}”。`)
  if (values.size !== 'city' && values.size !== 'hamlet')
    throw new WrongUse(`演示城市大小只能是 city 或 hamlet，不能是“${values.size}”。`)
  if (!/^\d{1,2}$/.test(values.jobs))
    throw new WrongUse(`--jobs 应是 0 到 99 的整数，不能是“${values.jobs}”。`)
  const plans = planLayers()
  if (!plans.includes(values.plan))
    throw new WrongUse(`没有“${values.plan}”这个规划层。--plan 只能是 ${plans.join('、')}。`)
  return {
    port,
    host: values.host,
    data: values.data,
    empty: values.empty,
    size: values.size,
    planLayer: values.plan,
    jobs: Number(values.jobs),
  }
}

function planLayers(): string[] {
  const folder = join(root, 'plan')
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'manifest.yaml')))
}
