/** 填报值 — a number (money in 分), a day or word, the code of a choice, `yes`/`no`, an id of the registry. */
export type Answer = number | string

/** 一组填报值 — the answers of the filing itself or of one of its lines, by field; what nobody has written is absent. */
export type Answers = Readonly<Record<string, Answer | undefined>>

/** 一份填报 — the answers asked once, and those of each line with its number. */
export interface FiledAnswers {
  readonly once: Answers
  readonly lines: readonly { readonly line: number; readonly answers: Answers }[]
}
