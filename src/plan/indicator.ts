import Type from 'typebox'
import { IdShape, ItemIdShape, ReadingShape } from './reading.ts'

const Words = Type.String({ minLength: 1 })

/** 来源 — a book whose rows a figure needs, and who owes them. */
const SourceShape = Type.Object(
  {
    book: Words,
    rows: Words,
    owedBy: Words,
    /** The part of the figure that is unknown without these rows; absent = all of it. */
    feeds: Type.Optional(Type.Enum(['numerator', 'denominator'] as const)),
  },
  { additionalProperties: false },
)

/**
 * 指标 — what is counted over what, from which books, and which way is better.
 *
 * `numerator` and `denominator` are sentences for people; `sql`, where given, is the same said to
 * the database, over `book.*` only: columns `unit, numerator, denominator`, one row for each county,
 * null for what the books do not hold. `detailSql` lists the rows under it: `unit, subject, numerator,
 * denominator, act_id`; their sums are the figure's. Both may name `{school-year}`, `{day}` (the day the
 * figure speaks of), `{reading}` and parameters, `{key}` or `{key/field}`. `denominator` is absent for
 * a plain count.
 */
export const IndicatorShape = Type.Object(
  {
    id: IdShape,
    zh: Words,
    definition: Words,
    numerator: Words,
    denominator: Type.Optional(Words),
    unit: Words,
    /** Items of the plan the figure speaks of; a target names its indicator itself. */
    serves: Type.Optional(Type.Array(ItemIdShape, { minItems: 1 })),
    direction: Type.Enum(['up', 'down', 'steps'] as const),
    sources: Type.Array(SourceShape, { minItems: 1 }),
    /** What counts as evidence, where the target is a state of things and not a figure. */
    evidence: Type.Optional(Words),
    readings: Type.Optional(Type.Array(ReadingShape, { minItems: 2 })),
    /** The day a figure speaks of: the statistical day (absent), or the very day it is asked for. */
    speaksOf: Type.Optional(Type.Enum(['statistical-day', 'as-of-day'] as const)),
    /** The readings `sql` can count by, first the one shown first. */
    countedReadings: Type.Optional(Type.Array(IdShape, { minItems: 1 })),
    /** For a figure that says of how many boards all indicators are known. */
    boards: Type.Optional(
      Type.Array(
        Type.Object(
          { zh: Words, indicators: Type.Array(IdShape, { minItems: 1 }) },
          { additionalProperties: false },
        ),
        { minItems: 1 },
      ),
    ),
    sql: Type.Optional(Words),
    detailSql: Type.Optional(Words),
  },
  { additionalProperties: false },
)

export type Indicator = Type.Static<typeof IndicatorShape>
