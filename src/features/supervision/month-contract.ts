import Type, { type Static } from 'typebox'

const Count = Type.Integer({ minimum: 0 })
const Month = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' })

export const MonthQuery = Type.Object({
  month: Type.Optional(Month),
  asOf: Type.Optional(Type.String({ format: 'date' })),
})

/** 规范监管月表 — every kind of the plan's list, every county in sight: opened and closed in the month. */
export const MonthTable = Type.Object({
  month: Month,
  /** The last day that is counted: that of the month, or today. */
  until: Type.String({ format: 'date' }),
  counties: Type.Array(Type.Object({ countyId: Type.Integer(), county: Type.String() })),
  lists: Type.Array(
    Type.Object({
      id: Type.String(),
      zh: Type.String(),
      item: Type.String(),
      kinds: Type.Array(
        Type.Object({
          rule: Type.String(),
          zh: Type.String(),
          opened: Count,
          closed: Count,
          /** In the order of `counties`. */
          cells: Type.Array(Type.Object({ opened: Count, closed: Count })),
        }),
      ),
    }),
  ),
})
export type MonthTable = Static<typeof MonthTable>
