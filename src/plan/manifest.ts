import Type from 'typebox'
import { IdShape } from './reading.ts'

/** 层级 — one layer of plans: the nation, a province or a city; a nearer layer extends a farther one. */
export const ManifestShape = Type.Object(
  {
    id: IdShape,
    zh: Type.String({ minLength: 1 }),
    kind: Type.Union([Type.Literal('national'), Type.Literal('province'), Type.Literal('city')]),
    extends: Type.Optional(IdShape),
    /** GB/T 2260 code; the nation has none. */
    officialCode: Type.Optional(Type.String({ pattern: '^\\d{6}$' })),
  },
  { additionalProperties: false },
)

export type Manifest = Type.Static<typeof ManifestShape>
