import Type, { type Static } from 'typebox'
import { stages } from '../../kernel/stage.ts'

const Id = Type.Integer({ minimum: 1 })
const CountyId = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const Day = Type.String({ format: 'date' })
const Words = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '\\S' })
const Stage = Type.Enum(stages)

export const DrawPath = Type.Object({ drawId: Id })
export const DrawsQuery = Type.Object({ county: Type.Optional(CountyId), asOf: Type.Optional(Day) })
export const DrawQuery = Type.Object({ asOf: Type.Optional(Day) })

/** 抽取规则 — as it is fixed with the draw. */
const Rule = Type.Object(
  {
    share: Type.Number({
      minimum: 0.000001,
      maximum: 1,
      description: '每层抽取比例，百万分之一到 1，细于百万分之一的四舍五入，不足一所的进一',
    }),
    inspectorsEach: Type.Integer({ minimum: 1, maximum: 5, description: '每所派出督学人数' }),
    stages: Type.Array(Stage, { minItems: 1, uniqueItems: true }),
  },
  { additionalProperties: false },
)

/** 举行抽取 — in each of these counties by the same rule and seed. */
export const DrawBody = Type.Object(
  {
    counties: Type.Array(CountyId, { minItems: 1, maxItems: 100, uniqueItems: true }),
    title: Words(60),
    seed: Words(80),
    seedSource: Words(200),
    rule: Rule,
  },
  { additionalProperties: false },
)
export type DrawBody = Static<typeof DrawBody>
export const DrawsHeld = Type.Object({ drawIds: Type.Array(Id) })

const Row = Type.Object({
  drawId: Id,
  countyId: Id,
  county: Type.String(),
  number: Id,
  title: Type.String(),
  drawnOn: Day,
  doneBy: Type.String(),
  pool: Type.Integer({ description: '底册学校数' }),
  drawn: Type.Integer({ description: '抽中学校数' }),
})
export type DrawRow = Static<typeof Row>

/** 历次抽查 — the latest first; `inspectors` of each county say whether anybody could be sent. */
export const DrawList = Type.Object({
  today: Day,
  mayDraw: Type.Boolean(),
  counties: Type.Array(
    Type.Object({
      countyId: Id,
      county: Type.String(),
      schools: Type.Integer(),
      inspectors: Type.Integer(),
    }),
  ),
  rows: Type.Array(Row),
})
export type DrawList = Static<typeof DrawList>

const Lot = Type.Object({
  institutionId: Id,
  code: Type.String(),
  name: Type.String(),
  stratum: Type.String(),
  lot: Type.String(),
  drawn: Type.Boolean(),
  inspectors: Type.Array(Type.String()),
})
export type DrawLot = Static<typeof Lot>

/** 一次抽查 — rule, seed, every lot, and whether computing it again gives the same. */
export const DrawShown = Type.Object({
  ...Row.properties,
  seed: Type.String(),
  seedSource: Type.String(),
  rule: Rule,
  givenHash: Type.String(),
  recomputed: Type.Boolean({ description: '按存档的底册、规则和种子重算，结果一致' }),
  strata: Type.Array(Type.Object({ stratum: Type.String(), schools: Type.Integer(), drawn: Type.Integer() })),
  lots: Type.Array(Lot),
  inspectors: Type.Array(
    Type.Object({
      id: Id,
      name: Type.String(),
      related: Type.Array(Type.String(), { description: '须回避的学校' }),
      sent: Type.Integer(),
    }),
  ),
})
export type DrawShown = Static<typeof DrawShown>
