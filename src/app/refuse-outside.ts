import { Fault } from '../kernel/fault.ts'
import { isThisMachine, readHosts } from '../platform/http/known-host.ts'

/** 演示不出本机 — a site without passwords does not start where others could reach it: by its own address, by a name of its own, or behind another machine's proxy. */
export function refuseOutside(host: string): void {
  const { KUOYOU_HOST, KUOYOU_PROXY } = process.env
  const outside = [
    ...(isThisMachine(host) ? [] : [`监听 ${host}`]),
    ...readHosts(KUOYOU_HOST)
      .filter((name) => !isThisMachine(name))
      .map((name) => `以 ${name} 为域名（KUOYOU_HOST）`),
    ...readHosts(KUOYOU_PROXY)
      .filter((name) => !isThisMachine(name) && name !== 'loopback')
      .map((name) => `放在代理 ${name} 后面（KUOYOU_PROXY）`),
  ]
  if (outside.length > 0)
    throw new Fault(
      `演示站点不用密码就能登录，只能在本机上用，不能${outside.join('、')}。真实站点请用 --empty 和新的数据目录。`,
    )
}
