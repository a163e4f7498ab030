import { lights } from '../../kernel/due-light.ts'
import { findingPhases } from '../../kernel/finding.ts'
import type { HomeCard, HomePart, HomeTodo } from '../../kernel/home-part.ts'
import type { Plan } from '../../plan/index.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { BooksHome } from '../../records/books.ts'
import { countFindings, type FindingCount, listFindings } from '../../records/findings/list-findings.ts'
import { findingAccess } from './access.ts'
import { complaintCards } from './complaints/complaints-home.ts'
import type { FindingRow } from './contract.ts'
import { nearUntil } from './deadlines.ts'
import { rowOf } from './show-finding.ts'
import { visitCards } from './visits-home.ts'
import { waitingFor } from './waiting-for.ts'

/** 整改工作台 — what waits for the visitor, what in their sight has passed its day, schools still to be visited, and complaints that have not ended. */
export const findingsHome: BooksHome = {
  may: findingAccess.read,
  cards: ['findings.mine', 'findings.overdue', 'visits.short', 'complaints.open'],
  gather: async (asking) => {
    const { context, visitor, scope, today } = asking
    const { db, plan } = context
    const found = await db.transaction(scope, (tx) => gatherFindings(tx, plan, visitor, today))
    return {
      ...found,
      cards: [...(found.cards ?? []), ...(await visitCards(asking)), ...(await complaintCards(asking))],
    }
  },
}

const listed = 10

async function gatherFindings(tx: Tx, plan: Plan, visitor: Visitor, today: string): Promise<HomePart> {
  const days = { today, soon: nearUntil(plan, today) }
  const waiting = waitingFor(visitor)
  const mine = { waiting }
  const rows = (await listFindings(tx, mine, { limit: listed })).map((each) => rowOf(plan, each, today))
  const overdue = await countFindings(tx, { open: true, dueBefore: today }, days)
  const counts = waiting.ways.length > 0 ? await countFindings(tx, mine, days) : []
  return {
    cards: [...(waiting.ways.length > 0 ? [mineCard(counts, rows)] : []), overdueCard(overdue)],
    todos: rows.map(todoOf),
    waiting: { total: sum(counts, 'total'), late: sum(counts, 'overdue'), near: sum(counts, 'dueSoon') },
  }
}

function mineCard(counts: readonly FindingCount[], rows: readonly FindingRow[]): HomeCard {
  const overdue = sum(counts, 'overdue')
  return {
    id: 'findings.mine',
    zh: '等我办的问题',
    count: sum(counts, 'total'),
    unit: '个',
    change: `逾期 ${overdue} 个，临近到期 ${sum(counts, 'dueSoon')} 个`,
    light: lights.find((light) => rows.some((row) => row.light === light)) ?? 'none',
    lines: rows.slice(0, 3).map(({ subject, found }) => `${subject}：${found}`),
    act: { zh: '去办理', to: '/findings?state=mine' },
  }
}

function overdueCard(counts: readonly FindingCount[]): HomeCard {
  const total = sum(counts, 'total')
  const worst = [...counts].sort((one, other) => other.total - one.total).slice(0, 3)
  return {
    id: 'findings.overdue',
    zh: '逾期未整改',
    count: total,
    unit: '个',
    change: total === 0 ? '没有逾期的问题' : '整改期限已过，没有销号',
    light: total === 0 ? 'none' : 'red',
    lines: worst.map((each) => `${each.county} ${each.total} 个`),
    act: { zh: '看名单', to: '/findings?light=red' },
  }
}

function todoOf(row: FindingRow): HomeTodo {
  return {
    type: '整改',
    what: `${row.subject}：${row.found}`,
    source: `${row.number}，${findingPhases[row.phase]}`,
    dueOn: row.dueOn,
    light: row.light === 'none' ? 'green' : row.light,
    to: `/findings/${row.findingId}`,
  }
}

function sum(counts: readonly FindingCount[], of: 'total' | 'overdue' | 'dueSoon'): number {
  return counts.reduce((total, count) => total + count[of], 0)
}
