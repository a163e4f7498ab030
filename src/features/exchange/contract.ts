import Type, { type Static } from 'typebox'

const Nullable = <S extends Type.TSchema>(shape: S) => Type.Union([shape, Type.Null()])
const Day = Type.String({ format: 'date' })

export const KindShape = Type.Enum([
  'institutions',
  'enrolment-by-grade',
  'enrolment-by-class',
  'population',
  'births',
  'pupils',
] as const)
export type Kind = Static<typeof KindShape>

/** 列 — as the mapping step shows it. */
const ColumnShape = Type.Object({
  key: Type.String(),
  header: Type.String(),
  required: Type.Boolean(),
  doc: Type.String(),
  choices: Type.Optional(Type.Array(Type.String())),
})

/** 可导入的数据 — one kind, with its columns, for the role that asks. */
export const KindInfoShape = Type.Object({
  kind: KindShape,
  name: Type.String(),
  doc: Type.String(),
  mayImport: Type.Boolean(),
  mayExport: Type.Boolean(),
  /** Data about single persons: taken out by the room of pupils only. */
  personal: Type.Boolean(),
  columns: Type.Array(ColumnShape),
})
export type KindInfo = Static<typeof KindInfoShape>

export const CountsShape = Type.Object({
  rows: Type.Integer(),
  fresh: Type.Integer(),
  same: Type.Integer(),
  corrected: Type.Integer(),
  rejected: Type.Integer(),
  errors: Type.Integer(),
  doubts: Type.Integer(),
  warnings: Type.Integer(),
})

export const MappingShape = Type.Record(Type.String(), Type.Integer({ minimum: 1, maximum: 200 }))

const SheetShape = Type.Object({
  fileKind: Type.Enum(['xlsx', 'csv'] as const),
  name: Type.String(),
  encoding: Type.Optional(Type.String()),
  headerRow: Type.Integer(),
  headers: Type.Array(Type.Object({ column: Type.Integer(), text: Type.String() })),
  rows: Type.Integer(),
  otherSheets: Type.Array(Type.String()),
})

export const ReceiptShape = Type.Object({
  receiptNumber: Type.String(),
  importId: Nullable(Type.String()),
  kind: KindShape,
  account: Type.String(),
  accountName: Type.String(),
  docNumber: Type.String(),
  decidedOn: Type.String(),
  effectiveOn: Type.String(),
  onlyGood: Type.Boolean(),
  reason: Nullable(Type.String()),
  fileName: Type.String(),
  sha256: Type.String(),
  rows: Type.Integer(),
  rowsNew: Type.Integer(),
  rowsCorrected: Type.Integer(),
  rowsSame: Type.Integer(),
  rejectedRows: Type.Array(Type.Integer()),
  acts: Type.Array(Type.Object({ countyId: Type.Integer(), actId: Type.Integer() })),
  recordedAt: Type.Optional(Type.String()),
})
export type ReceiptAnswer = Static<typeof ReceiptShape>

export const PendingShape = Type.Object({
  importId: Type.String(),
  kind: KindShape,
  fileName: Type.String(),
  sha256: Type.String(),
  state: Type.Enum(['reading', 'unreadable', 'mapping', 'judged', 'confirmed'] as const),
  jobId: Nullable(Type.String()),
  sheet: Nullable(SheetShape),
  mapping: Nullable(MappingShape),
  counts: Nullable(CountsShape),
  createdAt: Type.String(),
})
export type Pending = Static<typeof PendingShape>

/** 一次导入 — where it stands, what kinds of problems there are, and its receipt once confirmed. */
export const ImportShape = Type.Object({
  ...PendingShape.properties,
  findings: Type.Array(
    Type.Object({
      code: Type.String(),
      name: Type.String(),
      severity: Type.String(),
      count: Type.Integer(),
    }),
  ),
  receipt: Nullable(ReceiptShape),
})
export type ImportAnswer = Static<typeof ImportShape>

export const ImportPath = Type.Object({ importId: Type.String({ format: 'uuid' }) })
export const JobStartedShape = Type.Object({ jobId: Type.String() })

export const StartedShape = Type.Object({ importId: Type.String(), jobId: Type.String() })
export type Started = Static<typeof StartedShape>

export const FindingQuery = Type.Object({
  severity: Type.Optional(Type.Enum(['error', 'doubt', 'warning'] as const)),
  code: Type.Optional(Type.String({ maxLength: 60 })),
  offset: Type.Integer({ minimum: 0, default: 0 }),
  limit: Type.Integer({ minimum: 1, maximum: 500, default: 50 }),
})
export const FindingsShape = Type.Object({
  total: Type.Integer(),
  problems: Type.Array(
    Type.Object({
      path: Type.String(),
      code: Type.String(),
      text: Type.String(),
      severity: Type.Enum(['error', 'doubt', 'warning'] as const),
      row: Type.Integer(),
      column: Type.Integer(),
    }),
  ),
})
export type Findings = Static<typeof FindingsShape>

export const PageQuery = Type.Pick(FindingQuery, ['offset', 'limit'])
export const CorrectionsShape = Type.Object({
  total: Type.Integer(),
  corrections: Type.Array(
    Type.Object({
      row: Type.Integer(),
      name: Type.String(),
      what: Type.String(),
      from: Type.String(),
      to: Type.String(),
    }),
  ),
})
export type Corrections = Static<typeof CorrectionsShape>

export const DecisionShape = Type.Object({
  docNumber: Type.String({ maxLength: 100 }),
  decidedOn: Day,
  effectiveOn: Type.Optional(Day),
  onlyGood: Type.Boolean({ default: false }),
  acceptCorrections: Type.Boolean({ default: false }),
  reason: Type.Optional(Type.String({ maxLength: 1000 })),
})
export type DecisionBody = Static<typeof DecisionShape>

export const KindPath = Type.Object({ kind: KindShape })
const CountyField = Type.Optional(Type.Integer({ minimum: 100_000, maximum: 999_999 }))

export const TemplateQuery = Type.Object({
  prefill: Type.Optional(Type.Boolean({ default: false })),
  county: CountyField,
})

export const ExportQuery = Type.Object({
  asOf: Type.Optional(Day),
  county: CountyField,
  schoolYear: Type.Optional(Type.Integer({ minimum: 1990, maximum: 2100 })),
  format: Type.Optional(Type.Enum(['xlsx', 'csv', 'gb18030'] as const)),
})

export const ExportRecordShape = Type.Object({
  exportId: Type.String(),
  kind: KindShape,
  countyId: Nullable(Type.Integer()),
  asOf: Type.String(),
  format: Type.String(),
  fileName: Type.String(),
  rows: Type.Integer(),
  sha256: Type.String(),
  exportedAt: Type.String(),
})
export type ExportRecord = Static<typeof ExportRecordShape>
