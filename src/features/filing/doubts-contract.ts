import Type, { type Static } from 'typebox'
import { closed, FieldName, Id, Line, Moment, Nullable, Words } from './cell-contract.ts'

const CheckId = Type.String({ pattern: '^[a-z][a-z0-9.-]*$', maxLength: 100 })

/** 存疑说明 — why a doubted figure stands as filed, and the values it was said of. */
export const ExplanationShown = Type.Object({
  check: CheckId,
  line: Line,
  found: Type.Record(Type.String(), Type.Union([Type.Number(), Type.String()])),
  says: Words(500),
  saidBy: Words(60),
  saidAt: Moment,
})

/** 说明存疑 — the check, its line and the reason. */
export const ExplanationBody = Type.Object({ check: CheckId, line: Line, says: Words(500) }, closed)

/** 待核标记 — who asks about a cell and why, and what was answered. */
export const MarkShown = Type.Object({
  markId: Id,
  line: Line,
  field: FieldName,
  why: Words(500),
  markedBy: Words(60),
  markedAt: Moment,
  resolution: Nullable(Words(500)),
  resolvedBy: Nullable(Words(60)),
  resolvedAt: Nullable(Moment),
})
export type MarkShown = Static<typeof MarkShown>

/** 标记待核 — a cell and why. */
export const MarkBody = Type.Object({ line: Line, field: FieldName, why: Words(500) }, closed)
export const MarkPath = Type.Object({ filingId: Id, markId: Id })
/** 核结 — what was found. */
export const ResolutionBody = Type.Object({ says: Words(500) }, closed)

/** 催报 — a form and period, of all who owe it or of those named. */
export const RemindBody = Type.Object(
  {
    formId: Words(80),
    period: Words(30),
    subjectIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 5000 })),
  },
  closed,
)
export const Reminded = Type.Object({
  reminded: Type.Integer({ minimum: 0, description: '本次催报的单位' }),
  already: Type.Integer({ minimum: 0, description: '今天已经催过的单位' }),
})

/** 被催的报表 — of whom, by whom, when; `yours` is to be filled by the visitor. */
export const RemindersShown = Type.Array(
  Type.Object({
    formId: Words(80),
    zh: Words(100),
    period: Type.Object({ id: Words(30), zh: Words(60) }),
    dueOn: Type.String({ format: 'date' }),
    subjectId: Id,
    name: Words(100),
    yours: Type.Boolean(),
    remindedBy: Words(60),
    remindedAt: Moment,
  }),
)
export type RemindersShown = Static<typeof RemindersShown>

/** 存疑清单 — of a form and period: every cell somebody asks about without answer, and every doubt explained by the filler. */
export const DoubtsShown = Type.Array(
  Type.Object({
    filingId: Id,
    name: Words(100),
    kind: Type.Enum(['mark', 'explained'] as const),
    line: Line,
    what: Words(200),
    says: Words(500),
    by: Words(60),
    at: Moment,
  }),
)
export type DoubtsShown = Static<typeof DoubtsShown>
