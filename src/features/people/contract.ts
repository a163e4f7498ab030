import Type, { type Static } from 'typebox'

const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])
const Id = Type.Integer({ minimum: 1 })
const Day = Type.String({ format: 'date', description: '日期' })
const Grade = Type.String({ pattern: '^[KPJSVX][1-6]?$', description: '年级，如 P3' })

export const documentKindNames = {
  resident: '居民身份证',
  'hong-kong-macau': '港澳居民来往内地通行证',
  taiwan: '台湾居民来往大陆通行证',
  'foreign-resident': '外国人永久居留身份证',
  passport: '护照',
} as const
export const sexNames = { male: '男', female: '女' } as const
export const fieldNames = {
  document: '证件号',
  birth: '出生日期',
  phone: '联系电话',
  address: '住址',
} as const
/** 看过什么 — fields, and papers opened as they are. */
export const seenNames = {
  ...fieldNames,
  papers: '同意书签字件',
  'list-alone': '自行导出',
  'list-agreed': '经第二人审批',
} as const
export const purposeNames = {
  'verify-admission': '核验入学材料',
  'correct-record': '更正学籍信息',
  'contact-guardian': '联系监护人（请假、安全、家访）',
  'financial-aid': '办理学生资助',
  transfer: '办理转学、休学、复学',
  'dropout-prevention': '控辍保学排查',
  'special-support': '特殊教育安置与随班就读支持',
  'guardian-request': '监护人要求查阅、更正或删除',
  investigation: '依法配合调查',
} as const
export const accessActNames = {
  view: '查看档案（已遮蔽）',
  unmask: '查看原文',
  export: '导出名单',
  'view-sealed': '查看敏感情况',
  list: '在名单上看到（证件号已遮蔽）',
  compare: '导入名册时比对',
} as const
export const relationNames = {
  father: '父亲',
  mother: '母亲',
  grandparent: '祖父母、外祖父母',
  other: '其他监护人',
} as const
export const channelNames = { paper: '纸质签字', online: '网上签署', 'in-person': '当面办理' } as const
export const conditionNames = {
  health: '健康状况',
  disability: '残疾类别与等级',
  'special-school': '特殊教育学校安置',
  'specialized-school': '专门学校安置',
} as const
export const erasureReasonNames = { request: '监护人或本人要求', 'consent-withdrawn': '撤回同意' } as const
export const exportStateNames = { asked: '等待审批', granted: '已批准', refused: '未批准' } as const

/** More people than this in a day, opened one by one or in lists, need the reason read and agreed to by a second person. */
export const alonePersons = 100

const keysOf = <K extends string>(names: Readonly<Record<K, string>>) => Type.Enum(Object.keys(names) as K[])

export const PersonPath = Type.Object({ personId: Id })
export const AsOfQuery = Type.Object({ asOf: Type.Optional(Day) })

const narrowing = {
  county: Type.Optional(Id),
  institution: Type.Optional(Id),
  grade: Type.Optional(Grade),
  classNo: Type.Optional(Type.Integer({ minimum: 1, maximum: 99 })),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  asOf: Type.Optional(Day),
}
export const PupilsQuery = Type.Object(narrowing)
/** What is looked for comes in the body: an address stands in logs and histories. */
export const PupilSearch = Type.Object({
  ...narrowing,
  /** A whole identity number, a whole name, or the beginning of its initials. */
  text: Type.String({ minLength: 1, maxLength: 60 }),
})
export type PupilSearch = Static<typeof PupilSearch>

const PupilRow = Type.Object({
  countyId: Type.Integer(),
  personId: Type.Integer(),
  name: Type.String(),
  document: Type.String(),
  documentKind: keysOf(documentKindNames),
  sex: Nullable(keysOf(sexNames)),
  institutionId: Type.Integer(),
  institution: Type.String(),
  grade: Type.String(),
  classNo: Nullable(Type.Integer()),
})
export type PupilRow = Static<typeof PupilRow>

