import Type from 'typebox'
import { DayShape, IdShape } from './reading.ts'
import { CiteShape, standardStatus } from './standard.ts'

const Words = Type.String({ minLength: 1 })

/** 放假调休安排 — the public holidays of one year and the weekend days worked instead, as announced for that year. */
export const WorkCalendarShape = Type.Object(
  {
    id: IdShape,
    zh: Words,
    year: Type.Integer({ minimum: 2000, maximum: 2100 }),
    status: Type.Enum(standardStatus),
    cite: CiteShape,
    holidays: Type.Array(
      Type.Object(
        {
          zh: Words,
          from: DayShape,
          to: DayShape,
          worked: Type.Optional(Type.Array(DayShape, { minItems: 1 })),
        },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
    note: Type.Optional(Words),
  },
  { additionalProperties: false },
)

export type WorkCalendar = Type.Static<typeof WorkCalendarShape>
