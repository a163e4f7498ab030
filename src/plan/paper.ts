import Type from 'typebox'
import { DayShape, IdShape } from './reading.ts'

const Words = Type.String({ minLength: 1 })

/** 文件 — a source text as received: number, issuers, dates, hash, and the headings that divide it. */
export const PaperShape = Type.Object(
  {
    id: IdShape,
    docNumber: Words,
    title: Words,
    issuers: Type.Array(Words, { minItems: 1 }),
    issuedOn: DayShape,
    publishedOn: Type.Optional(DayShape),
    indexNumber: Type.Optional(Words),
    source: Words,
    /** File with the words, beside this one, and its SHA-256. */
    text: Words,
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    /** Headings in the order of the paper; of a chapter with `place`, every word must be placed. */
    chapters: Type.Array(
      Type.Object(
        { id: IdShape, heading: Words, place: Type.Optional(Type.Boolean()) },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
    /** Headings that group measures and carry no item themselves. */
    groups: Type.Optional(
      Type.Array(
        Type.Object(
          { id: IdShape, heading: Words, measures: Type.Array(Words) },
          { additionalProperties: false },
        ),
      ),
    ),
    /** How many items the paper was broken into, by kind: a lost item is seen. */
    items: Type.Object(
      { target: Type.Integer(), measure: Type.Integer(), organisation: Type.Integer() },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
)

export type PaperHead = Type.Static<typeof PaperShape>

/** 不含任务的语句 — words that are heading or exhortation, the measure they belong to, and why no act follows. */
export const NoActShape = Type.Object(
  {
    sentences: Type.Array(
      Type.Object({ of: Words, quote: Words, why: Words }, { additionalProperties: false }),
    ),
  },
  { additionalProperties: false },
)

export type NoAct = Type.Static<typeof NoActShape>['sentences'][number]

/** 文件及正文 — a paper with its words and the sentences that hold no act. */
export interface Paper extends PaperHead {
  readonly words: string
  readonly noAct: readonly NoAct[]
}
