import type { AuditRow } from '../../platform/audit/audit-contract.ts'

const objectNames: Readonly<Record<string, string>> = {
  account: '账号',
  audit: '审计',
  child: '学生',
  complaint: '投诉举报',
  county: '县（市、区）',
  finding: '问题',
  grant: '授权',
  import: '导入',
  institution: '机构',
  job: '后台作业',
  'people-export': '学生名单导出',
  person: '学生',
  'sign-in-rule': '登录规则',
  token: '令牌',
  visit: '入校督导',
  webhook: '推送接收方',
}

/** 对象用词 — what an entry is about: its kind in Chinese, and its number. */
export function tellObject({ objectKind, objectId }: Pick<AuditRow, 'objectKind' | 'objectId'>): string {
  if (!objectKind) return ''
  return [objectNames[objectKind] ?? objectKind, objectId ?? ''].join(' ').trim()
}

/** 办理人用词 — the account; of what the platform does by itself, and of whoever had not signed in, the words for it. */
export function tellWho({ account, role }: Pick<AuditRow, 'account' | 'role'>): string {
  return account || (role === 'system' ? '平台自动' : '未登录')
}
