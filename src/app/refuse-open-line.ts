import pg from 'pg'
import { Fault } from '../kernel/fault.ts'

/**
 * 不走明线 — refuses a database on another machine unless the line to it is encrypted and its certificate verified.
 *
 * Judged on what the driver makes of the address, PGSSLMODE and its like included. A network that nobody else can listen
 * in on is named by KUOYOU_DATABASE_NETWORK=trusted.
 */
export function refuseOpenLine(url: string): void {
  if (process.env.KUOYOU_DATABASE_NETWORK === 'trusted') return
  const { host, ssl } = new pg.Client({ connectionString: url }) as {
    host: string
    ssl: boolean | { rejectUnauthorized?: boolean }
  }
  if (isHere(host)) return
  const verified = ssl === true || (typeof ssl === 'object' && ssl.rejectUnauthorized !== false)
  if (verified) return
  throw new Fault(
    `DATABASE_URL 指向另一台机器 ${host}，连接${ssl ? '不核对它的证书—有人冒充这台数据库也看不出来' : '没有加密—口令和个人信息在网上都是明文'}—请在地址后加 ?sslmode=verify-full&sslrootcert=证书文件，并在数据库服务器上打开 TLS；若这段网络确实只有这几台机器，可设置 KUOYOU_DATABASE_NETWORK=trusted。`,
  )
}

/** A socket file, or this machine by an address or name of its own. */
const isHere = (host: string) => host.startsWith('/') || /^(localhost|::1|127(\.\d{1,3}){3})$/i.test(host)
