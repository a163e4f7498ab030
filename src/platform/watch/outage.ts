/** 数据库不可用 — how to answer while it is: the status, when to come back, and what to say. */
export interface Outage {
  readonly status: 503 | 507
  readonly retryAfterSeconds: number
  readonly code: string
  readonly text: string
}

/** SQLSTATEs of a server that is stopping, starting or out of connections. */
const away = /^(57P0[1-5]|08\d{3}|53300)$/
const socketErrors = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
])
const driverWords =
  /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect|Client was closed/

const lost: Outage = {
  status: 503,
  retryAfterSeconds: 5,
  code: 'database.away',
  text: '数据库暂时连不上，这一步没有办成，您填的内容请先不要关闭。系统正在自动重连，请 5 秒后再试；若一直不行，请联系管理员。',
}
const full: Outage = {
  status: 507,
  retryAfterSeconds: 60,
  code: 'database.full',
  text: '服务器磁盘已满，这一步没有办成，已有数据没有改动。请联系管理员清理磁盘，之后不用重启，再试即可。',
}
const busy: Outage = {
  status: 503,
  retryAfterSeconds: 2,
  code: 'database.busy',
  text: '同一份数据正被别人修改，这一步没有办成。请几秒后再试。',
}

/**
 * 辨认停摆 — whether an error means that the database is away, full or busy rather than that we broke a promise.
 *
 * Looks at the causes too. Undefined for everything else: that stays a fault.
 */
export function outageOf(error: unknown): Outage | undefined {
  for (let each = error; each instanceof Error; each = each.cause) {
    const { code = '', syscall, message } = each as { code?: string; syscall?: string; message: string }
    if (away.test(code) || driverWords.test(message)) return lost
    if (socketErrors.has(code) && fromSocket(syscall)) return lost
    // The Unix socket of an embedded server that is down is not there.
    if (code === 'ENOENT' && syscall === 'connect') return lost
    if (code === '53100' || code === 'ENOSPC') return full
    if (code === '40001' || code === '40P01' || code === '55P03') return busy
  }
  return undefined
}

function fromSocket(syscall: string | undefined): boolean {
  return syscall === undefined || ['connect', 'read', 'write'].includes(syscall)
}
