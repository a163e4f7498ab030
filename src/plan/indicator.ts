import Type from 'typebox'
import { IdShape, ReadingShape } from './reading.ts'

const Words = Type.String({ minLength: 1 })

/**
 * 指标 — what is counted over what, from which books, and which way is better.
 *
 * `numerator` and `denominator` are sentences for people; `sql`, where given, is the same said to
 * the database, over `book.*` only. `denominator` is absent for a plain count.
 */
export const IndicatorShape = Type.Object(
  {
    id: IdShape,
    zh: Words,
    definition: Words,
    numerator: Words,
    denominator: Type.Optional(Words),
    unit: Words,
    direction: Type.Enum(['up', 'down', 'steps'] as const),
    /** Which books supply the rows, and who owes them. */
    sources: Type.Array(
      Type.Object({ book: Words, rows: Words, owedBy: Words }, { additionalProperties: false }),
      { minItems: 1 },
    ),
    /** What counts as evidence, where the target is a state of things and not a figure. */
    evidence: Type.Optional(Words),
    readings: Type.Optional(Type.Array(ReadingShape, { minItems: 2 })),
    sql: Type.Optional(Words),
  },
  { additionalProperties: false },
)

export type Indicator = Type.Static<typeof IndicatorShape>
