import { chinaMoment } from '../../kernel/china-moment.ts'
import { type Light, lights } from '../../kernel/due-light.ts'
import type { HomeCard, HomeDone, HomePart, HomeTodo } from '../../kernel/home-part.ts'
import { dueLights, type Plan, type ReturnForm, sectionOf } from '../../plan/index.ts'
import { actsAllowed } from '../../platform/access/policy.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { BooksHome } from '../../records/books.ts'
import { countOwed, type Owed } from '../../records/returns/count-owed.ts'
import {
  listRecentSteps,
  listReturned,
  listWaiting,
  type RecentSteps,
  type Returned,
  type Waiting,
} from '../../records/returns/list-waiting.ts'
import { type Looked, lookedAt } from '../../records/returns/looked-at.ts'
import { listOpenReminders, type Reminder } from '../../records/returns/remind.ts'
import { periodsBegun } from '../../records/returns/return-period.ts'
import { filingAccess } from './access.ts'
import { actNames } from './contract.ts'
import { looksAt } from './hands.ts'

/** 填报工作台 — what the visitor owes, what came back, what waits for their look, and who has handed in nothing. */
export const filingHome: BooksHome = {
  may: filingAccess.read,
  cards: ['filing.to-fill', 'filing.returned', 'filing.to-approve', 'filing.not-submitted'],
  gather: ({ context: { db, plan, site }, visitor, scope, today }) =>
    db.transaction(scope, (tx) => gatherFiling(tx, plan, visitor, lookedAt(site, today, scope.knownAt))),
}

/** What "lately" means on the home page. */
const recentDays = 7
const todosListed = 20

async function gatherFiling(tx: Tx, plan: Plan, visitor: Visitor, looked: Looked): Promise<HomePart> {
  const { today } = looked
  const lightOf = dueLights(plan, today)
  const acts = actsAllowed(filingAccess, visitor, {})
  const fills = acts.includes('fill-institution')
    ? 'institution'
    : acts.includes('fill-county')
      ? 'county'
      : undefined
  const looking = looksAt(visitor)
  const owed = await countOwed(tx, plan.forms.values(), looked)
  const own = owed.filter(({ form }) => form.filledBy === fills)
  const recent = await listRecentSteps(tx, visitor, recentDays)
  const seen: Seen = { plan, lightOf, recent, today }
  const mine = [...plan.forms.values()].flatMap(({ id, filledBy }) => (filledBy === fills ? [id] : []))
  const returned = await listReturned(tx, mine, todosListed)
  const waiting = looking ? await listWaiting(tx, looking) : []
  const reminders = fills ? await listOpenReminders(tx) : []
  const others = owed.filter(
    ({ form }) =>
      form.filledBy !== fills && (looking?.level !== 'township-centre' || form.filledBy === 'institution'),
  )
  return {
    cards: [
      ...(fills ? [toFill(own, seen), returnedCard(returned, seen)] : []),
      ...(looking ? [toApprove(waiting, seen)] : []),
      ...(fills === 'institution' ? [] : [notSubmitted(others, seen)]),
    ],
    todos: [
      ...own.flatMap((each) => fillTodo(each, reminders, seen)),
      ...returned.first.map((each) => returnedTodo(each, seen)),
      ...waiting.map((each) => approveTodo(each, seen)),
    ],
    done: recent.own.map((step) => doneOf(plan, step)),
  }
}

interface Seen {
  readonly plan: Plan
  readonly lightOf: (dueOn: string | null) => Light
  readonly recent: RecentSteps
  readonly today: string
}

const openOf = ({ due, handedIn }: Owed) => Math.max(0, due - handedIn)

function toFill(own: readonly Owed[], { lightOf, recent }: Seen): HomeCard {
  const open = own.filter((each) => openOf(each) > 0).sort(byDay)
  const late = sum(
    open.filter(({ period }) => lightOf(period.dueOn) === 'red'),
    openOf,
  )
  return {
    id: 'filing.to-fill',
    zh: '待填报',
    count: sum(open, openOf),
    unit: '份',
    change: `${late > 0 ? `已逾期 ${late} 份；` : ''}${lately(recent, 'submit', '提交')}`,
    light: worst(open.map(({ period }) => lightOf(period.dueOn))),
    lines: open.slice(0, 5).map(({ form, period }) => `${form.zh} · 截止 ${period.dueOn}`),
    act: { zh: '去填报', to: '/filing' },
  }
}

function returnedCard({ total, first }: { total: number; first: readonly Returned[] }, seen: Seen): HomeCard {
  return {
    id: 'filing.returned',
    zh: '被退回',
    count: total,
    unit: '份',
    change: lately(seen.recent, 'return', '退回'),
    light:
      total > 0
        ? worst(
            first.map(({ dueOn }) => seen.lightOf(dueOn)),
            'yellow',
          )
        : 'none',
    lines: first.slice(0, 5).map(({ formId, reason }) => `${zhOf(seen.plan, formId)}：${reason ?? ''}`),
    act: { zh: '去修改', to: first[0] ? `/filing/${first[0].filingId}` : '/filing' },
  }
}

