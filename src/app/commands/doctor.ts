import { parseArgs } from 'node:util'
import { Fault } from '../../kernel/fault.ts'
import { reach } from '../connect.ts'
import { examineDatabase } from '../doctor/examine-database.ts'
import { examineMachine } from '../doctor/examine-machine.ts'
import { type Finding, fail } from '../doctor/finding.ts'

const help = `用法：kuoyou doctor [--data DIR] [--json]
  检查运行环境、磁盘、密钥、规划数据、数据库、时钟、升级、台账、任务、备份与演练，逐项写通过、注意或不通过，以及怎么改
  只看不改；有不通过时退出码为 1`

const shown = { pass: '通过', note: '注意', fail: '不通过' } as const

/** 自检 — looks at the machine, the plan, the database and its backups, and says of each whether it is well and how to mend it. */
export async function doctor(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { data: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
  })
  if (values.help) {
    process.stdout.write(`${help}\n`)
    return 0
  }
  const findings = [...examineMachine(values.data), ...(await database(values.data))]
  if (values.json) process.stdout.write(`${JSON.stringify(findings)}\n`)
  else for (const finding of findings) process.stdout.write(`${lineOf(finding)}\n`)
  return findings.some(({ level }) => level === 'fail') ? 1 : 0
}

function lineOf({ what, level, words, mend }: Finding): string {
  return `${shown[level]}  ${what}：${words}${mend ? `。${mend}` : ''}`
}

async function database(data: string | undefined): Promise<Finding[]> {
  try {
    const { owner, close } = await reach(data)
    try {
      return await examineDatabase(owner.pool)
    } finally {
      await close()
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return [fail('数据库', '连不上或用不了', error.message)]
  }
}
