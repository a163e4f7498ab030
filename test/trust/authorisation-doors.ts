import { bureauStaff, citySections, pupilKeepers, readers, schoolStaff } from '../../src/kernel/role.ts'
import type { Policy } from '../../src/platform/access/policy.ts'

const system = ['system-administrator']
const security = ['security-administrator']
const audit = ['audit-administrator']
const keepers = [...system, ...security, ...audit]
const pupilStaff = [...pupilKeepers, ...schoolStaff]
const everyone = [...readers, ...schoolStaff]

/**
 * 应开之门 — who may pass each door, written down a second time: a policy that was opened wider than this is found,
 * and whoever means to open one must say so here as well.
 */
export const doors: Readonly<Record<string, Policy['roles']>> = {
  'door.open': 'anyone',
  'self.use': 'signed-in',
  'job.own': 'signed-in',
  'token.own': 'signed-in',
  'account.read': keepers,
  'account.keep': system,
  'account.release': security,
  'grant.give': security,
  'grant.read-rule': keepers,
  'audit.read': audit,
  'audit.verify': audit,
  'audit.export': audit,
  'webhook.read': system,
  'webhook.keep': system,
  'institution.read': [...everyone, 'township-centre'],
  'institution.list-units': readers,
  'institution.record': citySections,
  'seats.read': readers,
  'seats.read-school': everyone,
  'seats.compute': bureauStaff,
  'seats.keep-scenario': bureauStaff,
  'target.read': readers,
  'task.read': [...bureauStaff, 'development-reform', 'finance'],
  'case.read': bureauStaff,
  'project.read': [...bureauStaff, 'development-reform', 'finance'],
  'parameter.read': readers,
  'parameter.change': citySections,
  'coverage.read': readers,
  'exchange.import': [...bureauStaff, 'school-clerk'],
  'exchange.export': everyone,
  'filing.read': [...everyone, 'township-centre'],
  'filing.write': ['county-bureau', 'township-centre', ...citySections, ...schoolStaff],
  'finding.read': everyone,
  'finding.read-months': readers,
  'finding.act': [
    ...['county-bureau', 'inspector', 'city-supervision', 'city-basic-education', ...schoolStaff],
    ...['finance', 'city-planning-finance', 'city-personnel'],
  ],
  'finding.attach': [
    'county-bureau',
    'inspector',
    'city-supervision',
    'city-basic-education',
    ...schoolStaff,
  ],
  'finding.open': ['county-bureau', 'inspector', 'city-supervision', 'city-basic-education'],
  'finding.judge-rules': ['county-bureau', 'city-supervision', 'city-basic-education'],
  'paper.read': bureauStaff,
  'paper.write': bureauStaff,
  'paper.receive': ['county-bureau'],
  'visit.read': everyone,
  'draw.read': readers,
  'draw.hold': ['county-bureau', 'city-supervision', 'city-basic-education'],
  'complaint.read': ['county-bureau', 'inspector', 'city-supervision', 'city-basic-education'],
  'complaint.handle': ['county-bureau', 'inspector', 'city-supervision', 'city-basic-education'],
  'staffing.read': [...bureauStaff, 'development-reform', 'finance'],
  'visit.record': ['inspector', 'county-bureau', 'city-supervision', 'city-basic-education'],
  'person.read': pupilStaff,
  'person.unmask': pupilStaff,
  'person.record': ['county-bureau', ...schoolStaff],
  'person.erase': pupilKeepers,
  'person.export': pupilStaff,
  'person.approve-export': pupilKeepers,
  'person.audit-pack': [...pupilKeepers, ...audit],
}

/** 跨学段之事 — acts that a grant for some stages does not reach. */
export const everyStage: ReadonlySet<string> = new Set([
  'paper.read',
  'paper.write',
  'paper.receive',
  'seats.compute',
  'seats.keep-scenario',
  'target.read',
  'task.read',
  'project.read',
  'case.read',
  'parameter.read',
  'parameter.change',
  'coverage.read',
  'person.audit-pack',
  'finding.read-months',
  'finding.judge-rules',
  'draw.hold',
  'staffing.read',
])

/** 全县之事 — acts over whole counties, which a grant for some institutions or units does not reach. */
export const everyInstitution: ReadonlySet<string> = new Set([
  'paper.read',
  'paper.write',
  'paper.receive',
  'seats.compute',
  'seats.keep-scenario',
  'task.read',
  'person.audit-pack',
  'finding.read-months',
  'finding.judge-rules',
  'draw.hold',
  'staffing.read',
])
