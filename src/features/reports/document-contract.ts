import Type, { type Static } from 'typebox'

/** 编号 — of the database. */
export const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
export const Day = Type.String({ format: 'date' })
/** 可空 — or null. */
export const Nullable = <S extends Type.TSchema>(shape: S) => Type.Union([shape, Type.Null()])
export const PaperPath = Type.Object({ paperId: Id })

const Field = Type.Object({
  id: Type.String(),
  zh: Type.String(),
  text: Type.String(),
  source: Type.String(),
  definition: Type.String(),
  asOf: Type.String(),
})
export type Field = Static<typeof Field>
const Wording = Type.Array(Type.Union([Type.String(), Field]))
export type Wording = Static<typeof Wording>
const Block = Type.Union([
  Type.Object({
    kind: Type.Literal('heading'),
    level: Type.Integer(),
    text: Wording,
  }),
  Type.Object({ kind: Type.Literal('paragraph'), text: Wording }),
  Type.Object({
    kind: Type.Literal('table'),
    head: Type.Array(Type.String()),
    rows: Type.Array(Type.Array(Wording)),
  }),
])
export type Block = Static<typeof Block>

export const DocumentShown = Type.Object({
  letterhead: Type.String(),
  docNumber: Type.String(),
  title: Type.String(),
  addressee: Type.Optional(Wording),
  body: Type.Array(Block),
  annexes: Type.Array(Type.Object({ title: Type.String(), blocks: Type.Array(Block) })),
  issuer: Type.String(),
  issuedOn: Type.Optional(Day),
  marking: Type.Optional(Type.String()),
})
export type DocumentShown = Static<typeof DocumentShown>
