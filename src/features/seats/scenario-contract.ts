import Type, { type Static } from 'typebox'
import { gradesOf, stages } from '../../kernel/stage.ts'
import { Day } from './contract.ts'

const UnitId = Type.Integer({ minimum: 1 })
const Year = Type.Integer({ minimum: 1990, maximum: 2100 })
const Reason = Type.String({ minLength: 2, maxLength: 400, description: '理由或出处' })

const HousingShape = Type.Object(
  {
    unitId: UnitId,
    year: Year,
    stage: Type.Enum(stages),
    dwellings: Type.Integer({ minimum: 1, maximum: 200_000, description: '入住套数' }),
    pupilsPer100: Type.Number({ minimum: 0, maximum: 300, description: '每百套带来的该学段学生' }),
    reason: Reason,
  },
  { additionalProperties: false },
)

const SeniorShareShape = Type.Object(
  {
    unitId: UnitId,
    from: Year,
    share: Type.Number({ minimum: 0, maximum: 1, description: '初中毕业生升入高中阶段者中上普通高中的比例' }),
    reason: Reason,
  },
  { additionalProperties: false },
)

const OverrideShape = Type.Object(
  {
    unitId: UnitId,
    year: Year,
    grade: Type.Enum(Object.values(gradesOf).flat()),
    pupils: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
    factor: Type.Optional(Type.Number({ minimum: 0, maximum: 10 })),
    reason: Reason,
  },
  { additionalProperties: false },
)

/**
 * 假设 — everything a scenario assumes beyond what the books say.
 *
 * `townDrift`: share of the pupils outside the streets who, beyond the past trend, move to the county seat
 * each year; negative is coming back. 0 leaves only the trend. It dies down and ends after the plan's
 * `forecast.drift-horizon`.
 */
export const AssumptionsShape = Type.Object(
  {
    births: Type.Enum(['low', 'mid', 'high'] as const),
    townDrift: Type.Number({ minimum: -0.2, maximum: 0.2 }),
    capacityBasis: Type.Enum(['rooms', 'approved', 'smaller'] as const),
    classSize: Type.Enum(['standard', 'below-large'] as const),
    housing: Type.Array(HousingShape, { maxItems: 200 }),
    seniorShares: Type.Array(SeniorShareShape, { maxItems: 50 }),
    overrides: Type.Array(OverrideShape, { maxItems: 500 }),
  },
  { additionalProperties: false },
)
export type Assumptions = Static<typeof AssumptionsShape>

export const ScenarioBody = Type.Object(
  {
    name: Type.String({ minLength: 2, maxLength: 60 }),
    note: Type.String({ maxLength: 1000 }),
    /** Whose scenario it is: a county's, or the city's own id for the whole city. */
    countyId: Type.Optional(Type.Integer()),
    assumptions: AssumptionsShape,
  },
  { additionalProperties: false },
)
export type ScenarioBody = Static<typeof ScenarioBody>

export const ScenarioRevisionBody = Type.Object(
  {
    ...ScenarioBody.properties,
    /** The revision the editor began from: a change made since by somebody else is not overwritten. */
    basedOn: Type.Integer({ minimum: 1, description: '从第几版改起' }),
  },
  { additionalProperties: false },
)
export type ScenarioRevisionBody = Static<typeof ScenarioRevisionBody>

export const ScenarioAnswer = Type.Object({
  scenarioId: Type.Integer(),
  countyId: Type.Integer(),
  place: Type.String(),
  name: Type.String(),
  note: Type.String(),
  revision: Type.Integer(),
  author: Type.String(),
  savedAt: Type.String(),
  assumptions: AssumptionsShape,
  /** The last computation, when there is one; `current` is false when the assumptions changed since. */
  computed: Type.Union([
    Type.Object({ asOf: Type.String(), saidAt: Type.String(), current: Type.Boolean() }),
    Type.Null(),
  ]),
})
export type ScenarioAnswer = Static<typeof ScenarioAnswer>
export const ScenariosAnswer = Type.Array(ScenarioAnswer)
export const ScenarioPath = Type.Object({ scenarioId: Type.Integer({ minimum: 1 }) })

const ScenarioWord = Type.String({ pattern: '^(low|mid|high|s[1-9]\\d{0,9})$' })

export const CompareQuery = Type.Object({
  one: ScenarioWord,
  other: ScenarioWord,
  stage: Type.Optional(Type.Enum(stages)),
  unit: Type.Optional(UnitId),
  asOf: Type.Optional(Day),
})

/** 对照 — the gap of each unit and year under two scenarios, and the difference (other − one). */
export const CompareAnswer = Type.Object({
  one: Type.Object({
    key: Type.String(),
    name: Type.String(),
    asOf: Type.String(),
    countyOnly: Type.Boolean(),
  }),
  other: Type.Object({
    key: Type.String(),
    name: Type.String(),
    asOf: Type.String(),
    countyOnly: Type.Boolean(),
  }),
  notices: Type.Array(Type.String()),
  years: Type.Array(Year),
  rows: Type.Array(
    Type.Object({
      unitId: UnitId,
      name: Type.String(),
      cells: Type.Array(
        Type.Object({
          year: Year,
          one: Type.Union([Type.Number(), Type.Null()]),
          other: Type.Union([Type.Number(), Type.Null()]),
          difference: Type.Union([Type.Number(), Type.Null()]),
        }),
      ),
    }),
  ),
})
export type CompareAnswer = Static<typeof CompareAnswer>
