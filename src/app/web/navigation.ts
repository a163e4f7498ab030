import { bureauStaff, readers, schoolStaff } from '../../kernel/role.ts'

/** 导航 — only what is built stands here; each entry says who sees it. */
export interface NavigationEntry {
  readonly path: string
  readonly name: string
  readonly group: string
  readonly roles: readonly string[]
}

const staff: readonly string[] = readers
const ofSchools: readonly string[] = schoolStaff
const everyone: readonly string[] = [...readers, ...ofSchools]

export const navigation: readonly NavigationEntry[] = [
  { path: '/seats', name: '学位供需', group: '学位规划', roles: staff },
  { path: '/scenarios', name: '情景方案', group: '学位规划', roles: bureauStaff },
  { path: '/targets', name: '目标任务', group: '任务与督导', roles: staff },
  { path: '/institutions', name: '机构与一校一档', group: '数据与管理', roles: everyone },
  { path: '/exchange', name: '导入导出', group: '数据与管理', roles: everyone },
  { path: '/jobs', name: '我的任务', group: '数据与管理', roles: everyone },
  { path: '/audit', name: '审计', group: '数据与管理', roles: ['administrator', 'audit-administrator'] },
]

/** 首页 — where someone starts: at their own school's file, or at the first page of their role. */
export function homeOf(
  visitor: { readonly role: string; readonly institutions?: readonly number[] } | null,
): string {
  const [own] = ofSchools.includes(visitor?.role ?? '') ? (visitor?.institutions ?? []) : []
  if (own !== undefined) return `/institutions/${own}`
  return navigation.find(({ roles }) => roles.includes(visitor?.role ?? ''))?.path ?? '/sign-in'
}

/** 能否打开 — a page that stands in the navigation is for the roles it names; others the server judges. */
export function mayOpen(role: string, path: string): boolean {
  return navigation.find((entry) => entry.path === path)?.roles.includes(role) ?? true
}
