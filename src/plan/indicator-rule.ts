import Type from 'typebox'
import { forces } from './coverage-duty.ts'
import { IdShape } from './reading.ts'

const Words = Type.String({ minLength: 1 })

/**
 * 指标规则 — a target that is missed once its last day has passed is a finding about the place that missed it.
 *
 * The target names the indicator, the line, the item with its words and its last day. How grave it is follows from
 * `force`; what is only encouraged is none.
 */
export const IndicatorRuleShape = Type.Object(
  {
    id: IdShape,
    zh: Words,
    target: Type.String({ pattern: '^T\\d+$' }),
    force: Type.Enum(forces),
    /** Why the words have this force, where they do not say 应 or 须. */
    rationale: Type.Optional(Words),
    /** What mends it. */
    remedy: Words,
  },
  { additionalProperties: false },
)

export type IndicatorRule = Type.Static<typeof IndicatorRuleShape>
