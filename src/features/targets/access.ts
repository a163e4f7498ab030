import { readers } from '../../kernel/role.ts'
import { declareAccess } from '../../platform/access/policy.ts'

/** 目标任务的准入. */
export const targetAccess = declareAccess('target', {
  read: { zh: '只有教育主管部门和发改、财政、督导人员可以查看目标任务', roles: readers, everyStage: true },
})
