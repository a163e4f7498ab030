import Type, { type Static } from 'typebox'

const Text = Type.String()
const Day = Type.String({ format: 'date' })
const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])

export const CasesQuery = Type.Object({ asOf: Type.Optional(Day) })
export const CasePath = Type.Object({ caseId: Type.Integer({ minimum: 1, description: '案例编号' }) })

const CaseHead = {
  caseId: Type.Integer(),
  countyId: Type.Integer(),
  county: Text,
  title: Text,
  /** Accepted by the city, or still on its way to it. */
  state: Type.Enum(['proposed', 'accepted'] as const),
  proposedOn: Nullable(Text),
  itemId: Nullable(Text),
  school: Nullable(Text),
  indicator: Nullable(Text),
}

export const CaseList = Type.Array(Type.Object(CaseHead))
export type CaseList = Static<typeof CaseList>

const Figure = Type.Object({
  day: Day,
  /** School year the figure speaks of. */
  year: Nullable(Type.Integer()),
  words: Text,
  value: Nullable(Type.Number()),
  missing: Type.Array(Text, { description: '缺什么，由谁提供' }),
  /** The publication of the series it was taken from; null where it was measured from the books just now. */
  kept: Nullable(Type.Object({ seriesId: Type.Integer(), saidAt: Text })),
})

/** 一个案例 — what was done, and the same indicator of the same county on the day before and the day after. */
export const CaseShown = Type.Object({
  ...CaseHead,
  story: Text,
  quote: Nullable(Text),
  definition: Nullable(Text),
  before: Nullable(Figure),
  after: Nullable(Figure),
  effect: Type.String({ description: '前后相差，按指标方向说好坏' }),
})
export type CaseShown = Static<typeof CaseShown>
