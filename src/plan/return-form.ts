import Type from 'typebox'
import { approvalLevels } from '../kernel/approval-level.ts'
import { fieldTypes } from '../kernel/field-type.ts'
import { DayShape, IdShape, ItemIdShape, StageShape } from './reading.ts'

const Words = Type.String({ minLength: 1 })
const closed = { additionalProperties: false } as const

/**
 * 填报字段 — one question, who already knows its answer, and what an answer may be.
 *
 * Either `datum`, the fact it asks for and no other form may ask, or `shows`, a fact known elsewhere that it
 * only shows; on a line that is the list the lines show, which says it under the field's own name. `money` is written
 * in 元 and kept in 分.
 */
export const FieldShape = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9-]*$' }),
    zh: Words,
    /** The question as it is put to a person. */
    ask: Words,
    type: Type.Enum(fieldTypes),
    datum: Type.Optional(IdShape),
    shows: Type.Optional(IdShape),
    unit: Type.Optional(Words),
    codes: Type.Optional(Type.Array(Type.Object({ code: IdShape, zh: Words }, closed), { minItems: 2 })),
    /** In place of `codes`: the items or the measures of the plan, each under its number in small letters. */
    codesFrom: Type.Optional(Type.Enum(['plan-items', 'plan-measures', 'plan-indicators'] as const)),
    atLeast: Type.Optional(Type.Number()),
    atMost: Type.Optional(Type.Number()),
    decimals: Type.Optional(Type.Integer({ minimum: 0, maximum: 4 })),
    maxLength: Type.Optional(Type.Integer({ minimum: 1, maximum: 4000 })),
    /** May it stay empty? Otherwise an empty answer stops the filing. */
    optional: Type.Optional(Type.Literal(true)),
    /** Asked only when another field of the same part has one of these answers. */
    when: Type.Optional(Type.Object({ field: Words, is: Type.Array(Words, { minItems: 1 }) }, closed)),
    /** The answer of the period before is no help for this one. */
    freshEachTime: Type.Optional(Type.Literal(true)),
    note: Type.Optional(Words),
  },
  closed,
)

export type Field = Type.Static<typeof FieldShape>

/** 填报对象 — whom one filing speaks of, narrowed to those of certain kinds. */
const SubjectShape = Type.Union([
  Type.Object(
    {
      each: Type.Literal('institution'),
      kinds: Type.Optional(Type.Array(IdShape, { minItems: 1 })),
      stages: Type.Optional(Type.Array(StageShape, { minItems: 1 })),
      sector: Type.Optional(Type.Enum(['public', 'private'] as const)),
      area: Type.Optional(Type.Enum(['urban', 'rural'] as const)),
    },
    closed,
  ),
  Type.Object({ each: Type.Enum(['township', 'county'] as const) }, closed),
])

export type FormSubject = Type.Static<typeof SubjectShape>

/** 填报节奏 — when a filing is owed, and until when; a book by event is kept as things happen. */
const RhythmShape = Type.Union([
  Type.Object({ kind: Type.Literal('once'), due: DayShape }, closed),
  /** Owed for each school year; the day lies within it: `10-15`, or `03-31` of the calendar year after. */
  Type.Object({ kind: Type.Literal('yearly'), due: Type.String({ pattern: '^\\d{2}-\\d{2}$' }) }, closed),
  Type.Object(
    {
      kind: Type.Literal('termly'),
      dueAutumn: Type.String({ pattern: '^\\d{2}-\\d{2}$' }),
      dueSpring: Type.String({ pattern: '^\\d{2}-\\d{2}$' }),
    },
    closed,
  ),
  /** Owed for each calendar month, by this day of the next. */
  Type.Object({ kind: Type.Literal('monthly'), dueDay: Type.Integer({ minimum: 1, maximum: 28 }) }, closed),
  Type.Object({ kind: Type.Literal('event') }, closed),
])

export type Rhythm = Type.Static<typeof RhythmShape>

/**
 * 报表、台账定义 — what is asked, of whom, when, for which items of the plan, and who approves it.
 *
 * A form with `rhythm.kind` `event` is a book: each filing is one entry, which holds from the day in its field
 * `valid.from` to the day in `valid.to`. Definitions are versioned: a filing is read by the version it was filled in.
 */
export const ReturnFormShape = Type.Object(
  {
    id: IdShape,
    zh: Words,
    version: Type.Integer({ minimum: 1 }),
    /** What it is for, as one sentence to the one who fills it. */
    why: Words,
    serves: Type.Array(ItemIdShape, { minItems: 1 }),
    subject: SubjectShape,
    filledBy: Type.Enum(['institution', 'county'] as const),
    approvedBy: Type.Array(Type.Enum(approvalLevels), { minItems: 1 }),
    /** The field that says which item a line reports on: such a form takes evidence for every item and carries none. */
    tracks: Type.Optional(Words),
    rhythm: RhythmShape,
    /** The first day it is owed for. */
    from: DayShape,
    valid: Type.Optional(Type.Object({ from: Words, to: Type.Optional(Words) }, closed)),
    parts: Type.Array(Type.Object({ zh: Words, fields: Type.Array(FieldShape, { minItems: 1 }) }, closed), {
      minItems: 1,
    }),
    /** Lines within the filing, such as one for each class. */
    lines: Type.Optional(
      Type.Object(
        {
          zh: Words,
          each: Words,
          atLeast: Type.Optional(Type.Integer({ minimum: 0 })),
          atMost: Type.Integer({ minimum: 1, maximum: 5000 }),
          /** The list that the books hold of these lines: what is not in the filing yet is offered beside it. */
          shows: Type.Optional(IdShape),
          /** Every line of that list is owed: a filing begins with all of them. */
          owed: Type.Optional(Type.Literal(true)),
          /** Each period has lines of its own: those of the period before are no help. */
          freshEachTime: Type.Optional(Type.Literal(true)),
          fields: Type.Array(FieldShape, { minItems: 1 }),
        },
        closed,
      ),
    ),
  },
  closed,
)

export type ReturnForm = Type.Static<typeof ReturnFormShape>

/** 全部字段 — the fields asked once and those asked on every line. */
export function fieldsOf(form: ReturnForm): readonly Field[] {
  return [...form.parts.flatMap(({ fields }) => fields), ...(form.lines?.fields ?? [])]
}
