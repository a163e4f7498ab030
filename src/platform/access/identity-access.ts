import { administratorRoles } from './identity.ts'
import { declareAccess } from './policy.ts'

const system = ['system-administrator']
const security = ['security-administrator']
const all = administratorRoles.map(({ role }) => role)

/** 账号的准入. */
export const accountAccess = declareAccess('account', {
  read: { zh: '只有系统、安全、审计管理员可以查看账号和授权', roles: all },
  keep: { zh: '只有系统管理员可以建立、停用账号和发放链接', roles: system },
  release: { zh: '只有安全管理员可以解锁、唤醒账号，让人退出登录，清除第二因素', roles: security },
})

/** 授权与登录规则的准入. */
export const grantAccess = declareAccess('grant', {
  give: { zh: '只有安全管理员可以授权和改登录规则', roles: security },
  'read-rule': { zh: '只有系统、安全、审计管理员可以查看登录规则', roles: all },
})
