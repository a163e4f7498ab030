import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { chinaMoment } from '../../kernel/china-moment.ts'
import { type Light, lightNames } from '../../kernel/due-light.ts'
import { counted } from '../../ui/counted.ts'
import { Answered, Card, Empty, Page, Skeleton } from '../../ui/page.tsx'
import { useAnswer, useApi } from '../../ui/use-api.tsx'
import { cardsShown, type HomeAnswer } from '../home/home-contract.ts'
import { useSession } from './session.tsx'
import { useAsOf, useBookDay } from './where-and-when.tsx'

/** 工作台 — the page one lands on: a handful of numbers with what to do about each, what waits, and what was done lately. */
export function HomePage() {
  const { visitor } = useSession()
  const [asOf] = useAsOf()
  const today = useBookDay()
  const query = useAnswer<HomeAnswer>('/api/home')
  const slow = useSlowParts(query.data?.later ?? [])
  return (
    <Page title="工作台" answer={query.data && tellHome(query.data, visitor?.name ?? '')}>
      <Answered query={query} rows={8}>
        {(home) => (
          <>
            {asOf < today && <p className="notice">工作台只说今天等您办的事，不随回看的日子变。</p>}
            <Trouble names={[...home.troubled, ...slow.troubled]} />
            <div className="home-cards">
              {cardsOf(home, slow.parts).map((card) => (
                <NumberCard key={card.id} card={card} />
              ))}
              {slow.waiting && (
                <section className="card">
                  <Skeleton rows={4} />
                </section>
              )}
            </div>
            <Todos home={home} />
            <Done home={home} />
          </>
        )}
      </Answered>
    </Page>
  )
}

/** What measures whole books is asked apart: the rest of the page does not wait for it. */
function useSlowParts(names: readonly string[]) {
  const api = useApi()
  const queries = useQueries({
    queries: names.map((source) => ({
      queryKey: ['/api/home', { source }],
      queryFn: ({ signal }) => api.get<HomeAnswer>('/api/home', { source }, signal),
    })),
  })
  return {
    parts: queries.flatMap(({ data }) => (data ? [data] : [])),
    waiting: queries.some(({ isPending }) => isPending),
    troubled: names.filter((_, at) => queries[at]?.isError),
  }
}

function cardsOf({ cards, order }: HomeAnswer, parts: readonly HomeAnswer[]): HomeAnswer['cards'] {
  return [...cards, ...parts.flatMap((part) => part.cards)]
    .sort((one, other) => order.indexOf(one.id) - order.indexOf(other.id))
    .slice(0, cardsShown)
}

function Trouble({ names }: { names: readonly string[] }) {
  if (names.length === 0) return null
  return (
    <p className="notice problem" role="alert">
      有 {names.length} 处内容这次没有取到，其余不受影响，数据没有改动。请稍后刷新；若仍不行，请告诉管理员：
      {names.join('、')}。
    </p>
  )
}

/** 工作台回答 — how much waits and how much of it is late, as one sentence. */
function tellHome({ todoCount, lateCount, nearCount }: HomeAnswer, name: string): string {
  if (todoCount === 0) return `${name}，今天没有待办。`
  return counted`${name}，现在有 ${todoCount} 件待办，其中已逾期 ${lateCount} 件，临近期限 ${nearCount} 件。`
}

const tones: Readonly<Record<Light, string>> = { red: 'shortage', yellow: 'waiting', green: 'plain' }

function Lamp({ light }: { light: Light }) {
  return <span className={`tag ${tones[light]}`}>{lightNames[light]}</span>
}

function NumberCard({ card }: { card: HomeAnswer['cards'][number] }) {
  const { zh, count, unit, change, light, lines = [], act } = card
  return (
    <Card title={zh} note={light !== 'none' && <Lamp light={light} />}>
      <p className="home-count">
        {count === null ? '缺数据' : count.toLocaleString('zh-CN')}
        {count !== null && <small>{unit}</small>}
      </p>
      <p className="quiet">{change}</p>
      {lines.length > 0 && (
        <ul className="home-lines">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <PathLink to={act.to}>{act.zh}</PathLink>
    </Card>
  )
}

function Todos({ home: { todos, todoCount, done } }: { home: HomeAnswer }) {
  const note =
    todoCount > todos.length
      ? counted`共 ${todoCount} 件，先列最紧的 ${todos.length} 件`
      : counted`共 ${todoCount} 件`
  return (
    <Card title="待办" note={note}>
      {todoCount === 0 ? (
        <Empty why={`今天没有待办。近 7 天办了 ${done.length} 件事。`} />
      ) : (
        <ul className="rows">
          {todos.map((todo) => (
            <li key={`${todo.to} ${todo.what}`}>
              <Lamp light={todo.light} />
              <span className="grow">
                {todo.type} · {todo.what}
                <br />
                <span className="quiet">来源：{todo.source}</span>
              </span>
              <span className="number">{todo.dueOn ? `截止 ${todo.dueOn}` : '没有期限'}</span>
              <PathLink to={todo.to}>处理</PathLink>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function Done({ home: { done } }: { home: HomeAnswer }) {
  if (done.length === 0) return null
  return (
    <Card title="近 7 天办的事" note={`${done.length} 件`}>
      <ul className="rows">
        {done.map(({ what, at }) => (
          <li key={`${at} ${what}`}>
            <span className="grow">{what}</span>
            <span className="quiet">{chinaMoment(at)}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** A path of this platform, which may carry its filters. */
function PathLink({ to, children }: { to: string; children: string }) {
  const { pathname, searchParams } = new URL(to, window.location.origin)
  return (
    <Link className="tall" to={pathname as never} search={Object.fromEntries(searchParams) as never}>
      {children}
    </Link>
  )
}
