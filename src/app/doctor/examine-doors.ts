import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { type Finding, fail, pass } from './finding.ts'

/** 查门户 — who gets in without a password, and whether a site without passwords can be reached from outside. */
export async function examineDoors(pool: pg.Pool, synthetic: boolean, data: string): Promise<Finding[]> {
  return [await passwords(pool, synthetic), ...(synthetic ? [await listening(data)] : [])]
}

async function passwords(pool: pg.Pool, synthetic: boolean): Promise<Finding> {
  if (synthetic) return pass('账号', '演示站点：账号都没有密码')
  const { rows } = await pool.query('select account from access.account where demonstration order by account')
  return rows.length === 0
    ? pass('账号', '没有演示账号，也没有初始密码：每人第一次都凭一次性链接自己设')
    : fail(
        '账号',
        `${rows.map(({ account }) => account).join('、')} 是演示账号—在真实站点上不用密码的账号谁都能用`,
        '请在“账号”页停用它们，并查审计看有没有人用过。',
      )
}

async function listening(data: string): Promise<Finding> {
  const told = ['KUOYOU_HOST', 'KUOYOU_PROXY'].filter((name) => process.env[name])
  if (told.length > 0)
    return fail(
      '演示站点的监听',
      `设置了 ${told.join('、')}—演示站点不用密码就能登录，不能放在代理后面给别人用`,
      '请去掉这些设置；真实站点用 --empty 另建。',
    )
  const port = portOf(data)
  const open = port === undefined ? [] : await reachable(port)
  return open.length === 0
    ? pass('演示站点的监听', '只有本机能访问')
    : fail(
        '演示站点的监听',
        `从 ${open.join('、')} 能连到端口 ${port}—演示站点不用密码就能登录，网上的人都进得来`,
        '请停掉把这个端口转发出去的程序或防火墙规则。',
      )
}

function portOf(data: string): number | undefined {
  try {
    return JSON.parse(readFileSync(join(data, 'running.json'), 'utf8')).port || undefined
  } catch {
    return undefined
  }
}

async function reachable(port: number): Promise<string[]> {
  const own = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80'))
    .map(({ address }) => address)
  const answers = await Promise.all(own.map((host) => accepts(host, port)))
  return own.filter((_, at) => answers[at])
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 })
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => end(true))
    socket.once('timeout', () => end(false))
    socket.once('error', () => end(false))
  })
}
