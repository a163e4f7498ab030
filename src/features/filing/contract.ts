import Type, { type Static } from 'typebox'
import { approvalLevels } from '../../kernel/approval-level.ts'
import { severities } from '../../kernel/severity.ts'
import { Answer, closed, Day, FieldName, Id, Line, Moment, Nullable, Words } from './cell-contract.ts'
import { ExplanationShown, MarkShown } from './doubts-contract.ts'
import { Facts, FormShown, RowsShown, RuleShown } from './form-contract.ts'
import { CellRemark, RemarkBody, RemarksPlanned } from './remarks-contract.ts'

export const phases = ['draft', 'submitted', 'accepted', 'returned', 'approved'] as const
/** 动作名称 — how officials call each thing that can happen to a filing. */
export const actNames = {
  submit: '提交',
  withdraw: '撤回',
  accept: '受理',
  approve: '审核通过',
  return: '退回',
  reopen: '解锁退回',
} as const

/** 办理身份名称 — the one who fills, and each level that looks at it after him. */
export const handNames = {
  filler: '填报单位',
  'township-centre': '乡镇中心校',
  county: '县级教育主管部门',
  city: '市教体局',
} as const

const acts = Object.keys(actNames) as (keyof typeof actNames)[]

export const FilingPath = Type.Object({ filingId: Id })
export const CellQuery = Type.Object({ line: Line, field: FieldName })

const Filed = Type.Object({
  once: Type.Record(Type.String(), Answer),
  lines: Type.Array(Type.Object({ line: Line, answers: Type.Record(Type.String(), Answer) })),
})

const Remark = Type.Object({
  severity: Type.Enum(severities),
  check: Type.Optional(Type.String()),
  line: Line,
  fields: Type.Array(FieldName),
  says: Words(1000),
  found: Type.Optional(Type.String({ description: '跨表比对所见' })),
})

/** 填报单 — the form, every cell with its origin, what is known beside it, what is wrong, and what may be done. */
export const FilingShown = Type.Object({
  filingId: Id,
  countyId: Id,
  county: Words(60),
  subject: Type.Object({
    kind: Type.Enum(['institution', 'township', 'county'] as const),
    id: Id,
    name: Words(100),
  }),
  period: Type.Object({ id: Words(30), zh: Words(60) }),
  dueOn: Nullable(Type.String({ format: 'date' })),
  late: Type.Boolean({ description: '首次提交晚于截止日，或已过截止日仍未提交' }),
  phase: Type.Enum(phases),
  atLevel: Nullable(Type.Enum(approvalLevels)),
  stands: Words(60),
  revision: Type.Integer({ minimum: 0 }),
  firstSubmittedAt: Nullable(Moment),
  form: FormShown,
  rules: Type.Array(RuleShown),
  parameters: Type.Record(Type.String(), Type.Union([Type.Number(), Type.String()])),
  cells: Type.Array(
    Type.Object({
      line: Line,
      field: FieldName,
      value: Answer,
      origin: Type.Enum(['hand', 'before', 'book'] as const),
      writtenBy: Words(60),
      writtenAt: Moment,
    }),
  ),
  before: Type.Optional(Filed),
  /** What this filing said when it was last approved. */
  approved: Type.Optional(Filed),
  known: Type.Record(Type.String(), Type.Object({ value: Nullable(Answer), origin: Words(100) }), {
    description: '台账里已有的数据：只展示，不填',
  }),
  /** The rows of the form that a book knows. */
  rows: Type.Optional(RowsShown),
  facts: Facts,
  remarks: Type.Array(Remark),
  explanations: Type.Array(ExplanationShown),
  marks: Type.Array(MarkShown),
  mayMark: Type.Boolean(),
  steps: Type.Array(
    Type.Object({
      revision: Id,
      act: Type.Enum(acts),
      hand: Type.Enum(['filler', ...approvalLevels] as const),
      reason: Nullable(Type.String()),
      cells: Type.Array(CellRemark),
      doneBy: Words(60),
      doneAt: Moment,
    }),
  ),
  /** What stands to be said when the filing goes back; only for whoever may give it back now. */
  planned: Type.Optional(RemarksPlanned),
  you: Words(100),
  past: Nullable(Moment),
  names: Type.Record(Type.String(), Words(100), { description: '填报值所指机构的名称' }),
  mayWrite: Type.Boolean(),
  barred: Type.Boolean({
    description: '本级现在可办，但您填报过本表或在下级审核过，须由他人办理',
  }),
  mayDo: Type.Array(
    Type.Object({ act: Type.Enum(acts), hand: Type.Enum(['filler', ...approvalLevels] as const) }),
  ),
})
export type FilingShown = Static<typeof FilingShown>

