/**
 * 角色 — the offices and people the platform serves; what each may do is declared in every room's `access.ts`.
 *
 * `level` says whose books a holder stands for: the city's, a county's, one institution's, no office's (`outside`), or
 * the platform's own keepers, who look after accounts and traces and read no books.
 */
export const roles = {
  'city-basic-education': { zh: '市教体局基础教育科', level: 'city' },
  'city-planning-finance': { zh: '市教体局规划财务科', level: 'city' },
  'city-personnel': { zh: '市教体局人事科', level: 'city' },
  'city-supervision': { zh: '市政府教育督导室', level: 'city' },
  'city-moral-sports-arts': { zh: '市教体局德体卫艺科', level: 'city' },
  'city-special-education': { zh: '市教体局特殊教育管理', level: 'city' },
  'county-bureau': { zh: '县级教育主管部门', level: 'county' },
  'development-reform': { zh: '发展改革部门', level: 'city' },
  finance: { zh: '财政部门', level: 'city' },
  inspector: { zh: '责任督学', level: 'county' },
  'township-centre': { zh: '乡镇中心校', level: 'county' },
  principal: { zh: '校长（园长）', level: 'institution' },
  'school-clerk': { zh: '学校数据员', level: 'institution' },
  parent: { zh: '家长', level: 'outside' },
  'system-administrator': { zh: '系统管理员', level: 'keeper' },
  'security-administrator': { zh: '安全管理员', level: 'keeper' },
  'audit-administrator': { zh: '审计管理员', level: 'keeper' },
} as const satisfies Record<string, { zh: string; level: RoleLevel }>

type RoleLevel = 'city' | 'county' | 'institution' | 'outside' | 'keeper'

export type Role = keyof typeof roles

/** 市局各科室 — the sections of the city bureau. */
export const citySections = [
  'city-basic-education',
  'city-planning-finance',
  'city-personnel',
  'city-supervision',
  'city-moral-sports-arts',
  'city-special-education',
] as const satisfies readonly Role[]

/** 教育主管部门工作人员 — the city's sections and the counties' offices in charge of education (高新区's is its 农社局). */
export const bureauStaff = [...citySections, 'county-bureau'] as const satisfies readonly Role[]

/** 学生档案管理部门 — who keeps pupils' personal data beside their schools: basic and special education, and the counties. */
export const pupilKeepers = [
  'city-basic-education',
  'city-special-education',
  'county-bureau',
] as const satisfies readonly Role[]

/** 可看各县数据的部门 — bureau staff and the departments that read beside them. */
export const readers = [
  ...bureauStaff,
  'development-reform',
  'finance',
  'inspector',
] as const satisfies readonly Role[]

/** 校（园）内人员 — who acts for one institution. */
export const schoolStaff = ['principal', 'school-clerk'] as const satisfies readonly Role[]

/** 角色名称 — its Chinese name; the identifier itself where the role is none of ours. */
export function roleName(role: string): string {
  return Object.hasOwn(roles, role) ? roles[role as Role].zh : role
}

/** 三员 — does this role keep the platform itself, and read no books? */
export function isKeeper(role: string | undefined): boolean {
  return role !== undefined && Object.hasOwn(roles, role) && roles[role as Role].level === 'keeper'
}
