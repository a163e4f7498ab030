import { bureauStaff, citySections } from '../../kernel/role.ts'
import { declareAccess } from '../../platform/access/policy.ts'

/** 公文的准入. */
export const paperAccess = declareAccess('paper', {
  read: { zh: '只有教育主管部门可以查看公文', roles: bureauStaff, everyStage: true, everyInstitution: true },
  write: {
    zh: '只有教育主管部门可以拟稿、审批和印发公文',
    roles: bureauStaff,
    everyStage: true,
    everyInstitution: true,
  },
  receive: {
    zh: '只有县级教育主管部门可以查看和签收市里的来文',
    roles: ['county-bureau'],
    everyStage: true,
    everyInstitution: true,
  },
  'write-city': {
    zh: '市级公文由市教体局办理',
    roles: citySections,
    everyStage: true,
    everyInstitution: true,
  },
  'write-county': {
    zh: '县级公文由县级教育主管部门办理',
    roles: ['county-bureau'],
    everyStage: true,
    everyInstitution: true,
  },
})
