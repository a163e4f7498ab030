import { afterWorkingDays } from '../kernel/working-days.ts'
import { type Plan, term } from '../plan/index.ts'
import type { Database } from '../platform/db/open-database.ts'
import type { Finding, FindingOwner, FindingStep } from '../records/findings/finding.ts'
import { listFindings } from '../records/findings/list-findings.ts'
import { takeFindingStep } from '../records/findings/take-finding-step.ts'
import { beginNoting } from '../records/registry/begin-writing.ts'

/** 演示整改 — one way a finding goes, in working days after it was opened: handed over with a deadline, and how far it came. */
interface Course {
  readonly due: number
  readonly until: FindingStep['phase']
}

const courses: readonly Course[] = [
  { due: 60, until: 'assigned' },
  { due: 60, until: 'signed' },
  { due: 30, until: 'signed' },
  { due: 55, until: 'answered' },
  { due: 55, until: 'rechecked' },
  { due: 40, until: 'closed' },
  { due: 60, until: 'assigned' },
  { due: 40, until: 'closed' },
  { due: 20, until: 'assigned' },
]

interface Turn {
  readonly act: FindingStep['act']
  readonly phase: FindingStep['phase']
  readonly after: number
  readonly side: 'judge' | 'rectify'
  readonly says?: string
}

const turns: readonly Turn[] = [
  { act: 'assign', phase: 'assigned', after: 1, side: 'judge' },
  { act: 'sign', phase: 'signed', after: 3, side: 'rectify' },
  { act: 'answer', phase: 'answered', after: 25, side: 'rectify', says: '已按清单整改（合成数据）' },
  { act: 'recheck', phase: 'rechecked', after: 32, side: 'judge', says: '到场核对，整改属实（合成数据）' },
  { act: 'close', phase: 'closed', after: 35, side: 'judge' },
]

/** Of each rule so many findings of a county are on their way; all others wait to be handed over. */
const ofEachRule = 3

/**
 * 推进演示问题 — takes a few findings of a county on their way, so that every state of rectification can be seen.
 *
 * What checks found waits with all others: few are found, and somebody is to see them handed over.
 */
export async function advanceFindings(
  db: Database,
  plan: Plan,
  countyId: number,
  openedOn: string,
): Promise<void> {
  const counties = [countyId]
  const all = await db.transaction({ counties, asOf: openedOn }, (tx) =>
    listFindings(tx, { phases: ['opened'] }, { limit: 100_000 }),
  )
  const ofDuties = all.filter(({ source }) => source === 'duty')
  const chosen = [
    ...[...Map.groupBy(ofDuties, ({ rule }) => rule).values()].flatMap((of) => of.slice(0, ofEachRule)),
    ...all.filter(({ source }) => source === 'visit'),
  ]
  const standing = chosen.map((finding, at) => ({
    finding,
    course: courses[(at + countyId) % courses.length]!,
  }))
  for (const turn of turns) {
    const due = standing.filter(({ course }) => reaches(course, turn))
    // whoever acts is named to the database: one transaction for each
    for (const [account, of] of Map.groupBy(due, ({ finding }) => actorOf(finding, turn).account))
      await db.transaction({ counties, asOf: openedOn, actor: account }, async (tx) => {
        await beginNoting(tx, countyId)
        for (const each of of) {
          await takeFindingStep(tx, each.finding, stepOf(plan, each.finding, each.course, turn, openedOn))
          each.finding = { ...each.finding, phase: turn.phase, revision: each.finding.revision + 1 }
        }
      })
  }
}

function reaches({ until }: Course, { phase }: Turn): boolean {
  const place = (of: string) => turns.findIndex((turn) => turn.phase === of)
  return place(phase) <= place(until)
}

/** What a county owes the city's inspectorate judges; what an institution owes, its county. */
function actorOf({ countyId, county, ownerLevel }: Finding, { side }: Turn) {
  const bureau = { account: `county-${countyId}`, name: `${county}教育主管部门` }
  if (ownerLevel === 'county')
    return side === 'rectify'
      ? { hand: 'rectifier' as const, ...bureau }
      : { hand: 'city' as const, account: 'city-supervision', name: '市政府教育督导室' }
  return side === 'rectify'
    ? { hand: 'rectifier' as const, account: 'synthetic', name: '校（园）长（合成数据）' }
    : { hand: 'county' as const, ...bureau }
}

function stepOf(plan: Plan, finding: Finding, course: Course, turn: Turn, openedOn: string): FindingStep {
  const { hand, account, name } = actorOf(finding, turn)
  const day = (after: number) => afterWorkingDays(openedOn, after, plan.calendar).day
  const { act, phase, after, says } = turn
  return {
    ...{ act, phase, hand, by: { account, name }, on: day(after) },
    ...(says && { says }),
    ...(act === 'assign' && { dueOn: day(course.due), owner: ownerOf(plan, finding) }),
  }
}

/** What a county's gaps are said to lack; all others it could manage itself. */
const lacking: Readonly<Record<string, 'money' | 'posts'>> = {
  'digital-campus': 'money',
  'township-central-kindergarten': 'money',
  'special-resource-centre': 'posts',
}
const givers = { money: 'owner-finance', posts: 'owner-posts' } as const

function ownerOf(plan: Plan, { ownerLevel, county, subject, rule }: Finding): FindingOwner {
  const person = '李某（合成）'
  if (ownerLevel === 'institution') return { unit: subject.slice(0, 100), person, cause: 'management' }
  const cause = lacking[rule ?? '']
  if (!cause) return { unit: `${county}教育主管部门`, person, cause: 'management' }
  return { unit: `${county}${term(plan, givers[cause])}`, person, cause }
}
