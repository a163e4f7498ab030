import Type, { type Static } from 'typebox'
import { Id, Nullable, Words } from './cell-contract.ts'

export const LoadQuery = Type.Object({
  asOf: Type.Optional(Type.String({ format: 'date', description: '截至日，算其所在学年' })),
})

/** 负担 — of one institution in a school year, or the mean of several. */
const Load = Type.Object({
  forms: Type.Number({ minimum: 0, description: '应报份数' }),
  fields: Type.Number({ minimum: 0, description: '要问的项数' }),
  shown: Type.Number({ minimum: 0, description: '台账已有、展示或带出的项数' }),
  offered: Type.Number({ minimum: 0, description: '带出上期数、只需核对的项数' }),
  minutes: Nullable(Type.Number({ minimum: 0, description: '按假设用时估算的分钟数' })),
})
export type Load = Static<typeof Load>

const Loaded = Type.Object({ countyId: Id, subjectId: Id, name: Words(100), load: Load })
const Summed = { subjects: Id, mean: Load }

/** 填报负担 — what filing costs each kind of institution, and a county, in a school year, and those the visitor fills for. */
export const LoadMeter = Type.Object({
  year: Words(30),
  /** Null where no time per field is in force. */
  seconds: Nullable(
    Type.Object({ write: Type.Number(), confirm: Type.Number(), rationale: Nullable(Words(500)) }),
  ),
  /** Those the visitor fills for. */
  own: Type.Array(Loaded),
  kinds: Type.Array(
    Type.Object({
      kind: Words(60),
      zh: Words(60),
      ...Summed,
      largest: Loaded,
      /** Of those who have filed before; null where nobody has. */
      again: Nullable(Type.Object(Summed)),
    }),
  ),
})
export type LoadMeter = Static<typeof LoadMeter>
