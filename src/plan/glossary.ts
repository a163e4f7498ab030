import Type from 'typebox'

/** 术语 — a word of the house: Chinese on screen, English in docs, identifier in code. */
export const TermShape = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][A-Za-z0-9-]*$' }),
    zh: Type.String({ minLength: 1 }),
    en: Type.String({ minLength: 1 }),
    /** Where the English was taken from; absent = our own rendering. */
    source: Type.Optional(Type.String({ minLength: 1 })),
  },
  { additionalProperties: false },
)

/** 术语表 — the shape of `terms.yaml`. */
export const TermsShape = Type.Object({ terms: Type.Array(TermShape) }, { additionalProperties: false })

export type Term = Type.Static<typeof TermShape>
