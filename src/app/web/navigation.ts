import { bureauStaff, isKeeper, pupilKeepers, readers, roles, schoolStaff } from '../../kernel/role.ts'

/** 导航 — only what is built stands here; each entry says who sees it. */
export interface NavigationEntry {
  readonly path: string
  readonly name: string
  readonly group: string
  /** `everyone` also those who hold no role yet. */
  readonly roles: readonly string[] | 'everyone'
}

const staff: readonly string[] = readers
/** Who carries the plan out, and the departments beside them: an inspector has schools, not a county's tasks. */
const taskReaders: readonly string[] = [...bureauStaff, 'development-reform', 'finance']
const ofSchools: readonly string[] = schoolStaff
const everyone: readonly string[] = [...readers, ...ofSchools]
/** A township centre looks at its schools and what they hand in, and at nothing else. */
const filers: readonly string[] = [...everyone, 'township-centre']
/** Who looks into what somebody outside complains of. */
const complaintReaders = ['county-bureau', 'inspector', 'city-supervision', 'city-basic-education']
/** Who looks after accounts and grants. */
const keepers = Object.keys(roles).filter(isKeeper)

export const navigation: readonly NavigationEntry[] = [
  { path: '/home', name: '工作台', group: '工作台', roles: [...filers, ...keepers] },
  { path: '/seats', name: '学位供需', group: '学位规划', roles: staff },
  { path: '/scenarios', name: '情景方案', group: '学位规划', roles: bureauStaff },
  { path: '/targets', name: '目标任务', group: '任务与督导', roles: staff },
  { path: '/indicators', name: '指标', group: '任务与督导', roles: staff },
  { path: '/tasks', name: '任务与责任', group: '任务与督导', roles: taskReaders },
  { path: '/projects', name: '项目', group: '任务与督导', roles: taskReaders },
  { path: '/cases', name: '案例库', group: '任务与督导', roles: bureauStaff },
  { path: '/coverage', name: '覆盖任务', group: '任务与督导', roles: staff },
  { path: '/filing', name: '填报采集', group: '任务与督导', roles: filers },
  { path: '/findings', name: '问题与整改', group: '任务与督导', roles: everyone },
  { path: '/visits', name: '入校督导', group: '任务与督导', roles: staff },
  { path: '/draws', name: '双随机抽查', group: '任务与督导', roles: staff },
  { path: '/complaints', name: '投诉举报', group: '任务与督导', roles: complaintReaders },
  { path: '/parameters', name: '口径与参数', group: '任务与督导', roles: staff },
  { path: '/papers', name: '报告公文', group: '任务与督导', roles: bureauStaff },
  { path: '/institutions', name: '机构与一校一档', group: '数据与管理', roles: filers },
  { path: '/people', name: '学生信息', group: '数据与管理', roles: [...pupilKeepers, ...schoolStaff] },
  { path: '/exchange', name: '导入导出', group: '数据与管理', roles: everyone },
  { path: '/jobs', name: '我的任务', group: '数据与管理', roles: everyone },
  { path: '/audit', name: '审计', group: '数据与管理', roles: ['audit-administrator'] },
  { path: '/accounts', name: '账号管理', group: '账号', roles: keepers },
  { path: '/webhooks', name: '推送', group: '账号', roles: ['system-administrator'] },
  { path: '/security', name: '账号与安全', group: '账号', roles: 'everyone' },
  { path: '/tokens', name: '接口令牌', group: '账号', roles: everyone },
]

/** 看得到的页 — what someone with these roles finds in the navigation. */
export function entriesFor(roles: readonly string[]): NavigationEntry[] {
  return navigation.filter(
    (entry) => entry.roles === 'everyone' || entry.roles.some((role) => roles.includes(role)),
  )
}

/** 首页 — where somebody starts: at the first page of their roles, which is their home page; without a role, at their own account. */
export function homeOf(roles: readonly string[]): string {
  return entriesFor(roles)[0]?.path ?? '/security'
}

/** 能否打开 — a page that stands in the navigation is for the roles it names; others the server judges. */
export function mayOpen(roles: readonly string[], path: string): boolean {
  const entry = navigation.find((each) => each.path === path)
  return entry === undefined || entriesFor(roles).includes(entry)
}
