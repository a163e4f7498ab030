import Type from 'typebox'
import { IdShape, ItemIdShape, ReadingShape } from './reading.ts'

const Words = Type.String({ minLength: 1 })

/** 约束力度 — 应 binds, 原则上 binds with recorded exceptions, 鼓励 only invites: an uncovered one is then no violation. */
export const forces = ['must', 'in-principle', 'encouraged'] as const
export type Force = (typeof forces)[number]

/**
 * 覆盖任务 — "every X has a Y": the statement that names each X of a day, whether it is covered, and why not.
 *
 * `sql` over `book.*`: columns `unit` (county), `subject_id`, `subject`, `covered` (null: the books do not say) and
 * `why` (one sentence, null when covered). The X come from the registry, never from what was filed about Y.
 */
export const CoverageDutyShape = Type.Object(
  {
    id: IdShape,
    item: ItemIdShape,
    zh: Words,
    /** 每个… */
    every: Words,
    /** …都有。 */
    has: Words,
    force: Type.Enum(forces),
    /** What kind of thing `subject_id` names. */
    subjectKind: Type.Enum(['institution', 'township', 'county'] as const),
    owedBy: Words,
    /** What closes the gap. */
    remedy: Words,
    readings: Type.Optional(Type.Array(ReadingShape, { minItems: 2 })),
    countedReadings: Type.Optional(Type.Array(IdShape, { minItems: 1 })),
    sql: Words,
  },
  { additionalProperties: false },
)

export type CoverageDuty = Type.Static<typeof CoverageDutyShape>
