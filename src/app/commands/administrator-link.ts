import { parseArgs } from 'node:util'
import { Fault } from '../../kernel/fault.ts'
import { createAccount } from '../../platform/access/account.ts'
import { clearFactors } from '../../platform/access/factors.ts'
import { administratorRoles, isAdministrator } from '../../platform/access/identity.ts'
import { issueLink } from '../../platform/access/one-time-link.ts'
import type { Database } from '../../platform/db/open-database.ts'
import { connect } from '../connect.ts'
import { noteRun, operator } from '../on-record.ts'

const help = `用法：kuoyou administrator-link --account 账号 [--clear-factors] [--data DIR]
      给已有账号发放设置密码的一次性链接；--clear-factors 同时清除遗失的第二因素并退出全部登录
    kuoyou administrator-link --seat ${administratorRoles.map(({ role }) => role).join('|')} --account 账号 --name 姓名
      席位上的人都联系不上时，另立一位管理员并发放链接
  只能在服务器上运行：能登上服务器的人，才能越过三员之间的相互限制。`

/** 管理员链接 — for when no one is left who may hand one out: whoever has the server's shell is trusted with it. */
export async function administratorLink(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      account: { type: 'string' },
      seat: { type: 'string' },
      name: { type: 'string' },
      'clear-factors': { type: 'boolean' },
      data: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  const { account, seat, name } = values
  if (values.help || !account) {
    process.stdout.write(`${help}\n`)
    return values.help ? 0 : 2
  }
  const connected = await connect(values.data)
  try {
    const by = operator()
    noteRun({ object: { kind: 'account', id: account } })
    if (seat !== undefined) await seatAccount(connected.db, { account, seat, name, by })
    else await expectAccount(connected.db, account)
    if (values['clear-factors']) await clearFactors(connected.db.pool, account)
    const token = await issueLink(connected.db.pool, { purpose: 'set-password', account, issuedBy: by })
    process.stdout.write(
      `请在浏览器打开（接在平台网址之后），24 小时内可用一次：\n/set-password?token=${token}\n`,
    )
    return 0
  } finally {
    await connected.close()
  }
}

async function seatAccount(
  { pool }: Database,
  wanted: { account: string; seat: string; name: string | undefined; by: string },
): Promise<void> {
  if (!isAdministrator(wanted.seat)) throw new Fault(`没有“${wanted.seat}”这个席位。\n${help}`)
  if (!wanted.name) throw new Fault('新立管理员要写明姓名：--name 姓名')
  const { account, name, seat: role, by: createdBy } = wanted
  if (!(await createAccount(pool, { account, name, role, createdBy })))
    throw new Fault(`账号 ${account} 已有人使用。请换一个账号名。`)
}

async function expectAccount({ pool }: Database, account: string): Promise<void> {
  const { rowCount } = await pool.query(
    "select 1 from access.account where account = $1 and state = 'active' and not demonstration",
    [account],
  )
  if (rowCount === 0) throw new Fault(`没有账号 ${account}，或它已停用。请核对账号名。`)
}
