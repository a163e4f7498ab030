import Type from 'typebox'
import { IdShape } from './reading.ts'

const Words = Type.String({ minLength: 1 })

/** 逐行 — what a table or a repeated paragraph has a row for. */
export const templateRows = [
  'county',
  'not-submitted',
  'overdue',
  'finding',
  'overdue-finding',
  'closed-finding',
  'violation',
  'duty',
  'duty-gap',
] as const
export type TemplateRows = (typeof templateRows)[number]

const Each = Type.Enum(templateRows)
/** The sentence that stands instead where there is no row. */
const None = Type.Optional(Words)

const BlockShape = Type.Union([
  Type.Object({ heading: Words, level: Type.Enum([1, 2, 3] as const) }, { additionalProperties: false }),
  Type.Object({ text: Words, each: Type.Optional(Each), none: None }, { additionalProperties: false }),
  Type.Object(
    {
      each: Each,
      columns: Type.Array(Type.Object({ head: Words, cell: Words }, { additionalProperties: false }), {
        minItems: 1,
      }),
      none: None,
    },
    { additionalProperties: false },
  ),
])
export type TemplateBlock = Type.Static<typeof BlockShape>

/**
 * 公文模板 — the wording of a kind of paper, with places for what the books say.
 *
 * A place is `{name}`: of where and when (`city`, `county`, `day`, `month`), a figure of the plan
 * (`indicator:id`, `covered:id` and `uncovered:id` of a duty of coverage), of the findings, or of the row it
 * stands in. All but where and when become bound fields; what is not known prints who owes it, never 0.
 */
export const PaperTemplateShape = Type.Object(
  {
    id: IdShape,
    zh: Words,
    /** What one paper speaks of. */
    about: Type.Enum(['city', 'county', 'finding'] as const),
    /** Whose paper it is: it is numbered in that office's book. */
    issuedBy: Type.Enum(['city', 'county'] as const),
    /** To whom it goes when it is issued: every county, the county it is about, or the public; absent stays in its office. */
    goesTo: Type.Optional(Type.Enum(['counties', 'its-county', 'public'] as const)),
    letterhead: Words,
    /** 便函: without the red head, so that a brief fits its page. */
    plain: Type.Optional(Type.Literal(true)),
    /** 机关代字, the head of the document number. */
    mark: Words,
    title: Words,
    addressee: Type.Optional(Words),
    issuer: Words,
    copiesTo: Type.Optional(Type.Array(Words)),
    printedBy: Type.Optional(Words),
    body: Type.Array(BlockShape, { minItems: 1 }),
    annexes: Type.Optional(
      Type.Array(
        Type.Object(
          { title: Words, body: Type.Array(BlockShape, { minItems: 1 }) },
          { additionalProperties: false },
        ),
      ),
    ),
  },
  { additionalProperties: false },
)
export type PaperTemplate = Type.Static<typeof PaperTemplateShape>

/** 占位名 — the places named in some wording, in their order. */
export function placesIn(wording: string): string[] {
  return [...wording.matchAll(/\{([a-z][a-z0-9:.-]*)\}/g)].map(([, name]) => name!)
}

/** 全部占位名 — every place a template names, each once. */
export function placesOf({
  title,
  addressee = '',
  issuer,
  letterhead,
  body,
  annexes = [],
}: PaperTemplate): string[] {
  const blocks = [...body, ...annexes.flatMap((annex) => annex.body)]
  const wordings = blocks.flatMap((block) =>
    'columns' in block
      ? block.columns.map(({ cell }) => cell)
      : ['heading' in block ? block.heading : block.text],
  )
  return [...new Set([title, addressee, issuer, letterhead, ...wordings].flatMap(placesIn))]
}
