import Type from 'typebox'
import { type FindingSeverity, findingSeverities } from '../kernel/finding.ts'
import { IdShape, ItemIdShape } from './reading.ts'

const Words = Type.String({ minLength: 1 })

/**
 * 问题种类表 — the kinds of violation an item of the plan names, each in the item's own words.
 *
 * A finding's rule is `list.kind`. How grave a kind usually is is our own choice, said in `rationale`.
 */
export const ViolationListShape = Type.Object(
  {
    id: IdShape,
    zh: Words,
    item: Type.String({ pattern: '^[MO]\\d+\\.\\d+$' }),
    /** Kinds of institution it applies to. */
    institutionKinds: Type.Array(IdShape, { minItems: 1 }),
    kinds: Type.Array(
      Type.Object(
        {
          id: IdShape,
          /** As the item words it. */
          zh: Words,
          severity: Type.Enum(Object.keys(findingSeverities) as FindingSeverity[]),
          /** Further items that forbid the same. */
          serves: Type.Optional(Type.Array(ItemIdShape, { minItems: 1 })),
        },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
    /** Told kind by kind and county by county every month, on the page and in the monthly report. */
    monthly: Type.Optional(Type.Literal(true)),
    rationale: Words,
  },
  { additionalProperties: false },
)

export type ViolationList = Type.Static<typeof ViolationListShape>
