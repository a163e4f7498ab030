import { bureauStaff, readers, schoolStaff } from '../../kernel/role.ts'
import { declareAccess } from '../../platform/access/policy.ts'

/** 学位供需的准入. */
export const seatsAccess = declareAccess('seats', {
  read: { zh: '只有教育主管部门和发改、财政、督导人员可以查看学位供需', roles: readers },
  'read-school': {
    zh: '只有教育主管部门工作人员和本校人员可以查看一所学校的预测',
    roles: [...readers, ...schoolStaff],
  },
  compute: {
    zh: '只有市、县教育主管部门工作人员可以测算',
    roles: bureauStaff,
    everyStage: true,
    everyInstitution: true,
  },
  'keep-scenario': {
    zh: '只有市、县教育主管部门工作人员可以保存情景方案',
    roles: bureauStaff,
    everyStage: true,
    everyInstitution: true,
  },
})
