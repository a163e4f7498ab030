import { pupilKeepers, schoolStaff } from '../../kernel/role.ts'
import { declareAccess } from '../../platform/access/policy.ts'

/** 学生个人信息的准入. */
export const peopleAccess = declareAccess('person', {
  read: {
    zh: '只有基础教育、特殊教育管理人员和本校人员可以查看学生信息',
    roles: [...pupilKeepers, ...schoolStaff],
  },
  unmask: {
    zh: '只有基础教育、特殊教育管理人员和本校人员可以查看原文',
    roles: [...pupilKeepers, ...schoolStaff],
  },
  record: {
    zh: '只有县级教育主管部门和本校人员可以登记学生信息',
    roles: ['county-bureau', ...schoolStaff],
  },
  erase: { zh: '只有教育主管部门可以删除学生信息', roles: pupilKeepers },
  export: {
    zh: '只有基础教育、特殊教育管理人员和本校人员可以导出名单',
    roles: [...pupilKeepers, ...schoolStaff],
  },
  'approve-export': { zh: '只有教育主管部门可以审批导出', roles: pupilKeepers },
  'audit-pack': {
    zh: '只有基础教育管理人员和审计管理员可以下载审计包',
    roles: [...pupilKeepers, 'audit-administrator'],
    everyStage: true,
    everyInstitution: true,
  },
})
