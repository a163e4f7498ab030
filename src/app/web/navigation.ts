import { bureauStaff, isKeeper, pupilKeepers, readers, roles, schoolStaff } from '../../kernel/role.ts'

/** 导航 — only what is built stands here; each entry says who sees it. */
export interface NavigationEntry {
  readonly path: string
  readonly name: string
  readonly group: string
  /** `everyone` also those who hold no role yet. */
  readonly roles: readonly string[] | 'everyone'
  /** Not for whoever holds the role for some schools, townships or stages only: the page speaks of whole counties. */
  readonly wholeCounty?: true
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
  { path: '/targets', name: '目标任务', group: '目标与任务', roles: staff },
  { path: '/indicators', name: '指标', group: '目标与任务', roles: staff },
  { path: '/tasks', name: '任务与责任', group: '目标与任务', roles: taskReaders },
  { path: '/coverage', name: '覆盖任务', group: '目标与任务', roles: staff },
  { path: '/projects', name: '项目', group: '目标与任务', roles: taskReaders },
  { path: '/cases', name: '案例库', group: '目标与任务', roles: bureauStaff },
  { path: '/filing', name: '填报采集', group: '填报与公文', roles: filers },
  { path: '/papers', name: '报告公文', group: '填报与公文', roles: bureauStaff },
  { path: '/parameters', name: '口径与参数', group: '填报与公文', roles: staff },
  { path: '/findings', name: '问题与整改', group: '督导与整改', roles: everyone },
  { path: '/visits', name: '入校督导', group: '督导与整改', roles: staff },
  { path: '/draws', name: '双随机抽查', group: '督导与整改', roles: staff },
  {
    path: '/complaints',
    name: '投诉举报',
    group: '督导与整改',
    roles: complaintReaders,
    wholeCounty: true,
  },
  { path: '/institutions', name: '机构与一校一档', group: '数据', roles: filers },
  { path: '/people', name: '学生信息', group: '数据', roles: [...pupilKeepers, ...schoolStaff] },
  { path: '/exchange', name: '导入导出', group: '数据', roles: everyone },
  { path: '/jobs', name: '后台作业', group: '数据', roles: everyone },
  { path: '/audit', name: '审计', group: '数据', roles: ['audit-administrator'] },
  { path: '/accounts', name: '账号管理', group: '账号', roles: keepers },
  { path: '/webhooks', name: '推送', group: '账号', roles: ['system-administrator'] },
  { path: '/security', name: '账号与安全', group: '账号', roles: 'everyone' },
  { path: '/tokens', name: '接口令牌', group: '账号', roles: everyone },
]

/** 所持角色 — a role, and the parts of a county it is held for, where that is not the whole. */
export interface HeldRole {
  readonly role: string
  readonly institutions?: readonly number[] | undefined
  readonly units?: readonly number[] | undefined
  readonly stages?: readonly string[] | undefined
}

/** 看得到的页 — what someone who holds these roles finds in the navigation. */
export function entriesFor(held: readonly HeldRole[]): NavigationEntry[] {
  return navigation.filter(
    ({ roles, wholeCounty }) =>
      roles === 'everyone' ||
      held.some((each) => roles.includes(each.role) && !(wholeCounty && ofPartOnly(each))),
  )
}

function ofPartOnly({ institutions, units, stages }: HeldRole): boolean {
  return (institutions ?? units ?? stages) !== undefined
}

/** 首页 — where somebody starts: at the first page of their roles, which is their home page; without a role, at their own account. */
export function homeOf(held: readonly HeldRole[]): string {
  return entriesFor(held)[0]?.path ?? '/security'
}

/** 能否打开 — a page that stands in the navigation is for the roles it names; others the server judges. */
export function mayOpen(held: readonly HeldRole[], path: string): boolean {
  const entry = navigation.find((each) => each.path === path)
  return entry === undefined || entriesFor(held).includes(entry)
}
