import { parseArgs } from 'node:util'
import { knownMigrations, migrate, pendingMigrations } from '../../platform/db/migrate.ts'
import { revert } from '../../platform/db/revert.ts'
import { reach } from '../connect.ts'
import { migrationFolders } from '../migration-folders.ts'

const help = `用法：kuoyou migrate [status]                     看哪些升级还没有做
      kuoyou migrate up [--to 名称]              做到最新，或做到这一个为止
      kuoyou migrate down [--to 名称] [--discard] 退回最后一个，或退到只剩这一个及以前的
  退回会毁掉已有数据时不做；先备份，确实不要这些数据才加 --discard
  每一步各是一个事务；等一张表最多 1 秒，占用时过一会儿再试，不让正在使用的人排队
  --data DIR   数据目录`

/** 升级命令 — brings the schema up or takes it back by hand; starting the platform brings it up by itself. */
export async function migrateCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: {
      to: { type: 'string' },
      discard: { type: 'boolean', default: false },
      data: { type: 'string' },
      help: { type: 'boolean' },
    },
    allowPositionals: true,
  })
  if (values.help) {
    process.stdout.write(`${help}\n`)
    return 0
  }
  const [act = 'status'] = positionals
  if (!['status', 'up', 'down'].includes(act)) {
    process.stderr.write(`没有“migrate ${act}”。\n${help}\n`)
    return 2
  }
  const { owner, close } = await reach(values.data, act === 'up' ? 'make' : 'use')
  try {
    if (act === 'up') say('已升级', await migrate(owner.pool, migrationFolders, { to: values.to }))
    else if (act === 'down')
      say('已退回', await revert(owner.pool, migrationFolders, { to: values.to, discard: values.discard }))
    else {
      const pending = await pendingMigrations(owner.pool, migrationFolders)
      const all = knownMigrations(migrationFolders).length
      process.stdout.write(
        `共 ${all} 个升级，${pending.length === 0 ? '都已做过' : `还没有做：${pending.join('、')}`}。\n`,
      )
    }
    return 0
  } finally {
    await close()
  }
}

function say(what: string, names: readonly string[]): void {
  process.stdout.write(
    names.length === 0 ? '没有要做的。\n' : `${what} ${names.length} 个：${names.join('、')}。\n`,
  )
}
