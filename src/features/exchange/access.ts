import { bureauStaff, readers, schoolStaff } from '../../kernel/role.ts'
import { declareAccess } from '../../platform/access/policy.ts'

/** 导入导出的准入. */
export const exchangeAccess = declareAccess('exchange', {
  import: { zh: '只有教育主管部门工作人员和学校数据员可以导入', roles: [...bureauStaff, 'school-clerk'] },
  'import-pupils': {
    zh: '只有县级教育主管部门和学校数据员可以导入学生名册',
    roles: ['county-bureau', 'school-clerk'],
  },
  export: { zh: '只有教育主管部门、相关部门和本校人员可以导出', roles: [...readers, ...schoolStaff] },
  'import-institutions': {
    zh: '只有教育主管部门工作人员可以导入机构和校舍',
    roles: bureauStaff,
    everyInstitution: true,
  },
  'export-institutions': {
    zh: '只有教育主管部门和相关部门可以导出机构和校舍',
    roles: readers,
    everyInstitution: true,
  },
  'import-population': {
    zh: '只有教育主管部门工作人员可以导入出生人口和常住人口',
    roles: bureauStaff,
    everyStage: true,
    everyInstitution: true,
  },
  'export-population': {
    zh: '只有教育主管部门和相关部门可以导出出生人口和常住人口',
    roles: readers,
    everyStage: true,
    everyInstitution: true,
  },
})
