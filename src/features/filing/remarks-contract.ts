import Type from 'typebox'
import { Answer, closed, FieldName, Line, Moment, Nullable, Words } from './cell-contract.ts'

/** 意见字数 — one word on a cell is no longer than this; those of colleagues may stand one after the other. */
export const remarkLimit = 500
const Standing = Type.String({ minLength: 1 })

/** 退回意见 — what is to be mended in one cell, as it was sent. */
export const CellRemark = Type.Object({ line: Line, field: FieldName, says: Standing })
/** 随办理退回的意见 — said with the step itself. */
export const RemarkBody = Type.Object({ line: Line, field: FieldName, says: Words(remarkLimit) }, closed)

/** 拟退回意见 — words that go with the filing when it is returned, whose they are and since when. */
export const RemarksPlanned = Type.Array(
  Type.Object({ ...CellRemark.properties, saidBy: Words(60), saidAt: Moment }),
  { description: '拟退回意见：退回时一并送达；只给现在能退回的人看' },
)

/** 写拟退回意见 — cells with what is said of them, and what stood there before the writer's eyes. */
export const RemarksBody = Type.Object(
  {
    cells: Type.Array(
      Type.Object(
        {
          line: Line,
          field: FieldName,
          written: Type.String({ maxLength: remarkLimit, description: '空白即删去' }),
          saw: Nullable(Answer),
        },
        closed,
      ),
      { minItems: 1, maxItems: 20_000 },
    ),
  },
  closed,
)

/** 已存意见 — what stands at each cell now, and what was not kept. */
export const RemarksSaved = Type.Object({
  saved: Type.Array(Type.Object({ line: Line, field: FieldName, value: Nullable(Standing) })),
  wrong: Type.Array(Type.Object({ line: Line, field: FieldName, says: Words(1000) })),
})

/** 意见沿革 — every word on one cell, the latest first, and what became of it. */
export const RemarksAnswer = Type.Array(
  Type.Object({
    says: Standing,
    saidBy: Words(60),
    saidAt: Moment,
    endedAs: Nullable(Type.Enum(['replaced', 'dropped', 'sent'] as const)),
  }),
)
