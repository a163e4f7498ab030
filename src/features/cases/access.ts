import { bureauStaff } from '../../kernel/role.ts'
import { declareAccess } from '../../platform/access/policy.ts'

/** 案例库的准入 — the effect of a case is measured over a whole county and all stages. */
export const caseAccess = declareAccess('case', {
  read: { zh: '只有市、县教育主管部门工作人员可以查看案例库', roles: bureauStaff, everyStage: true },
})
