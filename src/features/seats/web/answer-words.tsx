import type { ReactNode } from 'react'

/** The figure an answer turns on: how many seats, short or spare. */
const key = /约[缺余] [\d.,]+(?: 万| )个学位/

/** 先说的答案 — the sentence with its key figure made strong. */
export function answerWords(answer: string | undefined): ReactNode {
  const found = answer === undefined ? null : key.exec(answer)
  if (!answer || !found) return answer
  const end = found.index + found[0].length
  return (
    <>
      {answer.slice(0, found.index)}
      <strong>{found[0]}</strong>
      {answer.slice(end)}
    </>
  )
}
