import Type, { type Static } from 'typebox'
import { Id, Nullable, Words } from './cell-contract.ts'

/** 算出的指标 — what is counted from approved filings of a form, in the filing's county. */
export const FormFigures = Type.Array(
  Type.Object({
    indicatorId: Type.String(),
    zh: Words(100),
    definition: Words(500),
    countyId: Id,
    county: Words(60),
    /** As bulletins print it; 缺数据 where no filing is approved. */
    words: Words(200),
    numerator: Nullable(Type.Number()),
    denominator: Nullable(Type.Number()),
    /** Of those who owe the form in the county, how many are counted; null for a book kept by event, which nobody owes. */
    counted: Nullable(
      Type.Object({ due: Type.Integer({ minimum: 0 }), approved: Type.Integer({ minimum: 0 }) }),
    ),
  }),
)
export type FormFigures = Static<typeof FormFigures>
