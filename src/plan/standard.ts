import Type from 'typebox'
import { DayShape, IdShape, ReadingShape, StageShape } from './reading.ts'

const Words = Type.String({ minLength: 1 })

/** 出处 — words of a paper held in `plan/` (tested), or a document, its article and where it was read. */
export const CiteShape = Type.Union([
  Type.Object({ paper: IdShape, item: Type.Optional(Words), quote: Words }, { additionalProperties: false }),
  Type.Object(
    {
      document: Words,
      article: Type.Optional(Words),
      source: Words,
      quote: Type.Optional(Words),
    },
    { additionalProperties: false },
  ),
])

export type Cite = Type.Static<typeof CiteShape>

/** 核实程度 — V read in a source that states it, S secondary, C computed, R recalled, own = our own choice. */
export const standardStatus = ['V', 'S', 'C', 'R', 'own'] as const

const ValueShape = Type.Object(
  {
    from: DayShape,
    /** Last day of validity; absent = still in force. */
    to: Type.Optional(DayShape),
    value: Type.Union([Type.Number(), Words, Type.Record(Type.String(), Type.Number())]),
    status: Type.Enum(standardStatus),
    cite: Type.Optional(CiteShape),
    note: Type.Optional(Words),
  },
  { additionalProperties: false },
)

export type StandardValue = Type.Static<typeof ValueShape>

/**
 * 标准参数 — a figure a rule text gives, with the days it holds, its source and when to look again.
 *
 * A parameter we looked for and could not find is `notEntered`: the place stays open and says who
 * must fill it. A parameter that is our own choice has status `own` and a `rationale`.
 */
export const StandardShape = Type.Object(
  {
    id: IdShape,
    zh: Words,
    unit: Words,
    /** What each part of a value of several parts is called. */
    fields: Type.Optional(Type.Record(Type.String(), Words)),
    stage: Type.Optional(StageShape),
    bound: Type.Optional(Type.Enum(['atLeast', 'atMost', 'exactly'] as const)),
    values: Type.Optional(Type.Array(ValueShape, { minItems: 1 })),
    notEntered: Type.Optional(Type.Object({ why: Words, owedBy: Words }, { additionalProperties: false })),
    rationale: Type.Optional(Words),
    readings: Type.Optional(Type.Array(ReadingShape, { minItems: 2 })),
    reviewBy: DayShape,
  },
  { additionalProperties: false },
)

export type Standard = Type.Static<typeof StandardShape>
