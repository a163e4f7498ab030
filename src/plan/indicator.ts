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
 * 填报计数 — a figure counted from approved filings, as SQL over the `answers` of each (`filed.answers` inside a
 * sub-select): what it adds to numerator and denominator.
 */
const FiledShape = Type.Object(
  {
    form: IdShape,
    /** Each line of a filing counts; absent: the filing itself. */
    each: Type.Optional(Type.Literal('line')),
    /** The school year's filings (absent), of each subject the last term of the year, or the book as it stands. */
    period: Type.Optional(Type.Enum(['last-term', 'any'] as const)),
    where: Type.Optional(Words),
    /** The institution it speaks of; absent: whose filing it is. */
    institution: Type.Optional(Words),
    /** What tells it from others of the same institution or county. */
    label: Type.Optional(Words),
    numerator: Words,
    denominator: Words,
  },
  { additionalProperties: false },
)

/**
 * 指标 — what is counted over what, from which books, and which way is better.
 *
 * `numerator` and `denominator` are sentences for people; `sql`, where given, is the same said to
 * the database, over `book.*` only: columns `unit, numerator, denominator`, one row for each county,
 * null for what the books do not hold. `detailSql` lists the rows under it: `unit, subject, institution_id,
 * numerator, denominator, act_id, filing_id`; their sums are the figure's, and those of the institutions under a unit
 * are the unit's along any tree. Where `filed` is given instead, both follow from it, unless `detailSql` stands beside it. Both may name `{school-year}`,
 * `{day}` (the day the figure speaks of), `{reading}` and parameters, `{key}` or `{key/field}`. `denominator` is absent
 * for a plain count.
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
    /** Counted of whole counties: no school has a part in it, and it cannot be rolled up below them. */
    per: Type.Optional(Type.Literal('county')),
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
    filed: Type.Optional(FiledShape),
    sql: Type.Optional(Words),
    detailSql: Type.Optional(Words),
  },
  { additionalProperties: false },
)

export type Indicator = Type.Static<typeof IndicatorShape>
