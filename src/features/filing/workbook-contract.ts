import Type, { type Static } from 'typebox'
import { Id, Nullable, Words } from './cell-contract.ts'

/** 填报表格 — a form and period, of one county or one subject. */
export const WorkbookQuery = Type.Object({
  form: Words(80),
  period: Words(30),
  county: Type.Optional(Id),
  subject: Type.Optional(Id),
})

/** 传回结果 — what was written; or what is wrong, where, and the own file with its faults marked: then nothing was written. */
export const WorkbookImported = Type.Object({
  filings: Type.Integer({ minimum: 0 }),
  cells: Type.Integer({ minimum: 0 }),
  problems: Type.Array(Type.Object({ path: Type.String(), text: Words(1000) }), {
    description: '先列前 200 处；全部在标红退回的文件里',
  }),
  total: Type.Integer({ minimum: 0, description: '问题总数' }),
  doubts: Type.Integer({ minimum: 0, description: '与其他单位、上年相比存疑的数据，提交前须说明' }),
  markedFileId: Nullable(Type.String({ format: 'uuid' })),
})
export type WorkbookImported = Static<typeof WorkbookImported>

export const MarkedPath = Type.Object({ fileId: Type.String({ format: 'uuid' }) })
