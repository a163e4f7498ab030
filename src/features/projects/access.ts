import { bureauStaff } from '../../kernel/role.ts'
import { declareAccess } from '../../platform/access/policy.ts'

/** 项目的准入 — who plans and pays reads beside who builds; projects are entered in the book, not here. */
export const projectAccess = declareAccess('project', {
  read: {
    zh: '只有教育主管部门和发改、财政部门可以查看项目',
    roles: [...bureauStaff, 'development-reform', 'finance'],
    everyStage: true,
  },
})
