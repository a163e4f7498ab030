import { bureauStaff } from '../../kernel/role.ts'
import { declareAccess } from '../../platform/access/policy.ts'

/** 可看责任矩阵的部门 — who carries the plan out and the departments beside them; an inspector has schools, not a county's tasks. */
const taskReaders = [...bureauStaff, 'development-reform', 'finance'] as const

/** 任务与责任的准入. */
export const taskAccess = declareAccess('task', {
  read: {
    zh: '只有教育主管部门和发改、财政部门可以查看任务与责任矩阵',
    roles: taskReaders,
    everyStage: true,
    everyInstitution: true,
  },
})
