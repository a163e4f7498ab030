import type { Answers, FiledAnswers } from '../../kernel/filed-answers.ts'

/** 台账各行 — the rows of a form that a book knows already, and the fields that tell one row from another. */
export interface KnownRows {
  readonly keys: readonly string[]
  readonly rows: readonly Answers[]
}

/** 对上的行 — the row that says the same of every key; absent where none does, or the keys are not all written. */
export function rowOf(known: KnownRows | undefined, answers: Answers): Answers | undefined {
  const key = known && keyOf(known.keys, answers)
  return key === undefined ? undefined : known?.rows.find((row) => keyOf(known.keys, row) === key)
}

/** 台账多出的行 — the rows of the book that no line of the filing speaks of. */
export function rowsLeft(known: KnownRows, lines: readonly Answers[]): readonly Answers[] {
  const there = new Set(lines.map((answers) => keyOf(known.keys, answers)))
  return known.rows.filter((row) => !there.has(keyOf(known.keys, row)))
}

/** 并入台账各行 — the lines together with what the book says of each of them in the fields that are only shown. */
export function withKnownRows(
  filed: FiledAnswers,
  known: KnownRows | undefined,
  shown: readonly string[],
): FiledAnswers {
  if (!known || shown.length === 0) return filed
  return {
    ...filed,
    lines: filed.lines.map(({ line, answers }) => {
      const row = rowOf(known, answers)
      return {
        line,
        answers: row ? { ...Object.fromEntries(shown.map((id) => [id, row[id]])), ...answers } : answers,
      }
    }),
  }
}

/** 行的标识 — its keys' values as one word; undefined where one is not written. */
export function keyOf(keys: readonly string[], answers: Answers): string | undefined {
  const values = keys.map((key) => answers[key])
  return keys.length === 0 || values.some((value) => value === undefined) ? undefined : values.join('\n')
}
