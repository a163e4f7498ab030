import Type, { type Static } from 'typebox'
import { Day, DocumentShown, Nullable, PaperPath } from './document-contract.ts'

/** As Word document or workbook: pages are laid out for the office whose paper it is. */
export const CopyFileQuery = Type.Object({ format: Type.Enum(['docx', 'xlsx'] as const) })
export const CopyPath = Type.Object({
  countyId: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
  ...PaperPath.properties,
})

const Notice = Type.Object({
  ...PaperPath.properties,
  zh: Type.String(),
  title: Type.String(),
  docNumber: Type.String(),
  issuedOn: Day,
  voidedOn: Nullable(Day),
  voidReason: Nullable(Type.String()),
})

/** 公示清单 — public notices, the latest first. */
export const NoticeBoard = Type.Array(Notice)
export type NoticeBoard = Static<typeof NoticeBoard>
/** 一份公示 — with its text. */
export const NoticeShown = Type.Object({ ...Notice.properties, document: DocumentShown })
export type NoticeShown = Static<typeof NoticeShown>

const Copy = Type.Object({
  ...Notice.properties,
  countyId: CopyPath.properties.countyId,
  receivedAt: Nullable(Type.String()),
  receivedBy: Nullable(Type.String()),
})
/** 来文清单 — papers that came to the county, the latest first. */
export const CopyHeads = Type.Array(Copy)
export type CopyHeads = Static<typeof CopyHeads>
/** 一份来文 — with its text and who signed for it. */
export const CopyShown = Type.Object({
  ...Copy.properties,
  document: DocumentShown,
  maySign: Type.Boolean({ description: '可以签收' }),
})
export type CopyShown = Static<typeof CopyShown>
