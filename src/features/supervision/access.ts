import { bureauStaff, readers, schoolStaff } from '../../kernel/role.ts'
import { declareAccess } from '../../platform/access/policy.ts'

/** Who supervises in the city's name: the inspectorate and the section that leads the plan. */
const citySupervisors = ['city-supervision', 'city-basic-education'] as const

const judgesAndMenders = [...schoolStaff, 'county-bureau', 'inspector', ...citySupervisors] as const

/** Whom a finding reaches that lacks money, and one that lacks posts: they say what they will do by when. */
const moneyHolders = ['finance', 'city-planning-finance'] as const
const postHolders = ['city-personnel'] as const

/** 问题与整改的准入. */
export const findingAccess = declareAccess('finding', {
  read: {
    zh: '只有教育主管部门、相关部门、督学和有关学校可以查看问题台账',
    roles: [...readers, ...schoolStaff],
  },
  'read-months': {
    zh: '月表按全县计数，只有教育主管部门、相关部门和督学可以查看',
    roles: readers,
    everyStage: true,
    everyInstitution: true,
  },
  act: {
    zh: '只有整改责任单位、会办部门、责任督学和教育主管部门可以办理问题',
    roles: [...judgesAndMenders, ...moneyHolders, ...postHolders],
  },
  attach: {
    zh: '只有整改责任单位、责任督学和教育主管部门可以上传佐证',
    roles: judgesAndMenders,
  },
  open: {
    zh: '只有责任督学、县级教育主管部门和市级督导部门可以立项',
    roles: ['county-bureau', 'inspector', ...citySupervisors],
  },
  'rectify-institution': { zh: '只有本校（园）人员可以报送本校（园）的整改', roles: schoolStaff },
  'rectify-county': { zh: '只有县级教育主管部门可以报送县级整改', roles: ['county-bureau'] },
  'rectify-city': { zh: '只有市教体局牵头科室可以报送市级整改', roles: ['city-basic-education'] },
  'confer-money': { zh: '只有财政、规划财务部门可以就缺经费的问题提会办意见', roles: moneyHolders },
  'confer-posts': { zh: '只有人事部门可以就缺编制岗位的问题提会办意见', roles: postHolders },
  'judge-county': { zh: '只有县级教育主管部门可以在县级复核', roles: ['county-bureau'] },
  'judge-inspector': { zh: '只有责任督学可以以督学身份复核', roles: ['inspector'] },
  'judge-city': { zh: '只有市级督导部门可以在市级复核', roles: citySupervisors },
  'judge-own-city': { zh: '市级负责整改的问题只由市政府教育督导室复核', roles: ['city-supervision'] },
  'judge-rules': {
    zh: '只有教育主管部门可以按规则立项',
    roles: ['county-bureau', ...citySupervisors],
    everyStage: true,
    everyInstitution: true,
  },
})

/** 入校督导的准入. */
export const visitAccess = declareAccess('visit', {
  read: {
    zh: '只有教育主管部门、相关部门、督学和有关学校可以查看入校督导',
    roles: [...readers, ...schoolStaff],
  },
  record: {
    zh: '只有责任督学、县级教育主管部门和市级督导部门可以记录入校督导',
    roles: ['inspector', 'county-bureau', ...citySupervisors],
  },
})

/** 双随机抽查的准入 — a school does not read beforehand that somebody comes. */
export const drawAccess = declareAccess('draw', {
  read: { zh: '只有教育主管部门、相关部门和督学可以查看双随机抽查', roles: readers },
  hold: {
    zh: '只有县级教育主管部门和市级督导部门可以举行双随机抽查',
    roles: ['county-bureau', ...citySupervisors],
    everyStage: true,
    everyInstitution: true,
  },
})

/** 督学配备的准入 — the roll of inspectors speaks of whole counties. */
export const staffingAccess = declareAccess('staffing', {
  read: {
    zh: '只有教育主管部门和相关部门可以查看督学配备',
    roles: [...bureauStaff, 'development-reform', 'finance'],
    everyStage: true,
    everyInstitution: true,
  },
})

/**
 * 投诉举报的准入 — what a complainant wrote is for those who look into it, not for those it speaks of. Which school it is
 * stands in the sealed words alone, so that only whoever has the whole county may look.
 */
export const complaintAccess = declareAccess('complaint', {
  read: {
    zh: '只有责任督学、县级教育主管部门和市级督导部门可以查看投诉举报',
    roles: ['county-bureau', 'inspector', ...citySupervisors],
    everyStage: true,
    everyInstitution: true,
  },
  handle: {
    zh: '只有责任督学、县级教育主管部门和市级督导部门可以办理投诉举报',
    roles: ['county-bureau', 'inspector', ...citySupervisors],
    everyStage: true,
    everyInstitution: true,
  },
})
