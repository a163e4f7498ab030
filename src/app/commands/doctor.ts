import { statfsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Fault } from '../../kernel/fault.ts'
import { readPlan } from '../../plan/index.ts'
import { connect } from '../connect.ts'
import { dataFolder, root } from '../data-folder.ts'
import { booksOf } from '../open-site.ts'

const help = `用法：kuoyou doctor [--data DIR] [--json]
  检查运行环境、规划数据、数据库与台账，逐项给出结论；有问题时退出码为 1。`

interface Finding {
  readonly what: string
  readonly fine: boolean
  readonly words: string
}

/** 自检 — looks at the machine, the plan and the books, and says of each whether it is well and what to do if not. */
export async function doctor(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { data: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
  })
  if (values.help) {
    process.stdout.write(`${help}\n`)
    return 0
  }
  const findings = [runtime(), disk(values.data), plan(), ...(await books(values.data))]
  if (values.json) process.stdout.write(`${JSON.stringify(findings)}\n`)
  else
    for (const { what, fine, words } of findings)
      process.stdout.write(`${fine ? '好' : '有问题'}  ${what}：${words}\n`)
  return findings.every(({ fine }) => fine) ? 0 : 1
}

function runtime(): Finding {
  return {
    what: '运行环境',
    fine: true,
    words: `Node ${process.versions.node}，${process.platform}-${process.arch}`,
  }
}

/** A city's books and their history need well under this; below it the database may have to stop. */
const smallestFreeGigabytes = 2

function disk(data: string | undefined): Finding {
  const folder = process.env.DATABASE_URL ? root : dataFolder(data)
  let free: number
  try {
    const { bavail, bsize } = statfsSync(folder)
    free = (bavail * bsize) / 2 ** 30
  } catch {
    return { what: '磁盘', fine: false, words: `看不到数据目录 ${folder}。还没有建库时请先运行 npm start。` }
  }
  const fine = free >= smallestFreeGigabytes
  return {
    what: '磁盘',
    fine,
    words: `${folder} 还有 ${free.toFixed(1)} GB${fine ? '' : '，太少：请清理或换一个目录（--data）'}`,
  }
}

function plan(): Finding {
  const { plan, problems } = readPlan(join(root, 'plan'), 'pingdingshan')
  const fine = problems.length === 0 && plan !== undefined
  return {
    what: '规划数据',
    fine,
    words: fine
      ? `版本 ${plan.version.slice(0, 12)}，${plan.items.size} 条`
      : problems.map(({ text }) => text).join('；'),
  }
}

async function books(data: string | undefined): Promise<Finding[]> {
  const connected = await connect(data).catch((error: unknown) => {
    if (error instanceof Fault) return error
    throw error
  })
  if (connected instanceof Fault) return [{ what: '数据库', fine: false, words: connected.message }]
  try {
    const { rows } = await connected.owner.pool.query(`select current_setting('server_version') as version,
      current_setting('data_checksums') as checksums, current_setting('fsync') as fsync`)
    const { version, checksums, fsync } = rows[0]
    const server = {
      what: '数据库',
      fine: fsync === 'on',
      words: `PostgreSQL ${version}，校验和 ${checksums}，落盘 ${fsync}`,
    }
    const found = await booksOf(connected)
    if (!found)
      return [
        server,
        { what: '台账', fine: false, words: '还没有建库。请运行 npm start，或 npm start -- --empty。' },
      ]
    const { rows: counted } = await connected.owner.pool.query(
      `select (select count(*) from registry.county where kind = 'county') as counties, (select count(*) from public.migration) as migrations`,
    )
    const words = `${found.site.cityName}，${counted[0].counties} 个县级单位，${counted[0].migrations} 个升级脚本${found.site.synthetic ? '，合成数据' : ''}`
    return [server, { what: '台账', fine: true, words }]
  } finally {
    await connected.close()
  }
}
