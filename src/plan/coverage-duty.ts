import Type from 'typebox'
import { IdShape, ItemIdShape, ReadingShape } from './reading.ts'

const Words = Type.String({ minLength: 1 })

/**
 * 约束力度 — 应 binds, 原则上 binds with recorded exceptions, 推进 asks for more from year to year, 鼓励 only invites.
 *
 * An uncovered X of the last two is no violation.
 */
export const forces = ['must', 'in-principle', 'advance', 'encouraged'] as const
export type Force = (typeof forces)[number]

/** 覆盖对象 — what the X of a duty can be; items and measures are those of the plan itself. */
export const coverageSubjects = [
  'institution',
  'village',
  'township',
  'county',
  'project',
  'item',
  'measure',
] as const
export type CoverageSubject = (typeof coverageSubjects)[number]

/**
 * 覆盖任务 — "every X has a Y": the statement that names each X of a day, whether it is covered, and why not.
 *
 * `sql` over `book.*`: columns `unit` (county), `subject_id`, `subject`, `covered` (null: the books do not say) and
 * `why` (one sentence, null when covered). The X come from the registry, never from what was filed about Y. Where a
 * subject itself holds many that are to be covered, `counts` names them and two more columns count them: `whole`, `part`.
 * It may name `{day}`, `{school-year}`, `{due}` (the item's last day), `{items}`, `{measures}`, `{reading}` and parameters.
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
    subjectKind: Type.Enum(coverageSubjects),
    /** What is counted within each subject: pupils of a school, classes. */
    counts: Type.Optional(Words),
    /** A last column `note` says what stays to be seen of a covered subject, such as that it came late. */
    notes: Type.Optional(Type.Literal(true)),
    owedBy: Words,
    /** Whose fault a gap is: the institution's own; its county's when absent. */
    mendedBy: Type.Optional(Type.Literal('institution')),
    /** What closes the gap. */
    remedy: Words,
    readings: Type.Optional(Type.Array(ReadingShape, { minItems: 2 })),
    countedReadings: Type.Optional(Type.Array(IdShape, { minItems: 1 })),
    /** Where the X themselves must first be registered: said while there is none, as nobody can then tell. */
    nobody: Type.Optional(Words),
    /** Forms under `returns/` in which the Y (or the X) are entered; none where the registry itself tells. */
    keptIn: Type.Optional(Type.Array(IdShape, { minItems: 1 })),
    /** The statement looks into other counties' books too, as where a school is helped by one of another county. */
    acrossCounties: Type.Optional(Type.Literal(true)),
    sql: Words,
  },
  { additionalProperties: false },
)

export type CoverageDuty = Type.Static<typeof CoverageDutyShape>
