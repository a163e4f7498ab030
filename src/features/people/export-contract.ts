import Type, { type Static } from 'typebox'
import { exportStateNames } from './contract.ts'

const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])
const Id = Type.Integer({ minimum: 1 })

export const ExportBody = Type.Object({
  county: Id,
  institution: Type.Optional(Id),
  grade: Type.Optional(Type.String({ pattern: '^[KPJSVX][1-6]?$' })),
  classNo: Type.Optional(Type.Integer({ minimum: 1, maximum: 99 })),
  /** Numbers and telephones in plain: always needs a second person. */
  plain: Type.Boolean(),
  reason: Type.String({ minLength: 4, maxLength: 200 }),
})
export type ExportBody = Static<typeof ExportBody>

export const ExportPath = Type.Object({ requestId: Type.String({ format: 'uuid' }) })

export const ExportRequest = Type.Object({
  requestId: Type.String(),
  countyId: Type.Integer(),
  county: Type.String(),
  institutionId: Nullable(Type.Integer()),
  institution: Nullable(Type.String()),
  grade: Nullable(Type.String()),
  classNo: Nullable(Type.Integer()),
  plain: Type.Boolean(),
  asOf: Type.String(),
  reason: Type.String(),
  persons: Type.Integer(),
  state: Type.Enum(Object.keys(exportStateNames) as (keyof typeof exportStateNames)[]),
  account: Type.String(),
  accountName: Type.String(),
  askedAt: Type.String(),
  decidedName: Nullable(Type.String()),
  decidedAt: Nullable(Type.String()),
  trace: Type.String(),
  takenAt: Nullable(Type.String()),
  rows: Nullable(Type.Integer()),
  sha256: Nullable(Type.String()),
  /** Asked by this visitor? */
  own: Type.Boolean(),
})
export type ExportRequest = Static<typeof ExportRequest>

export const DecisionBody = Type.Object({ grant: Type.Boolean() })
