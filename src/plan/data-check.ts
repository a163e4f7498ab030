import Type from 'typebox'
import { severities } from '../kernel/severity.ts'
import { IdShape, ItemIdShape } from './reading.ts'

const Words = Type.String({ minLength: 1 })

/**
 * 数据核验 — a sentence that the figures of a filing, or of several, must make true.
 *
 * `holds` speaks of one filing (see `kernel/expression.ts`), of each of its lines when `perLine`: it is judged in the
 * page while one writes, in an imported workbook and on the server alike. It may also name a figure from elsewhere, of
 * the same subject: a fact of the books, or a field of another return as it was last approved. `sql` over `book.*`
 * compares filings with one another and with other books; what comes back are the doubtful ones: columns `unit`,
 * `subject_id`, `field`, `found`, and where it speaks of one line or one entry of a book, `line` and `filing_id`.
 */
export const DataCheckShape = Type.Object(
  {
    id: IdShape,
    zh: Words,
    form: IdShape,
    /** Items whose rule this is; what only keeps figures sound names none. */
    serves: Type.Optional(Type.Array(ItemIdShape, { minItems: 1 })),
    severity: Type.Enum(severities),
    /** A doubt that stands as a finding though whoever filled the form explained it: his reason excuses nothing here. */
    evenExplained: Type.Optional(Type.Literal(true)),
    holds: Type.Optional(Words),
    perLine: Type.Optional(Type.Literal(true)),
    sql: Type.Optional(Words),
    /** The fields marked when it does not hold. */
    marks: Type.Array(Words, { minItems: 1 }),
    why: Words,
    mend: Words,
  },
  { additionalProperties: false },
)

export type DataCheck = Type.Static<typeof DataCheckShape>
