import { citySections, readers } from '../../kernel/role.ts'
import { declareAccess } from '../../platform/access/policy.ts'

/** 口径与参数的准入. */
export const parameterAccess = declareAccess('parameter', {
  read: { zh: '只有教育主管部门和发改、财政、督导人员可以查看口径与参数', roles: readers, everyStage: true },
  change: { zh: '只有市教体局各科室可以提出和审定参数取值', roles: citySections, everyStage: true },
})
