import { Fault } from '../kernel/fault.ts'
import { onOutputClosed } from './asked-to-stop.ts'
import { onRecord } from './on-record.ts'
import { ownActs } from './own-acts.ts'
import { tellArgumentError } from './tell-argument-error.ts'
import { WrongUse } from './wrong-use.ts'

const wantedMajor = 24
if (Number(process.versions.node.split('.')[0]) !== wantedMajor) {
  process.stderr.write(
    `扩优运行在随附的 Node ${wantedMajor} 上，现在却是 ${process.versions.node}。请用 npm start 或 npx kuoyou 启动，不要直接用系统的 node。\n`,
  )
  process.exit(1)
}

type Command = (args: string[]) => Promise<number>

/** Each command is loaded only when it is asked for: `forecast` needs no database, `start` needs no parser. */
const commands: Readonly<Record<string, { zh: string; load: () => Promise<Command> }>> = {
  start: { zh: '启动平台', load: async () => (await import('./commands/start.ts')).start },
  forecast: {
    zh: '学生数预测（用自己的表）',
    load: async () => (await import('./commands/forecast.ts')).forecast,
  },
  seats: { zh: '学位供需', load: async () => (await import('./commands/seats.ts')).seats },
  import: { zh: '导入台账', load: async () => (await import('./commands/import.ts')).importCommand },
  export: { zh: '导出台账', load: async () => (await import('./commands/export.ts')).exportCommand },
  plan: {
    zh: '核对规划数据（plan check）',
    load: async () => (await import('./commands/plan-check.ts')).planCheck,
  },
  worker: {
    zh: '办理任务（可在别的进程和机器上）',
    load: async () => (await import('./commands/worker.ts')).worker,
  },
  audit: { zh: '核验、锚定、导出审计', load: async () => (await import('./commands/audit.ts')).audit },
  backup: { zh: '备份', load: async () => (await import('./commands/backup.ts')).backup },
  restore: { zh: '把备份恢复到空库', load: async () => (await import('./commands/restore.ts')).restore },
  drill: { zh: '恢复演练', load: async () => (await import('./commands/drill.ts')).drillCommand },
  migrate: {
    zh: '升级或退回数据库（up|down）',
    load: async () => (await import('./commands/migrate.ts')).migrateCommand,
  },
  'administrator-link': {
    zh: '管理员无法登录时发放链接',
    load: async () => (await import('./commands/administrator-link.ts')).administratorLink,
  },
  keys: { zh: '更换密钥（keys rotate）', load: async () => (await import('./commands/keys.ts')).keys },
  retention: {
    zh: '删除保存期已满的个人信息（run|list|reapply）',
    load: async () => (await import('./commands/retention.ts')).retention,
  },
  standings: {
    zh: '留存各县指标和覆盖计数，或再算核对（keep|check）',
    load: async () => (await import('./commands/standings.ts')).standings,
  },
  doctor: { zh: '检查本机与数据', load: async () => (await import('./commands/doctor.ts')).doctor },
}

onOutputClosed()
const [name, ...args] = process.argv.slice(2)
process.exitCode = await run(name, args)

async function run(name: string | undefined, args: string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === 'help') {
    process.stdout.write(`${usage()}\n`)
    return name === undefined ? 2 : 0
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    process.stderr.write(`没有“${name}”这个命令。\n${usage()}\n`)
    return 2
  }
  try {
    const act = await command.load()
    const words = name === 'plan' && args[0] === 'check' ? args.slice(1) : args
    return await (Object.hasOwn(ownActs, `cli.${name}`)
      ? onRecord(name, words, () => act(words))
      : act(words))
  } catch (error) {
    return explain(error, name)
  }
}

function explain(error: unknown, command: string): number {
  const sentence = isArgumentError(error)
    ? tellArgumentError(error, command)
    : error instanceof Fault
      ? error.message
      : `平台出错：${(error as Error).stack ?? error}`
  process.stderr.write(`${sentence}\n`)
  return isArgumentError(error) || error instanceof WrongUse ? 2 : 1
}

function isArgumentError(error: unknown): error is { readonly code: string; readonly message: string } {
  return String((error as { code?: unknown }).code ?? '').startsWith('ERR_PARSE_ARGS')
}

function usage(): string {
  const lines = Object.entries(commands).map(([command, { zh }]) => `  kuoyou ${command.padEnd(19)} ${zh}`)
  return ['用法：kuoyou <命令> [选项]，每个命令都可加 --help', ...lines].join('\n')
}
