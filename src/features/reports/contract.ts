import Type, { type Static } from 'typebox'
import { Day, DocumentShown, Id, Nullable } from './document-contract.ts'
import { CopyHeads } from './received-contract.ts'

const Phase = Type.Enum(['draft', 'submitted', 'approved', 'issued'] as const)
export type Phase = Static<typeof Phase>

/** 回看某日 — the list and one paper as they stood at the end of a day. */
export const AsOfQuery = Type.Object({ asOf: Type.Optional(Day) })

export const DraftBody = Type.Object({
  template: Type.String({
    pattern: '^[a-z0-9.-]{1,60}$',
    description: '公文模板',
    examples: ['monthly-report'],
  }),
  aboutId: Type.Integer({ ...Id, description: '全市、一个县的编号，或一个问题的编号' }),
  asOf: Type.Optional(Type.String({ format: 'date', description: '按哪一天的台账，不晚于今天' })),
})
export const Drafted = Type.Object({ paperId: Id })
/** 步骤名称 — what can be done with a paper once it is drafted, as officials call it. */
export const stepNames = {
  renew: '重新取数',
  submit: '送审',
  approve: '审批通过',
  return: '退回',
  issue: '编号印发',
  void: '作废',
} as const
export const StepBody = Type.Object({
  act: Type.Enum(Object.keys(stepNames) as (keyof typeof stepNames)[]),
  revision: Type.Integer({ minimum: 0, description: '您看到的这份公文办到第几步' }),
  reason: Type.Optional(Type.String({ maxLength: 500 })),
  withGaps: Type.Optional(Type.Boolean({ description: '知悉待补' })),
})
export type StepBody = Static<typeof StepBody>
/** 出新版 — why an issued paper is drawn anew. */
export const EditionBody = Type.Object({ reason: Type.String({ minLength: 1, maxLength: 500 }) })
export const StepDone = Type.Object({ phase: Phase, docNumber: Nullable(Type.String()) })
export const LayoutBegun = Type.Object({ jobId: Type.String() })
export const FileQuery = Type.Object({ format: Type.Enum(['docx', 'pdf', 'xlsx'] as const) })

const Subject = Type.Object({ aboutId: Id, name: Type.String() })
const Head = Type.Object({
  paperId: Id,
  zh: Type.String(),
  title: Type.String(),
  asOf: Day,
  phase: Phase,
  stands: Type.String(),
  docNumber: Nullable(Type.String()),
  issuedOn: Nullable(Day),
  edition: Type.Integer({ minimum: 1 }),
  voidedOn: Nullable(Day),
  voidReason: Nullable(Type.String()),
})
export const PaperBoard = Type.Object({
  /** The last day of the books: a paper may be drawn from any day up to it. */
  day: Day,
  templates: Type.Array(
    Type.Object({ template: Type.String(), zh: Type.String(), subjects: Type.Array(Subject) }),
  ),
  papers: Type.Array(Head),
  /** What came to the visitor's county. */
  received: CopyHeads,
})
export type PaperBoard = Static<typeof PaperBoard>

const OtherEdition = Type.Object({ paperId: Id, words: Type.String() })

export const PaperShown = Type.Object({
  ...Head.properties,
  revision: Type.Integer(),
  hash: Type.String(),
  planVersion: Type.String(),
  knownAt: Type.String(),
  document: DocumentShown,
  /** The edition before and the one after, where there are any. */
  editions: Type.Array(OtherEdition),
  /** To which counties it went, and who signed for it. */
  receipts: Type.Array(
    Type.Object({
      name: Type.String(),
      receivedAt: Nullable(Type.String()),
      receivedBy: Nullable(Type.String()),
    }),
  ),
  mayReissue: Type.Boolean({ description: '可以出新版' }),
  /** Why whoever writes such papers cannot take the next step now. */
  waitsFor: Nullable(Type.String()),
  missing: Type.Array(Type.Object({ of: Type.String(), where: Type.String() })),
  /** Against the last one of the same kind about the same. */
  since: Nullable(
    Type.Object({
      docNumber: Type.String(),
      changes: Type.Array(
        Type.Object({ zh: Type.String(), was: Nullable(Type.String()), is: Nullable(Type.String()) }),
      ),
    }),
  ),
  steps: Type.Array(
    Type.Object({
      revision: Type.Integer(),
      act: Type.String(),
      says: Nullable(Type.String()),
      doneBy: Type.String(),
      doneAt: Type.String(),
    }),
  ),
  mayDo: Type.Array(StepBody.properties.act),
  formats: Type.Array(Type.Enum(['docx', 'xlsx'] as const)),
  /** The hash of the pages, where the paper was laid out as it stands now. */
  pdfSha256: Nullable(Type.String()),
})
export type PaperShown = Static<typeof PaperShown>

export const Comparison = Type.Object({
  changed: Type.Array(
    Type.Object({ zh: Type.String(), was: Type.String(), became: Nullable(Type.String()) }),
  ),
  removed: Type.Array(Type.String()),
  added: Type.Array(Type.String()),
  otherPaper: Type.Boolean({ description: '文件自称是另一份公文' }),
})
export type Comparison = Static<typeof Comparison>
