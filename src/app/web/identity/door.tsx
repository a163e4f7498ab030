import type { ReactNode } from 'react'
import { Problem } from '../../../ui/page.tsx'
import type { AnswerError } from '../../../ui/use-api.tsx'

/** 门 — the frame of every page before the shell: sign-in and its steps, one-time links. */
export function Door(props: {
  title: string
  answer?: ReactNode
  error?: AnswerError | undefined
  wide?: boolean
  children?: ReactNode
}) {
  return (
    <main className="door" style={{ maxWidth: props.wide ? 720 : 480 }}>
      <h1 className="page-title">{props.title}</h1>
      {props.answer && <p className="page-answer">{props.answer}</p>}
      {props.error && <Problem error={props.error} />}
      {props.children}
    </main>
  )
}
