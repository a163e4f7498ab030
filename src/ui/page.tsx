import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { AnswerError } from './use-api.tsx'

/** 页面 — title, the answer as a sentence, then the evidence. */
export function Page(props: { title: string; answer?: ReactNode; tools?: ReactNode; children?: ReactNode }) {
  return (
    <>
      <h1 className="page-title">{props.title}</h1>
      {props.answer && <p className="page-answer">{props.answer}</p>}
      {props.tools && <div className="page-tools no-print">{props.tools}</div>}
      {props.children}
    </>
  )
}

/** 卡片 — one piece of evidence with its title and unit. */
export function Card(props: {
  title: ReactNode
  note?: ReactNode
  className?: string
  /** The card's name in the page, when something leads to it. */
  id?: string
  children: ReactNode
}) {
  return (
    <section className={`card ${props.className ?? ''}`} id={props.id}>
      <header>
        <h2>{props.title}</h2>
        {props.note && <span className="quiet">{props.note}</span>}
      </header>
      {props.children}
    </section>
  )
}

/** 等待中 — the shape of what is coming. */
export function Skeleton(props: { rows?: number }) {
  return (
    <div role="status" aria-busy="true" aria-label="正在读取">
      {Array.from({ length: props.rows ?? 6 }, (_, row) => (
        // The bones never change places.
        // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list of identical bones
        <div className="bone" key={row} style={{ width: `${92 - ((row * 13) % 40)}%` }} />
      ))}
    </div>
  )
}

/** 没有内容 — says why it is empty and what to do next. */
export function Empty(props: { why: string; next?: ReactNode }) {
  return (
    <div className="notice">
      <span>{props.why}</span>
      {props.next}
    </div>
  )
}

/** Asking again changes nothing about what one may not see, what is not there, or what was asked amiss. */
const final: readonly string[] = ['denied', 'not-found', 'problem']

/** 出错 — what is wrong, that the data are safe, and a way to try again where trying again can help. */
export function Problem(props: { error: AnswerError; retry?: () => void }) {
  return (
    <div className="notice problem" role="alert">
      <span>
        {props.error.text}
        {props.error.refusal?.basis && <q> {props.error.refusal.basis.quote}</q>}
      </span>
      {props.retry && !final.includes(props.error.kind) && <Button onClick={props.retry}>再试一次</Button>}
    </div>
  )
}

/** 答复 — skeleton, problem or the answer, whichever it is. */
export function Answered<A>(props: {
  query: { data: A | undefined; error: AnswerError | null; refetch: () => unknown }
  rows?: number
  children: (answer: A) => ReactNode
}) {
  const { data, error, refetch } = props.query
  if (data !== undefined) return props.children(data)
  if (error) return <Problem error={error} retry={() => refetch()} />
  return <Skeleton {...(props.rows && { rows: props.rows })} />
}
