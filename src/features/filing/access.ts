import { citySections, readers, schoolStaff } from '../../kernel/role.ts'
import { declareAccess } from '../../platform/access/policy.ts'

/** 填报的准入. */
export const filingAccess = declareAccess('filing', {
  read: {
    zh: '只有教育主管部门、相关部门、乡镇中心校和填报单位可以查看填报',
    roles: [...readers, 'township-centre', ...schoolStaff],
  },
  'fill-institution': { zh: '只有本校（园）人员可以填报本校（园）的报表', roles: schoolStaff },
  'fill-county': { zh: '只有县级教育主管部门可以填报县级报表', roles: ['county-bureau'] },
  'approve-township-centre': {
    zh: '只有乡镇中心校可以办理本片学校报表的初审',
    roles: ['township-centre'],
  },
  'approve-county': { zh: '只有县级教育主管部门可以办理县级审核', roles: ['county-bureau'] },
  'approve-city': { zh: '只有市教体局可以办理市级审核', roles: citySections },
  write: {
    zh: '只有填报单位、乡镇中心校和教育主管部门可以填报、审核',
    roles: [...schoolStaff, 'township-centre', 'county-bureau', ...citySections],
  },
})
