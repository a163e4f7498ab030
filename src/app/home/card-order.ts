import { citySections, type Role, schoolStaff } from '../../kernel/role.ts'

const cityCards = [
  'tasks.lagging',
  'filing.to-approve',
  'seats.short',
  'findings.overdue',
  'papers.monthly',
  'filing.not-submitted',
  'targets.behind',
  'projects.troubled',
  'jobs.running',
] as const
const schoolCards = [
  'filing.to-fill',
  'filing.returned',
  'findings.mine',
  'institutions.pupils',
  'jobs.running',
] as const
const besideCards = [
  'projects.troubled',
  'tasks.lagging',
  'targets.behind',
  'seats.short',
  'filing.not-submitted',
  'jobs.running',
] as const

const each = <R extends Role>(roles: readonly R[], cards: readonly string[]) =>
  Object.fromEntries(roles.map((role) => [role, cards])) as Record<R, readonly string[]>

/** 各角色的卡片 — which cards stand on whose home page, in this order; six at most are shown. */
export const cardOrder: Readonly<Partial<Record<Role, readonly string[]>>> = {
  ...each(citySections, cityCards),
  // money and posts that a finding lacks are for these to give
  ...each(['city-planning-finance', 'city-personnel'], ['findings.mine', ...cityCards]),
  'city-supervision': [
    'findings.mine',
    'findings.overdue',
    'complaints.open',
    ...cityCards.filter((id) => id !== 'findings.overdue'),
  ],
  'county-bureau': [
    'filing.not-submitted',
    'filing.to-approve',
    'filing.to-fill',
    'filing.returned',
    'findings.mine',
    'complaints.open',
    'jobs.running',
    'tasks.lagging',
    'targets.behind',
    'seats.short',
  ],
  'development-reform': besideCards,
  finance: ['findings.mine', ...besideCards],
  inspector: [
    'findings.mine',
    'visits.short',
    'findings.overdue',
    'complaints.open',
    'filing.not-submitted',
    'institutions.pupils',
    'targets.behind',
    'jobs.running',
  ],
  'township-centre': ['filing.to-approve', 'filing.not-submitted'],
  ...each(schoolStaff, schoolCards),
  'system-administrator': ['accounts.active', 'webhooks.failed'],
  'security-administrator': ['accounts.without-grant', 'accounts.active'],
  'audit-administrator': ['audit.waiting'],
}
