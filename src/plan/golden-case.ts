import Type from 'typebox'
import { IdShape } from './reading.ts'

const Words = Type.String({ minLength: 1 })
const Count = Type.Integer({ minimum: 0 })

/** 一所学校 — or all of one sort together, as bulletins publish them: pupils by grade, or the sizes of its classes. */
const SchoolShape = Type.Object(
  {
    name: Words,
    kind: IdShape,
    sector: Type.Enum(['public', 'private'] as const),
    publicInterest: Type.Optional(Type.Boolean()),
    pupils: Type.Optional(Type.Record(Type.String(), Count)),
    /** The school year of `pupils`, where it is not the case's own. */
    pupilsOf: Type.Optional(Type.Integer()),
    classes: Type.Optional(Type.Record(Type.String(), Type.Array(Count))),
  },
  { additionalProperties: false },
)

/**
 * 验算案例 — books as somebody published them, and what an indicator must say of them.
 *
 * Written for an official to check: a test enters the rows and runs the indicator's own statement. Published rates rest
 * on rounded numbers of people, so they are met within 0.05 points. Changing what a case expects needs a decision note.
 */
export const GoldenCaseShape = Type.Object(
  {
    id: IdShape,
    zh: Words,
    schoolYear: Type.Integer(),
    source: Words,
    institutions: Type.Array(SchoolShape, { minItems: 1 }),
    /** Residents of the county by bands of age. */
    people: Type.Optional(
      Type.Array(
        Type.Object({ ageFrom: Count, ageTo: Count, people: Count }, { additionalProperties: false }),
      ),
    ),
    expected: Type.Array(
      Type.Object({ indicator: IdShape, published: Type.Number() }, { additionalProperties: false }),
      { minItems: 1 },
    ),
  },
  { additionalProperties: false },
)

export type GoldenCase = Type.Static<typeof GoldenCaseShape>
