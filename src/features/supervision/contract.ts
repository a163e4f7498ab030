import Type, { type Static } from 'typebox'
import { lights } from '../../kernel/due-light.ts'
import {
  type FindingAct,
  type FindingCause,
  type FindingHand,
  type FindingPhase,
  type FindingSeverity,
  type FindingSource,
  findingActs,
  findingCauses,
  findingHands,
  findingPhases,
  findingSeverities,
  findingSources,
  type SupervisionKind,
  supervisionKinds,
} from '../../kernel/finding.ts'

const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])
/** As the database counts counties. */
const CountyId = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const Id = Type.Integer({ minimum: 1 })
const Words = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '\\S' })
const Day = Type.String({ format: 'date' })
const closed = { additionalProperties: false } as const
const keysOf = <K extends string>(names: Readonly<Record<K, string>>) => Object.keys(names) as K[]

const Source = Type.Enum(keysOf<FindingSource>(findingSources))
const Phase = Type.Enum(keysOf<FindingPhase>(findingPhases))
const Act = Type.Enum(keysOf<FindingAct>(findingActs))
const Hand = Type.Enum(keysOf<FindingHand>(findingHands))
const Severity = Type.Enum(keysOf<FindingSeverity>(findingSeverities))
const Supervision = Type.Enum(keysOf<SupervisionKind>(supervisionKinds))
const Cause = Type.Enum(keysOf<FindingCause>(findingCauses))
const Level = Type.Enum(['institution', 'county'] as const)

/** 整改期限上下限 — a deadline is given as so many working days. */
const WorkingDays = Type.Integer({ minimum: 1, maximum: 250, description: '工作日' })

export const FindingPath = Type.Object({ findingId: Id })
/** 口径日 — a past day reads the book as it stood; nothing can be done then. */
export const FindingQuery = Type.Object({ asOf: Type.Optional(Day) })

/** 台账筛选 — every part stands in the page's address. */
export const BoardQuery = Type.Object({
  county: Type.Optional(CountyId),
  institution: Type.Optional(Id),
  state: Type.Optional(
    Type.Enum(['open', 'mine', 'met', 'relapsed', ...keysOf<FindingPhase>(findingPhases)] as const),
  ),
  light: Type.Optional(Type.Enum(lights)),
  source: Type.Optional(Source),
  rule: Type.Optional(Words(80)),
  item: Type.Optional(Words(10)),
  severity: Type.Optional(Severity),
  supervision: Type.Optional(Supervision),
  cause: Type.Optional(Cause),
  words: Type.Optional(Words(40)),
  asOf: Type.Optional(Day),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
})
export type BoardQuery = Static<typeof BoardQuery>

const Row = Type.Object({
  findingId: Id,
  number: Words(60),
  countyId: Id,
  county: Words(60),
  subject: Words(400),
  subjectKind: Type.Enum(['institution', 'village', 'township', 'county'] as const),
  subjectId: Id,
  ownerLevel: Level,
  source: Source,
  item: Words(10),
  found: Words(2000),
  severity: Severity,
  supervision: Supervision,
  phase: Phase,
  light: Type.Enum([...lights, 'none'] as const),
  dueOn: Nullable(Day),
  cause: Nullable(Cause),
  promisedOn: Nullable(Type.String({ format: 'date', description: '会办部门答应办到之日' })),
  daysLeft: Nullable(Type.Integer({ description: '剩余工作日，负数为逾期' })),
  ownerUnit: Nullable(Type.String()),
  ownerPerson: Nullable(Type.String()),
  relapses: Type.Integer({ minimum: 0 }),
  conditionMet: Type.Boolean(),
  escalated: Type.Boolean(),
})
export type FindingRow = Static<typeof Row>

/** 问题台账 — counts of each county and a page of lines. */
export const FindingBoard = Type.Object({
  today: Day,
  counties: Type.Array(
    Type.Object({
      countyId: Id,
      county: Words(60),
      total: Type.Integer(),
      opened: Type.Integer(),
      assigned: Type.Integer(),
      signed: Type.Integer(),
      answered: Type.Integer(),
      rechecked: Type.Integer(),
      closed: Type.Integer(),
      overdue: Type.Integer(),
      dueSoon: Type.Integer(),
      relapsed: Type.Integer(),
      conditionMet: Type.Integer(),
    }),
  ),
  rows: Type.Array(Row),
  page: Id,
  pageSize: Id,
  mayOpen: Type.Boolean(),
  mayReadMonths: Type.Boolean({ description: '可以查看规范监管月表' }),
  mayJudge: Type.Boolean({ description: '可以按规则立项' }),
})
export type FindingBoard = Static<typeof FindingBoard>

const Evidence = Type.Object({ attachmentId: Type.String(), name: Type.String(), sha256: Type.String() })

