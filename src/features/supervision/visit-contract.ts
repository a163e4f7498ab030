import Type, { type Static } from 'typebox'
import { type FindingPhase, findingPhases } from '../../kernel/finding.ts'
import { type VisitKind, visitKinds } from '../../kernel/visit-kinds.ts'

const Id = Type.Integer({ minimum: 1 })
const Day = Type.String({ format: 'date' })
const Words = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '\\S' })
const Kind = Type.Enum(Object.keys(visitKinds) as VisitKind[])
const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])

export const VisitPath = Type.Object({ visitId: Id })
export const VisitsQuery = Type.Object({
  county: Type.Optional(Id),
  only: Type.Optional(Type.Literal('short')),
  asOf: Type.Optional(Day),
})

/** 入校频次榜 — schools with too few visits this term first. */
export const VisitBoard = Type.Object({
  term: Type.String(),
  from: Day,
  perTerm: Nullable(Type.Number({ description: '每校每学期应有的经常性督导次数' })),
  /** For an inspector: the schools of the own area, and how many an area may have. */
  area: Nullable(Type.Object({ schools: Type.Integer(), atMost: Nullable(Type.Number()) })),
  counties: Type.Array(
    Type.Object({ countyId: Id, county: Type.String(), schools: Type.Integer(), enough: Type.Integer() }),
  ),
  rows: Type.Array(
    Type.Object({
      countyId: Id,
      county: Type.String(),
      institutionId: Id,
      name: Type.String(),
      visits: Type.Integer(),
      last: Nullable(Day),
    }),
  ),
  total: Type.Integer(),
  mayRecord: Type.Boolean(),
})
export type VisitBoard = Static<typeof VisitBoard>

/** 记一次入校 — `draft` names the record in the browser it was begun in: sent twice it is one. */
export const VisitBody = Type.Object(
  {
    draft: Type.String({ format: 'uuid' }),
    institutionId: Id,
    kind: Kind,
    visitedOn: Day,
    seen: Words(4000),
    advice: Type.Optional(Words(2000)),
  },
  { additionalProperties: false },
)
export type VisitBody = Static<typeof VisitBody>
export const Visited = Type.Object({ visitId: Id })

export const VisitRecordsQuery = Type.Object({
  county: Type.Optional(Id),
  institution: Type.Optional(Id),
  asOf: Type.Optional(Day),
})

/** 入校记录 — the latest first. */
export const VisitRecords = Type.Object({
  total: Type.Integer(),
  /** Of the institution asked for. */
  institution: Nullable(Type.String()),
  rows: Type.Array(
    Type.Object({
      visitId: Id,
      institutionId: Id,
      institution: Type.String(),
      kind: Kind,
      visitedOn: Day,
      seen: Type.String({ description: '看到的情况，只取开头' }),
      doneBy: Type.String(),
    }),
  ),
})
export type VisitRecords = Static<typeof VisitRecords>

export const VisitQuery = Type.Object({ asOf: Type.Optional(Day) })

/** 一次入校. */
export const VisitShown = Type.Object({
  visitId: Id,
  countyId: Id,
  institutionId: Id,
  institution: Type.String(),
  kind: Kind,
  visitedOn: Day,
  seen: Type.String(),
  advice: Nullable(Type.String()),
  doneBy: Type.String(),
  /** What was entered from it. */
  findings: Type.Array(
    Type.Object({
      findingId: Id,
      number: Type.String(),
      found: Type.String(),
      phase: Type.Enum(Object.keys(findingPhases) as FindingPhase[]),
    }),
  ),
  mayRecord: Type.Boolean(),
})
export type VisitShown = Static<typeof VisitShown>
