import { declareAccess } from '../access/policy.ts'

const roles = ['audit-administrator'] as const

/** 审计的准入 — only who keeps the audit reads it; each reading is itself an entry. */
export const auditAccess = declareAccess('audit', {
  read: { zh: '只有审计管理员可以查看审计', roles },
  verify: { zh: '只有审计管理员可以核验审计', roles },
  export: { zh: '只有审计管理员可以导出审计', roles },
})