/** 一个问题 — basis, facts, every step, and what the reader may do now. */
export const FindingShown = Type.Object({
  ...Row.properties,
  institutionId: Nullable(Id),
  openedOn: Day,
  foundOn: Day,
  rule: Nullable(Type.String()),
  ruleName: Nullable(Type.String({ description: '规则名称：覆盖任务、核验或问题种类' })),
  remedy: Nullable(Type.String()),
  quote: Words(2000),
  paper: Nullable(Type.String()),
  conferredOn: Nullable(Day),
  assignedOn: Nullable(Day),
  signedOn: Nullable(Day),
  answeredOn: Nullable(Day),
  closedOn: Nullable(Day),
  dismissed: Type.Boolean(),
  extensions: Type.Integer(),
  interviews: Type.Integer(),
  revision: Type.Integer({ minimum: 0 }),
  today: Day,
  steps: Type.Array(
    Type.Object({
      revision: Type.Integer({ minimum: 0 }),
      act: Act,
      hand: Hand,
      doneBy: Type.String(),
      doneOn: Day,
      says: Nullable(Type.String()),
      dueOn: Nullable(Day),
      promisedOn: Nullable(Day),
      ownerUnit: Nullable(Type.String()),
      ownerPerson: Nullable(Type.String()),
      cause: Nullable(Cause),
      evidence: Type.Array(Evidence),
    }),
  ),
  /** From which visits it was entered or opened again. */
  visits: Type.Array(Type.Object({ visitId: Id, visitedOn: Day, doneBy: Type.String() })),
  mayDo: Type.Array(Type.Object({ act: Act, hand: Hand, needsWords: Type.Boolean() })),
  mayAttach: Type.Boolean(),
  notice: Nullable(Type.String({ description: '可拟的整改通知书模板；没有期限或不归您办时为空' })),
  /** For whoever hands it over: the usual length and whom each cause points to; none where nobody was ever named. */
  suggested: Type.Object({
    workingDays: Nullable(Type.Integer()),
    dueOn: Nullable(Day),
    assumedYears: Type.Array(Type.Integer(), { description: '放假安排还没有录入、只按周末推算的年份' }),
    units: Type.Array(Type.Object({ cause: Cause, unit: Type.String(), person: Nullable(Type.String()) })),
  }),
})
export type FindingShown = Static<typeof FindingShown>

/** 办一步 — an act, the step it follows, its words; a deadline as working days, never as a day. */
export const StepBody = Type.Object(
  {
    act: Act,
    hand: Hand,
    revision: Type.Integer({ minimum: 0 }),
    says: Type.Optional(Type.String({ maxLength: 2000 })),
    workingDays: Type.Optional(WorkingDays),
    /** With 会办意见: by when it will be done. */
    promisedOn: Type.Optional(Day),
    /** Without a person it is refused, with where one is to be named. */
    owner: Type.Optional(
      Type.Object({ unit: Words(100), person: Type.Optional(Words(40)), cause: Cause }, closed),
    ),
  },
  closed,
)
export type StepBody = Static<typeof StepBody>
export const StepDone = Type.Object({ phase: Phase, revision: Id, dueOn: Nullable(Day) })

/** 批量交办 — findings with the usual owner and the usual length. */
export const AssignBody = Type.Object(
  {
    findingIds: Type.Array(Id, { minItems: 1, maxItems: 200 }),
    workingDays: Type.Optional(WorkingDays),
  },
  closed,
)
export const Assigned = Type.Object({
  assigned: Type.Integer(),
  left: Type.Integer({ description: '没有交办的：不归您交办、已交办，或没有责任人' }),
  unnamed: Type.Integer({ description: '其中没有责任人、须逐个写明的' }),
})
export type Assigned = Static<typeof Assigned>

/** 立项 — by a person: from a visit, a complaint or an inspection. */
export const OpenBody = Type.Object(
  {
    source: Type.Enum(['visit', 'complaint', 'inspection'] as const),
    institutionId: Id,
    /** The visit it was seen on, where one was recorded. */
    visitId: Type.Optional(Id),
    /** Kind of violation, `list.kind`; absent for what no list names. */
    rule: Type.Optional(Words(80)),
    /** Plan item, needed where no kind is given. */
    item: Type.Optional(Words(10)),
    severity: Type.Optional(Severity),
    cause: Type.Optional(Cause),
    says: Words(2000),
  },
  closed,
)
export type OpenBody = Static<typeof OpenBody>
export const Opened = Type.Object({
  findingId: Id,
  outcome: Type.Enum(['opened', 'reopened', 'standing', 'excused'] as const),
})

/** 按规则立项 — the job that was put into the queue. */
export const JudgingStarted = Type.Object({ jobId: Type.String() })

/** 问题种类 — the lists of the plan, and the items other findings may rest on. */
export const ViolationsAnswer = Type.Object({
  lists: Type.Array(
    Type.Object({
      id: Type.String(),
      zh: Type.String(),
      item: Type.String(),
      institutionKinds: Type.Array(Type.String()),
      kinds: Type.Array(Type.Object({ rule: Type.String(), zh: Type.String(), severity: Severity })),
    }),
  ),
  items: Type.Array(Type.Object({ id: Type.String(), quote: Type.String() })),
})
export type ViolationsAnswer = Static<typeof ViolationsAnswer>
