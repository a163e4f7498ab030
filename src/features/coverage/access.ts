import { readers } from '../../kernel/role.ts'
import { declareAccess } from '../../platform/access/policy.ts'

/** 覆盖任务的准入 — agreements and plans span all stages of a county, so that a grant for some does not reach them. */
export const coverageAccess = declareAccess('coverage', {
  read: {
    zh: '只有教育主管部门和发改、财政、督导人员可以查看覆盖任务',
    roles: readers,
    everyStage: true,
  },
})
