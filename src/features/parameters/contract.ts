import Type, { type Static } from 'typebox'

const Day = Type.String({ format: 'date' })
const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])
const Words = (maxLength: number) => Type.String({ minLength: 1, maxLength })
const closed = { additionalProperties: false } as const

export const statuses = ['V', 'S', 'R', 'own'] as const

export const AsOfQuery = Type.Object({ asOf: Type.Optional(Day) })
export const ParameterKey = Type.Object({
  key: Type.String({ pattern: '^[a-z0-9]+([.-][a-z0-9]+)*$', maxLength: 100 }),
})
export const ValuePath = Type.Object({ valueId: Type.Integer({ minimum: 1 }) })

/** A number, a word, or several numbers by their names. */
const Value = Type.Union([
  Type.Number(),
  Words(200),
  Type.Record(Type.String({ maxLength: 40 }), Type.Number(), { maxProperties: 20 }),
])

export const TrialQuery = Type.Object({
  asOf: Type.Optional(Day),
  /** JSON of the value; a plain word may stand as it is. */
  value: Words(400),
  from: Day,
})
export type TrialQuery = Static<typeof TrialQuery>

const Flip = Type.Object({
  rule: Type.String(),
  ruleZh: Type.String(),
  reading: Type.Optional(Type.String()),
  unitId: Type.Integer(),
  place: Type.String(),
  subject: Type.String(),
  subjectId: Type.String(),
  before: Nullable(Type.String()),
  after: Nullable(Type.String()),
  /** What the other readings of the same words say, which does not change. */
  unmoved: Type.Optional(Type.Array(Type.Object({ reading: Type.String(), words: Nullable(Type.String()) }))),
})
export type ShownFlip = Static<typeof Flip>

const Reading = Type.Object({ of: Type.String(), zh: Type.String(), differs: Type.String() })

export const ImpactAnswer = Type.Object({
  asOf: Day,
  /** 指纹 — sent back with the proposal: whoever proposes has seen this very list. */
  fingerprint: Type.String(),
  judged: Type.Integer(),
  flips: Type.Array(Flip),
  readings: Type.Array(Reading),
  /** What was not judged again, as sentences. */
  notCompared: Type.Array(Type.String()),
})
export type ImpactAnswer = Static<typeof ImpactAnswer>

export const ProposalBody = Type.Object(
  {
    value: Value,
    from: Day,
    status: Type.Enum(statuses),
    document: Words(200),
    article: Type.Optional(Type.String({ maxLength: 100 })),
    quote: Type.Optional(Type.String({ maxLength: 1000 })),
    reason: Words(500),
    fingerprint: Words(80),
  },
  closed,
)
export type ProposalBody = Static<typeof ProposalBody>

export const DecisionBody = Type.Object(
  { grant: Type.Boolean(), note: Type.Optional(Type.String({ maxLength: 500 })) },
  closed,
)

const held = {
  words: Type.String(),
  value: Value,
  from: Day,
  layer: Type.String(),
  status: Type.String(),
  source: Type.String(),
  quote: Type.Optional(Type.String()),
}
const InForce = Type.Object(held)
const Held = Type.Object({ ...held, to: Nullable(Day), note: Nullable(Type.String()) })

const Line = Type.Object({
  key: Type.String(),
  zh: Type.String(),
  unit: Type.String(),
  inForce: Nullable(InForce),
  /** Why there is no value on the day. */
  problem: Nullable(Type.String()),
  /** How many targets, indicators, duties, checks and items read it. */
  usedBy: Type.Integer(),
  waiting: Type.Boolean(),
})
export type ParameterLine = Static<typeof Line>

const Own = Type.Object({
  valueId: Type.Integer(),
  key: Type.String(),
  zh: Type.String(),
  words: Type.String(),
  from: Day,
  status: Type.String(),
  document: Type.String(),
  article: Nullable(Type.String()),
  quote: Nullable(Type.String()),
  reason: Type.String(),
  phase: Type.String(),
  proposer: Type.String(),
  proposedAt: Type.String(),
  decider: Nullable(Type.String()),
  decidedAt: Nullable(Type.String()),
  note: Nullable(Type.String()),
  /** Proposed by the one who asks: another must decide. */
  mine: Type.Boolean(),
  flips: Type.Array(Flip),
  notCompared: Type.Array(Type.String()),
})
export type OwnShown = Static<typeof Own>

export const ParametersAnswer = Type.Object({
  asOf: Day,
  planVersion: Type.String(),
  parameters: Type.Array(Line),
  waiting: Type.Array(Own),
})
export type ParametersAnswer = Static<typeof ParametersAnswer>

export const ParameterAnswer = Type.Object({
  asOf: Day,
  line: Line,
  bound: Nullable(Type.String()),
  rationale: Nullable(Type.String()),
  reviewBy: Day,
  /** The parts of a value that has several, and what each is called. */
  fields: Type.Array(Type.Object({ id: Type.String(), zh: Type.String() })),
  values: Type.Array(Held),
  readings: Type.Array(Reading),
  readers: Type.Array(Type.Object({ kind: Type.String(), id: Type.String(), zh: Type.String() })),
  own: Type.Array(Own),
  mayChange: Type.Boolean(),
})
export type ParameterAnswer = Static<typeof ParameterAnswer>

export const Proposed = Type.Object({ valueId: Type.Integer() })
export const Decided = Type.Object({ phase: Type.String() })
