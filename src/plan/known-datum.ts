import Type from 'typebox'
import { IdShape } from './reading.ts'

const Words = Type.String({ minLength: 1 })

/**
 * 已有数据 — a fact the books already hold, so that no form may ask for it again; a form may show it.
 *
 * `sql` says it over `book.*`: columns `unit, subject, value`, one row for each institution, township or county
 * (`of`) on the day `{day}`, `null` for what the books do not know. `origin` is told beside the prefilled value.
 *
 * With `line` the fact is a list, such as the classes of a school: `value` is a JSON array of objects whose names are
 * fields of a form's lines, in the order in which they stand there; `line` names those that tell one from another.
 */
export const KnownDatumShape = Type.Object(
  {
    id: IdShape,
    zh: Words,
    of: Type.Enum(['institution', 'township', 'county'] as const),
    unit: Type.Optional(Words),
    origin: Words,
    /** Other ways in which forms tend to ask for it. */
    alsoCalled: Type.Optional(Type.Array(Words, { minItems: 1 })),
    line: Type.Optional(Type.Array(Words, { minItems: 1 })),
    sql: Words,
  },
  { additionalProperties: false },
)

export type KnownDatum = Type.Static<typeof KnownDatumShape>
