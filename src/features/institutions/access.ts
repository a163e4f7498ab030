import { citySections, readers, schoolStaff } from '../../kernel/role.ts'
import { declareAccess } from '../../platform/access/policy.ts'

/** 机构的准入. */
export const institutionAccess = declareAccess('institution', {
  read: {
    zh: '只有教育主管部门、相关部门、乡镇中心校和本校人员可以查阅机构',
    roles: [...readers, 'township-centre', ...schoolStaff],
  },
  'list-units': { zh: '只有教育主管部门和相关部门可以查看单位', roles: readers },
  record: { zh: '只有市教体局工作人员可以登记机构变更', roles: citySections },
})
