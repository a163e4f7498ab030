import Type, { type Static } from 'typebox'

const optional = (pattern: string, maxLength = 100) => Type.Optional(Type.String({ pattern, maxLength }))
const Day = Type.Optional(Type.String({ format: 'date' }))

/** 审计筛选 — days of China, both included. */
export const AuditFilter = Type.Object({
  from: Day,
  to: Day,
  account: optional('\\S'),
  act: optional('\\S', 200),
  outcome: Type.Optional(
    Type.Union(
      (['done', 'refused', 'denied', 'failed', 'problem'] as const).map((outcome) => Type.Literal(outcome)),
    ),
  ),
  county: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_147_483_647 })),
  objectKind: optional('\\S'),
  objectId: optional('\\S'),
  subject: optional('\\S', 200),
})
export type AuditFilter = Static<typeof AuditFilter>

/** 一页 — entries older than `before`, newest first. */
export const AuditQuery = Type.Object({
  ...AuditFilter.properties,
  before: Type.Optional(Type.Integer({ minimum: 1 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
})
export type AuditQuery = Static<typeof AuditQuery>

const absent = <T extends Parameters<typeof Type.Union>[0][number]>(shape: T) =>
  Type.Union([shape, Type.Null()])

export const AuditRow = Type.Object({
  seq: Type.Integer(),
  at: Type.String(),
  trace: Type.String(),
  account: Type.String(),
  role: Type.String(),
  roleName: Type.String(),
  act: Type.String(),
  actName: Type.String(),
  outcome: Type.String(),
  countyIds: Type.Array(Type.Integer()),
  objectKind: absent(Type.String()),
  objectId: absent(Type.String()),
  subjects: Type.Array(Type.String()),
  purpose: absent(Type.String()),
  network: absent(Type.String()),
  facts: Type.Record(Type.String(), Type.Unknown()),
  delegatedBy: absent(Type.String()),
})
export type AuditRow = Static<typeof AuditRow>

export const AuditPage = Type.Object({
  rows: Type.Array(AuditRow),
  /** Ask again with `before` set to this; null at the end. */
  next: absent(Type.Integer()),
})
export type AuditPage = Static<typeof AuditPage>

export const AuditState = Type.Object({
  entries: Type.Integer(),
  lastSeal: absent(Type.Object({ batch: Type.Integer(), seq: Type.Integer(), sealedAt: Type.String() })),
  waiting: Type.Integer(),
  lastAnchor: absent(Type.Object({ day: Type.String(), at: Type.String(), seq: Type.Integer() })),
  /** What a filter can be set to. */
  acts: Type.Array(Type.Object({ act: Type.String(), name: Type.String() })),
  counties: Type.Array(Type.Object({ id: Type.Integer(), name: Type.String() })),
})
export type AuditState = Static<typeof AuditState>

export const AuditVerdict = Type.Object({
  sound: Type.Boolean(),
  entries: Type.Integer(),
  seals: Type.Integer(),
  waiting: Type.Integer(),
  purgedThrough: absent(Type.Integer()),
  anchors: Type.Integer(),
  lastAnchorDay: absent(Type.String()),
  findings: Type.Array(
    Type.Object({ kind: Type.String(), seq: absent(Type.Integer()), text: Type.String() }),
  ),
  found: Type.Integer(),
  tookMs: Type.Integer(),
})
export type AuditVerdict = Static<typeof AuditVerdict>