export const PupilsAnswer = Type.Object({
  asOf: Type.String(),
  total: Type.Integer(),
  page: Type.Integer(),
  pageSize: Type.Integer(),
  rows: Type.Array(PupilRow),
  /** The schools in view that have pupils in the book. */
  schools: Type.Array(
    Type.Object({
      countyId: Type.Integer(),
      institutionId: Type.Integer(),
      name: Type.String(),
      pupils: Type.Integer(),
    }),
  ),
  mayExport: Type.Boolean(),
  mayDecide: Type.Boolean(),
})
export type PupilsAnswer = Static<typeof PupilsAnswer>

export const ConsentShape = Type.Object({
  consentId: Type.Integer(),
  guardianId: Type.Integer(),
  noticeVersion: Type.String(),
  givenAt: Type.String(),
  channel: keysOf(channelNames),
  receivedBy: Type.String(),
  withdrawnAt: Nullable(Type.String()),
})

export const PersonAnswer = Type.Object({
  countyId: Type.Integer(),
  personId: Type.Integer(),
  name: Type.String(),
  documentKind: keysOf(documentKindNames),
  sex: Nullable(keysOf(sexNames)),
  masked: Type.Object({
    document: Nullable(Type.String()),
    birth: Nullable(Type.String()),
    phone: Nullable(Type.String()),
    address: Nullable(Type.String()),
  }),
  records: Type.Array(
    Type.Object({
      institutionId: Type.Integer(),
      institution: Type.String(),
      grade: Type.String(),
      classNo: Nullable(Type.Integer()),
      from: Type.String(),
      to: Nullable(Type.String()),
    }),
  ),
  guardians: Type.Array(
    Type.Object({ personId: Type.Integer(), name: Type.String(), relation: keysOf(relationNames) }),
  ),
  /** Null when the birth date is not on file. */
  underFourteen: Nullable(Type.Boolean()),
  notice: Nullable(Type.Object({ version: Type.String(), text: Type.String() })),
  consents: Type.Array(ConsentShape),
  /** Is this visitor named for the sealed conditions of the county? */
  mayReadConditions: Type.Boolean(),
  may: Type.Array(Type.String()),
})
export type PersonAnswer = Static<typeof PersonAnswer>

export const UnmaskBody = Type.Object({ field: keysOf(fieldNames), purpose: keysOf(purposeNames) })
export const UnmaskAnswer = Type.Object({ plain: Type.String(), minutes: Type.Integer() })
export type UnmaskAnswer = Static<typeof UnmaskAnswer>

export const AccessesAnswer = Type.Array(
  Type.Object({
    at: Type.String(),
    account: Type.String(),
    accountName: Type.String(),
    act: keysOf(accessActNames),
    field: Nullable(Type.String()),
    purpose: Nullable(Type.String()),
  }),
)
export type AccessesAnswer = Static<typeof AccessesAnswer>

export const ConsentBody = Type.Object({
  guardianId: Id,
  noticeVersion: Type.String({ maxLength: 20 }),
  channel: keysOf(channelNames),
})
export const ConsentPath = Type.Object({ personId: Id, consentId: Id })

export const ConditionsBody = Type.Object({ purpose: keysOf(purposeNames) })
export const ConditionsAnswer = Type.Array(
  Type.Object({ kind: keysOf(conditionNames), detail: Type.String(), since: Type.String() }),
)
export type ConditionsAnswer = Static<typeof ConditionsAnswer>

export const NewPupilBody = Type.Object({
  institutionId: Id,
  grade: Grade,
  classNo: Type.Optional(Type.Integer({ minimum: 1, maximum: 99 })),
  documentKind: keysOf(documentKindNames),
  /** As text; a number is refused with the reason why. */
  document: Type.Unknown(),
  name: Type.Unknown(),
  phone: Type.Optional(Type.String({ pattern: '^[0-9+\\- ]{5,20}$' })),
  address: Type.Optional(Type.String({ minLength: 2, maxLength: 120 })),
  from: Day,
})
export type NewPupilBody = Static<typeof NewPupilBody>
export const NewPupilAnswer = Type.Object({
  personId: Type.Integer(),
  /** What was set right, in sentences. */
  corrections: Type.Array(Type.String()),
})

export const ErasureBody = Type.Object({ reason: keysOf(erasureReasonNames) })
export const ErasureAnswer = Type.Object({ erased: Type.Literal(true) })