/** 打开填报单 — the filing of a form, period and subject, opened if nobody has. */
export const OpenBody = Type.Object({ formId: Words(80), period: Words(30), subjectId: Id }, closed)
export const Opened = Type.Object({ filingId: Id })

/** 保存 — cells as they were written and as they stood before the writer's eyes. */
export const AnswersBody = Type.Object(
  {
    cells: Type.Array(
      Type.Object(
        { line: Line, field: FieldName, written: Type.String({ maxLength: 4000 }), saw: Nullable(Answer) },
        closed,
      ),
      { minItems: 1, maxItems: 20_000 },
    ),
    origin: Type.Optional(Type.Enum(['hand', 'before'] as const)),
  },
  closed,
)
export const AnswersSaved = Type.Object({
  saved: Type.Array(Type.Object({ line: Line, field: FieldName, value: Nullable(Answer) }), {
    description: '已存下的单元格及其现值',
  }),
  unmerged: Type.Array(
    Type.Object({
      line: Line,
      field: FieldName,
      yours: Nullable(Answer),
      now: Nullable(Answer),
      writtenBy: Nullable(Type.String()),
    }),
    { description: '别人已改过的单元格：未覆盖，请选定一个值' },
  ),
  wrong: Type.Array(Type.Object({ line: Line, field: FieldName, says: Words(1000) }), {
    description: '写法不对、没有存下的单元格',
  }),
  remarks: Type.Array(Remark),
})

/** 办一步 — an act, the step it follows, and why. */
export const StepBody = Type.Object(
  {
    act: Type.Enum(acts),
    hand: Type.Enum(['filler', ...approvalLevels] as const),
    revision: Type.Integer({ minimum: 0 }),
    reason: Type.Optional(Type.String({ maxLength: 1000 })),
    cells: Type.Optional(Type.Array(RemarkBody, { maxItems: 500 })),
  },
  closed,
)
export const StepDone = Type.Object({ phase: Type.Enum(phases), stands: Words(60), revision: Id })

export const ChangesAnswer = Type.Array(
  Type.Object({ was: Nullable(Answer), became: Nullable(Answer), changedBy: Words(60), changedAt: Moment }),
)

/** 报表总览 — every form with its running period and the one before. */
export const FormBoard = Type.Object({
  forms: Type.Array(
    Type.Object({
      formId: Type.String(),
      zh: Words(100),
      why: Words(300),
      serves: Type.Array(Type.String()),
      filledBy: Type.Enum(['institution', 'county'] as const),
      approvedBy: Type.Array(Type.Enum(approvalLevels)),
      byEvent: Type.Boolean(),
      periods: Type.Array(
        Type.Object({
          id: Words(30),
          zh: Words(60),
          dueOn: Type.String({ format: 'date' }),
          due: Type.Integer({ minimum: 0, description: '应报单位' }),
          submitted: Type.Integer({ minimum: 0 }),
          returned: Type.Integer({ minimum: 0 }),
          approved: Type.Integer({ minimum: 0 }),
          late: Type.Integer({ minimum: 0, description: '过期未报和迟报' }),
        }),
      ),
    }),
  ),
})
export type FormBoard = Static<typeof FormBoard>

export const AsOfQuery = Type.Object({ asOf: Type.Optional(Day) })
export const BoardQuery = Type.Object({
  asOf: Type.Optional(Day),
  form: Words(80),
  /** Absent for a book kept by event. */
  period: Type.Optional(Words(30)),
  county: Type.Optional(Id),
  only: Type.Optional(Type.Enum(['not-submitted', 'waiting', 'returned', 'late'] as const)),
})
export const FilingBoard = Type.Object({
  form: Type.Object({ id: Type.String(), zh: Words(100), why: Words(300) }),
  period: Type.Object({
    id: Words(30),
    zh: Words(60),
    dueOn: Nullable(Type.String({ format: 'date' })),
  }),
  /** For a book kept by event: the subjects of which the visitor may enter something. */
  mayEnter: Type.Array(Type.Object({ subjectId: Id, name: Words(100) })),
  counties: Type.Array(
    Type.Object({
      countyId: Id,
      name: Words(60),
      due: Type.Integer(),
      submitted: Type.Integer(),
      returned: Type.Integer(),
      approved: Type.Integer(),
      late: Type.Integer(),
    }),
  ),
  rows: Type.Array(
    Type.Object({
      countyId: Id,
      subjectId: Id,
      name: Words(100),
      filingId: Nullable(Id),
      stands: Words(60),
      phase: Nullable(Type.Enum(phases)),
      late: Type.Boolean(),
      firstSubmittedAt: Nullable(Moment),
      remindedAt: Nullable(Moment),
      mayFill: Type.Boolean({ description: '现在由您填写' }),
    }),
  ),
  mayRemind: Type.Boolean(),
  total: Type.Integer({ minimum: 0 }),
})
export type FilingBoard = Static<typeof FilingBoard>
