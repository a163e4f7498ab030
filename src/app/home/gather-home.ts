import { type Light, lights } from '../../kernel/due-light.ts'
import type { HomeCounts, HomePart, HomeTodo } from '../../kernel/home-part.ts'
import type { Role } from '../../kernel/role.ts'
import { tokenReaches } from '../../platform/access/api-token.ts'
import { limitsOf } from '../../platform/access/limits-of.ts'
import { admit } from '../../platform/access/policy.ts'
import { grantsOf, type Visitor } from '../../platform/access/visitor.ts'
import { type Books, type BooksHome, bookDay } from '../../records/books.ts'
import { cardOrder } from './card-order.ts'
import { cardsShown, type HomeAnswer } from './home-contract.ts'

/** 来源 — a room, or a part of the platform, that speaks on the home page. */
export interface NamedSource {
  readonly name: string
  readonly home: BooksHome
}

const todosShown = 50
const doneShown = 20

/**
 * 汇总工作台 — asks every source its policy lets the visitor hear, each within the grants that policy names. One that
 * fails is named and the others still speak; when all fail, the first failure is the answer. Slow ones are only named,
 * to be asked one by one as `source`.
 */
export async function gatherHome(
  sources: readonly NamedSource[],
  context: Books,
  visitor: Visitor,
  onFault: (name: string, error: unknown) => void,
  source?: string,
): Promise<HomeAnswer> {
  const today = bookDay(context.site)
  const heeded = sources.flatMap((each) => {
    const admitted = admit(each.home.may, visitor)
    return admitted && tokenReaches(visitor, each.home.may, 'GET') ? [{ ...each, admitted }] : []
  })
  const asked = heeded.filter(({ name, home }) => (source === undefined ? !home.slow : name === source))
  const later = source === undefined ? heeded.flatMap(({ name, home }) => (home.slow ? [name] : [])) : []
  const heard = await Promise.allSettled(
    asked.map(({ home, admitted }) =>
      home.gather({ context, visitor: admitted, scope: { ...limitsOf(admitted), asOf: today }, today }),
    ),
  )
  const parts: HomePart[] = []
  const troubled: { name: string; reason: unknown }[] = []
  for (const [at, outcome] of heard.entries()) {
    const { name } = asked[at]!
    if (outcome.status === 'fulfilled') parts.push(outcome.value)
    else troubled.push({ name, reason: outcome.reason })
  }
  if (parts.length === 0 && troubled[0]) throw troubled[0].reason
  for (const { name, reason } of troubled) onFault(name, reason)
  return { ...joined(parts, visitor), later, troubled: troubled.map(({ name }) => name) }
}

function joined(parts: readonly HomePart[], visitor: Visitor): Omit<HomeAnswer, 'troubled' | 'later'> {
  const cards = parts.flatMap((part) => part.cards ?? [])
  const todos = parts.flatMap((part) => part.todos ?? []).sort(mostPressing)
  const wanted = [...new Set(grantsOf(visitor).flatMap(({ role }) => cardOrder[role as Role] ?? []))]
  return {
    order: wanted,
    cards: wanted
      .flatMap((id) => cards.filter((card) => card.id === id))
      .slice(0, cardsShown)
      .map(({ lines, ...card }) => ({ ...card, ...(lines && { lines: [...lines] }) })),
    todos: todos.slice(0, todosShown),
    ...countsOf(parts),
    done: parts
      .flatMap((part) => part.done ?? [])
      .sort((one, other) => (one.at < other.at ? 1 : -1))
      .slice(0, doneShown),
  }
}

function countsOf(parts: readonly HomePart[]): Pick<HomeAnswer, 'todoCount' | 'lateCount' | 'nearCount'> {
  const all = parts.map(({ waiting, todos = [] }) => waiting ?? countTodos(todos))
  const sum = (of: keyof HomeCounts) => all.reduce((total, counts) => total + counts[of], 0)
  return { todoCount: sum('total'), lateCount: sum('late'), nearCount: sum('near') }
}

function countTodos(todos: readonly HomeTodo[]): HomeCounts {
  const lit = (light: Light) => todos.filter((todo) => todo.light === light).length
  return { total: todos.length, late: lit('red'), near: lit('yellow') }
}

function mostPressing(one: HomeTodo, other: HomeTodo): number {
  const rank = (light: Light) => lights.indexOf(light)
  const day = ({ dueOn }: HomeTodo) => dueOn ?? '9999-12-31'
  return rank(one.light) - rank(other.light) || (day(one) < day(other) ? -1 : day(one) > day(other) ? 1 : 0)
}
