import Type, { type Static } from 'typebox'

const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])
const CountyId = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const Id = Type.Integer({ minimum: 1 })
/** Fewer digits than a telephone has: the audit names a complaint by its number. */
const ComplaintId = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const Day = Type.String({ format: 'date' })
const Words = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '\\S' })
const closed = { additionalProperties: false } as const

/** 投诉办理动作 — everything that can happen to a complaint after it came in. */
export const complaintActs = {
  take: '受理',
  found: '立项督办',
  close: '不予立项',
  answer: '答复结果',
} as const
export type ComplaintAct = keyof typeof complaintActs

/** 投诉所处 — where it stands, as whoever handed it in reads it. */
export const complaintStands = {
  received: '待受理',
  take: '已受理，正在核实',
  found: '已立项督办，整改后答复',
  close: '已办结：未立项',
  answer: '已办结：已答复',
} as const
export type ComplaintStand = keyof typeof complaintStands
const Stand = Type.Enum(Object.keys(complaintStands) as ComplaintStand[])

/** 填写投诉所需 — the counties, and the kinds of violation the plan lists. */
export const ComplaintForm = Type.Object({
  counties: Type.Array(Type.Object({ countyId: CountyId, county: Type.String() })),
  kinds: Type.Array(Type.Object({ rule: Type.String(), zh: Type.String() })),
})
export type ComplaintForm = Static<typeof ComplaintForm>

/** 提交投诉 — which school, what happened, and how to be reached, if one wants to. */
export const ComplaintBody = Type.Object(
  {
    countyId: CountyId,
    rule: Type.Optional(Words(80)),
    school: Words(60),
    words: Words(2000),
    contact: Type.Optional(Words(200)),
  },
  closed,
)
export type ComplaintBody = Static<typeof ComplaintBody>

/** 受理回执 — its number is told once and is kept nowhere. */
export const Receipt = Type.Object({ receipt: Type.String() })

export const ReceiptBody = Type.Object(
  { receipt: Type.String({ minLength: 1, maxLength: 40, pattern: '\\S' }) },
  closed,
)

/** 办理情况 — what whoever has the receipt number may know. */
export const ComplaintStatus = Type.Object({
  receivedOn: Day,
  stand: Stand,
  steps: Type.Array(Type.Object({ act: Type.String(), doneOn: Day, says: Nullable(Type.String()) })),
})
export type ComplaintStatus = Static<typeof ComplaintStatus>

export const ComplaintPath = Type.Object({ complaintId: ComplaintId })
export const ComplaintsQuery = Type.Object({
  county: Type.Optional(CountyId),
  stand: Type.Optional(Type.Union([Stand, Type.Literal('open')])),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  asOf: Type.Optional(Type.String({ format: 'date' })),
})
export const ComplaintQuery = Type.Object({ asOf: Type.Optional(Type.String({ format: 'date' })) })

const Row = Type.Object({
  complaintId: ComplaintId,
  countyId: CountyId,
  county: Type.String(),
  kind: Nullable(Type.String()),
  receivedOn: Day,
  stand: Stand,
  dueOn: Nullable(Day),
  late: Type.Boolean(),
  findingId: Nullable(Id),
})
export type ComplaintRow = Static<typeof Row>

/** 投诉台账 — no line says who complained or what they wrote. */
export const ComplaintList = Type.Object({
  workingDays: Nullable(Type.Integer({ description: '办结期限，工作日；空为还没有录入' })),
  rows: Type.Array(Row),
  page: Type.Integer(),
  pageSize: Type.Integer(),
  total: Type.Integer(),
  open: Type.Integer(),
  late: Nullable(Type.Integer({ description: '超期未办结；空为办结期限还没有录入，不能判断' })),
})
export type ComplaintList = Static<typeof ComplaintList>

/** 一件投诉 — opened, with what was written; reading it leaves a trace. */
export const ComplaintShown = Type.Object({
  ...Row.properties,
  rule: Nullable(Type.String()),
  erasedOn: Nullable(Type.String({ format: 'date', description: '保存期满、内容已清除之日' })),
  school: Nullable(Type.String()),
  words: Nullable(Type.String()),
  contact: Nullable(Type.String()),
  revision: Type.Integer({ minimum: 0 }),
  steps: Type.Array(
    Type.Object({
      act: Type.Enum(Object.keys(complaintActs) as ComplaintAct[]),
      doneOn: Day,
      doneBy: Type.String(),
      says: Nullable(Type.String()),
      facts: Nullable(Type.String({ description: '立项所依的事实；投诉人查询时看不到' })),
    }),
  ),
  mayDo: Type.Array(Type.Enum(Object.keys(complaintActs) as ComplaintAct[])),
})
export type ComplaintShown = Static<typeof ComplaintShown>

/** 办一步 — `finding` with 立项 alone: about which school, on which basis, with which facts. */
export const ComplaintStepBody = Type.Object(
  {
    act: Type.Enum(Object.keys(complaintActs) as ComplaintAct[]),
    revision: Type.Integer({ minimum: 0 }),
    says: Type.Optional(Words(1000)),
    finding: Type.Optional(
      Type.Object(
        {
          institutionId: Id,
          rule: Type.Optional(Words(80)),
          item: Type.Optional(Words(10)),
          says: Words(2000),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type ComplaintStepBody = Static<typeof ComplaintStepBody>
export const ComplaintStepDone = Type.Object({ stand: Stand, findingId: Nullable(Id) })
