import Type, { type Static } from 'typebox'

const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
const Day = Type.String({ format: 'date' })
const Nullable = <S extends Type.TSchema>(shape: S) => Type.Union([shape, Type.Null()])
const Phase = Type.Enum(['draft', 'submitted', 'approved', 'issued'] as const)
export type Phase = Static<typeof Phase>

export const PaperPath = Type.Object({ paperId: Id })
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
export const StepBody = Type.Object({
  act: Type.Enum(['renew', 'submit', 'approve', 'return', 'issue'] as const),
  revision: Type.Integer({ minimum: 0, description: '您看到的这份公文办到第几步' }),
  reason: Type.Optional(Type.String({ maxLength: 500 })),
  withGaps: Type.Optional(Type.Boolean({ description: '知悉待补' })),
})
export type StepBody = Static<typeof StepBody>
export const StepDone = Type.Object({ phase: Phase, docNumber: Nullable(Type.String()) })
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
})
export const PaperBoard = Type.Object({
  templates: Type.Array(
    Type.Object({ template: Type.String(), zh: Type.String(), subjects: Type.Array(Subject) }),
  ),
  papers: Type.Array(Head),
})
export type PaperBoard = Static<typeof PaperBoard>

const Field = Type.Object({
  id: Type.String(),
  zh: Type.String(),
  text: Type.String(),
  source: Type.String(),
  definition: Type.String(),
  asOf: Type.String(),
})
export type Field = Static<typeof Field>
const Wording = Type.Array(Type.Union([Type.String(), Field]))
export type Wording = Static<typeof Wording>
const Block = Type.Union([
  Type.Object({
    kind: Type.Literal('heading'),
    level: Type.Integer(),
    text: Wording,
  }),
  Type.Object({ kind: Type.Literal('paragraph'), text: Wording }),
  Type.Object({
    kind: Type.Literal('table'),
    head: Type.Array(Type.String()),
    rows: Type.Array(Type.Array(Wording)),
  }),
])
export type Block = Static<typeof Block>

export const PaperShown = Type.Object({
  ...Head.properties,
  revision: Type.Integer(),
  hash: Type.String(),
  planVersion: Type.String(),
  knownAt: Type.String(),
  document: Type.Object({
    letterhead: Type.String(),
    docNumber: Type.String(),
    title: Type.String(),
    addressee: Type.Optional(Wording),
    body: Type.Array(Block),
    annexes: Type.Array(Type.Object({ title: Type.String(), blocks: Type.Array(Block) })),
    issuer: Type.String(),
    issuedOn: Type.Optional(Day),
    marking: Type.Optional(Type.String()),
  }),
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
  formats: Type.Array(FileQuery.properties.format),
})
export type PaperShown = Static<typeof PaperShown>

export const Comparison = Type.Object({
  changed: Type.Array(
    Type.Object({ zh: Type.String(), was: Type.String(), became: Nullable(Type.String()) }),
  ),
  removed: Type.Array(Type.String()),
  added: Type.Array(Type.String()),
  /** Which paper the file says it is; null where it says nothing. */
  otherPaper: Type.Boolean(),
})
export type Comparison = Static<typeof Comparison>
