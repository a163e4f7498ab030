import Type, { type Static } from 'typebox'

const Text = Type.String()
const Day = Type.String({ format: 'date', description: '截至日' })
const CountyId = Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: '县（市、区）编号' })
const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])
const Count = Type.Integer({ minimum: 0 })

export const BoardQuery = Type.Object({ asOf: Type.Optional(Day) })
export const SectionPath = Type.Object({
  sectionId: Type.String({ pattern: '^(M\\d{2}|T\\d{1,2}|O\\d)$', description: '措施、目标或组织要求' }),
})
export const SectionQuery = Type.Object({ county: CountyId, asOf: Type.Optional(Day) })

/** 状态用词 — the standing in a word, so that no colour speaks alone. */
export const standingWords = { red: '滞后', yellow: '须办', green: '正常', unknown: '缺数据' } as const
const Standing = Type.Enum(Object.keys(standingWords) as (keyof typeof standingWords)[])
const Counts = Type.Object({ red: Count, yellow: Count, green: Count, unknown: Count })

const Cell = Type.Object({ countyId: CountyId, light: Standing, words: Text, counts: Counts })

const SectionRow = Type.Object({
  sectionId: Text,
  kind: Type.Enum(['measure', 'target', 'organisation'] as const),
  zh: Text,
  items: Count,
  cells: Type.Array(Cell),
})

/** 责任矩阵 — every section of the paper against every county in sight, computed. */
export const TaskBoard = Type.Object({
  asOf: Day,
  places: Type.Array(Type.Object({ countyId: CountyId, name: Text })),
  sections: Type.Array(SectionRow),
  /** Per county: how many items bind it, and of how many nobody is named whole. */
  owners: Type.Array(
    Type.Object({
      countyId: CountyId,
      name: Text,
      items: Count,
      without: Count,
      incomplete: Count,
      counts: Counts,
    }),
  ),
})
export type TaskBoard = Static<typeof TaskBoard>

const Owner = Type.Object({
  lead: Nullable(Text),
  partners: Nullable(Text),
  measure: Nullable(Text),
  person: Nullable(Text),
  dueOn: Nullable(Text),
})
const Progress = Type.Object({
  words: Text,
  period: Text,
  evidence: Nullable(Text),
  document: Nullable(Text),
  on: Nullable(Text),
})

const ItemShown = Type.Object({
  itemId: Text,
  quote: Text,
  from: Nullable(Text),
  due: Nullable(Text),
  light: Standing,
  words: Text,
  reasons: Type.Array(Type.Object({ light: Standing, says: Text })),
  owner: Nullable(Owner),
  missing: Type.Array(Text, { description: '缺的责任要素' }),
  progress: Nullable(Progress),
  duties: Type.Array(
    Type.Object({
      zh: Text,
      every: Text,
      has: Text,
      remedy: Text,
      total: Count,
      uncovered: Count,
      unknown: Count,
      gaps: Type.Array(Type.Object({ subject: Text, why: Text })),
    }),
  ),
  lateForms: Type.Array(Type.Object({ formId: Text, period: Text, zh: Text, dueOn: Text, missing: Count })),
  findings: Type.Array(
    Type.Object({
      findingId: Type.Integer(),
      number: Text,
      subject: Text,
      found: Text,
      dueOn: Nullable(Text),
    }),
  ),
})
export type ItemShown = Static<typeof ItemShown>

/** 一格明细 — the items of a section in one county with everything that speaks of them. */
export const SectionDetail = Type.Object({
  asOf: Day,
  sectionId: Text,
  zh: Text,
  heading: Text,
  countyId: CountyId,
  county: Text,
  items: Type.Array(ItemShown),
})
export type SectionDetail = Static<typeof SectionDetail>