function toApprove(waiting: readonly Waiting[], { plan, recent }: Seen): HomeCard {
  const [first] = waiting
  return {
    id: 'filing.to-approve',
    zh: '待审核',
    count: sum(waiting, ({ count }) => count),
    unit: '份',
    change: `${lately(recent, 'submit', '报来')}，${lately(recent, 'approve', '审结')}`,
    light: waiting.length > 0 ? 'yellow' : 'none',
    lines: waiting.slice(0, 5).map(({ formId, count }) => `${zhOf(plan, formId)} ${count} 份`),
    act: { zh: '去审核', to: first ? boardPath(first.formId, first.period, 'waiting') : '/filing' },
  }
}

/** Forms that others owe, in the counties in sight. */
function notSubmitted(owed: readonly Owed[], { lightOf, recent }: Seen): HomeCard {
  const open = owed.filter((each) => openOf(each) > 0).sort(byDay)
  const late = open.filter(({ period }) => lightOf(period.dueOn) === 'red')
  const [first] = late.length > 0 ? late : open
  const byForm = Map.groupBy(late, ({ form, period }) => `${form.zh}（${period.zh}）`)
  return {
    id: 'filing.not-submitted',
    zh: '逾期未报',
    count: sum(late, openOf),
    unit: '份',
    change: `未到期的还差 ${sum(open, openOf) - sum(late, openOf)} 份；${lately(recent, 'submit', '报来')}`,
    light: late.length > 0 ? 'red' : 'none',
    lines: [...byForm].slice(0, 5).map(([name, of]) => `${name} ${sum(of, openOf)} 份`),
    act: {
      zh: '看名单',
      to: first ? boardPath(first.form.id, first.period.id, 'not-submitted') : '/filing',
    },
  }
}

/** What one was reminded of presses, however far its day. */
function fillTodo(each: Owed, reminders: readonly Reminder[], { plan, lightOf }: Seen): HomeTodo[] {
  const { form, period } = each
  if (openOf(each) === 0) return []
  const reminder = reminders.find(({ formId, period: of }) => formId === form.id && of === period.id)
  const light = lightOf(period.dueOn)
  return [
    {
      type: reminder ? '催报' : '填报',
      what: `${form.zh}（${period.zh}）`,
      source: reminder
        ? `${reminder.remindedBy} ${chinaMoment(reminder.remindedAt, 'day')} 催报`
        : sectionsServed(plan, form),
      dueOn: period.dueOn,
      light: reminder ? worst([light], 'yellow') : light,
      to: boardPath(form.id, period.id, 'not-submitted'),
    },
  ]
}

const sectionsNamed = 2

/** The sections of the paper a form serves, by name: a clerk does not know the numbers of their items. */
function sectionsServed(plan: Plan, { serves }: ReturnForm): string {
  const sections = [...new Set(serves.flatMap((item) => sectionOf(plan, item) ?? []))]
  const named = sections.slice(0, sectionsNamed).map(({ id, zh }) => `${id} ${zh}`)
  return `${named.join('、')}${sections.length > named.length ? `等 ${sections.length} 章` : ''}`
}

function returnedTodo({ filingId, formId, dueOn, reason }: Returned, { plan, lightOf }: Seen): HomeTodo {
  return {
    type: '修改',
    what: `${zhOf(plan, formId)}被退回${reason ? `：${reason}` : ''}`,
    source: '审核退回',
    dueOn,
    light: lightOf(dueOn),
    to: `/filing/${filingId}`,
  }
}

function approveTodo({ formId, period, count, since }: Waiting, { plan, lightOf, today }: Seen): HomeTodo {
  const form = plan.forms.get(formId)
  const dueOn = form && periodsBegun(form, today).find(({ id }) => id === period)?.dueOn
  return {
    type: '审核',
    what: `${zhOf(plan, formId)} ${count} 份待审核`,
    source: `最早一份 ${since.slice(0, 10)} 报来`,
    dueOn: dueOn ?? null,
    light: lightOf(dueOn ?? null),
    to: boardPath(formId, period, 'waiting'),
  }
}

function doneOf(plan: Plan, { formId, act, at }: RecentSteps['own'][number]): HomeDone {
  return { what: `${actNames[act as keyof typeof actNames]} ${zhOf(plan, formId)}`, at }
}

function boardPath(formId: string, period: string, only: string): string {
  return `/filing/forms/${formId}?period=${encodeURIComponent(period)}&only=${only}`
}

const zhOf = (plan: Plan, formId: string) => plan.forms.get(formId)?.zh ?? formId
const byDay = (one: Owed, other: Owed) => (one.period.dueOn < other.period.dueOn ? -1 : 1)
const lately = ({ counts }: RecentSteps, act: string, word: string) =>
  `近 ${recentDays} 天${word} ${counts[act] ?? 0} 份`

function sum<T>(all: readonly T[], of: (each: T) => number): number {
  return all.reduce((total, each) => total + of(each), 0)
}

function worst(found: readonly Light[], least: Light): Light
function worst(found: readonly Light[], least?: Light): HomeCard['light']
function worst(found: readonly Light[], least?: Light): HomeCard['light'] {
  const all = least ? [...found, least] : found
  return lights.find((light) => all.includes(light)) ?? 'none'
}
