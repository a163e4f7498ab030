import Type, { type Static } from 'typebox'
import { stages } from '../../kernel/stage.ts'
import { type KindWord, kindNames } from './contract.ts'

const Day = Type.String({ format: 'date', description: '日期' })
const Id = Type.Integer({ minimum: 1 })
const Code = Type.String({ pattern: '^\\d{10}$', description: '学校（机构）标识码，10 位数字' })
const Name = Type.String({ minLength: 2, maxLength: 60 })
const Kind = Type.Enum(Object.keys(kindNames) as KindWord[])
const Sector = Type.Enum(['public', 'private'] as const)
const Profit = Type.Enum(['non-profit', 'for-profit'] as const)
const UrbanRural = Type.Enum(['111', '112', '121', '122', '123', '210', '220'] as const)
const Count = Type.Integer({ minimum: 0, maximum: 100_000 })

const basis = {
  docNumber: Type.String({ minLength: 1, maxLength: 80, description: '发文字号' }),
  decidedOn: Day,
  effectiveOn: Day,
  note: Type.Optional(Type.String({ maxLength: 200 })),
}

/** 变更登记 — an act on an institution with the decision it rests on. */
export const ActBody = Type.Union([
  Type.Object({ act: Type.Literal('rename'), ...basis, name: Name }),
  Type.Object({ act: Type.Literal('close'), ...basis }),
  Type.Object({
    act: Type.Literal('merge'),
    ...basis,
    /** Who goes up in this institution. */
    closingIds: Type.Array(Id, { minItems: 1, maxItems: 20 }),
    premises: Type.Enum(['kept-as-campuses', 'given-up'] as const),
  }),
  Type.Object({
    act: Type.Literal('convert'),
    ...basis,
    kind: Type.Optional(Kind),
    code: Type.Optional(Code),
    stages: Type.Optional(Type.Array(Type.Enum(stages), { minItems: 1 })),
    sector: Type.Optional(Sector),
    profitStatus: Type.Optional(Profit),
    publicInterest: Type.Optional(Type.Boolean()),
    townshipCentral: Type.Optional(Type.Boolean()),
    boarding: Type.Optional(Type.Boolean()),
    urbanRural: Type.Optional(UrbanRural),
  }),
  Type.Object({ act: Type.Literal('move'), ...basis, toUnitId: Id, toCountyId: Type.Optional(Id) }),
])
export type ActBody = Static<typeof ActBody>

/** 开办登记 — a new institution with its premises and the decision it rests on. */
export const OpeningBody = Type.Object(
  {
    countyId: Id,
    ...basis,
    code: Code,
    name: Name,
    kind: Kind,
    stages: Type.Array(Type.Enum(stages), { minItems: 1 }),
    sector: Sector,
    profitStatus: Type.Optional(Profit),
    publicInterest: Type.Boolean(),
    townshipCentral: Type.Boolean(),
    boarding: Type.Boolean(),
    urbanRural: UrbanRural,
    unitId: Id,
    premises: Type.Array(
      Type.Object({
        stage: Type.Enum(stages),
        rooms: Type.Optional(Count),
        approvedCapacity: Type.Optional(Count),
      }),
      { maxItems: 6 },
    ),
  },
  { additionalProperties: false },
)
export type OpeningBody = Static<typeof OpeningBody>

export const ActDone = Type.Object({
  institutionId: Type.Integer(),
  actId: Type.Integer(),
  effectiveOn: Type.String(),
})
export type ActDone = Static<typeof ActDone>
