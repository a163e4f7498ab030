import Type from 'typebox'
import { DayShape, IdShape, ItemIdShape, ReadingShape } from './reading.ts'

const Words = Type.String({ minLength: 1 })

/** 任务类型 — number, deadline, rule, coverage, project, platform (S), mechanism (W), tracked duty (X). */
export const itemTypes = ['N', 'D', 'R', 'C', 'P', 'S', 'W', 'X'] as const

/** 责任主体 — the kinds of unit an item can bind; each is a term of the glossary. */
export const ownerKinds = [
  'city',
  'county',
  'township',
  'school',
  'kindergarten',
  'development-reform',
  'finance',
  'inspectorate',
  'natural-resources',
  'disabled-federation',
] as const

/** 待建功能 — the rooms not built yet whose engines some items cannot be carried without. */
export const laterRooms = {
  layout: '布局与选址',
  admission: '阳光招生',
  balance: '优质均衡',
  exams: '命题质量',
  teachers: '教师调配',
  funding: '经费保障',
  fees: '收费监管',
  portal: '公众服务',
} as const
export type LaterRoom = keyof typeof laterRooms

/**
 * 任务项 — one item of the paper: its exact words, who must act, by when, and which feature carries it.
 *
 * `quote` is one run of the paper's words, or several where the item spans them.
 * `carriedBy` names features made for the item, or says `tracked` where none is; forms, duties, checks and
 * indicators name their items themselves (`item-carriers.ts`). `laterRoom` names the room without which the item is
 * not carried; `notYet` says what a feature that carries it does not do yet.
 */
export const ItemShape = Type.Object(
  {
    id: ItemIdShape,
    quote: Type.Union([Words, Type.Array(Words, { minItems: 2 })]),
    type: Type.Array(Type.Enum(itemTypes), { minItems: 1 }),
    owners: Type.Array(Type.Enum(ownerKinds), { minItems: 1 }),
    from: Type.Optional(DayShape),
    due: Type.Optional(DayShape),
    /** How often, in years, as `3` or as a span `3-5`; `1` is yearly. */
    cycleYears: Type.Optional(Type.String({ pattern: '^\\d+(-\\d+)?$' })),
    carriedBy: Type.Union([Type.Literal('tracked'), Type.Array(IdShape, { minItems: 1 })]),
    laterRoom: Type.Optional(Type.Enum(Object.keys(laterRooms) as LaterRoom[])),
    notYet: Type.Optional(Words),
    /** Keys of the parameters the item is judged by. */
    standards: Type.Optional(Type.Array(IdShape)),
    readings: Type.Optional(Type.Array(ReadingShape, { minItems: 2 })),
  },
  { additionalProperties: false },
)

export type Item = Type.Static<typeof ItemShape>

/** 措施、组织要求 — a numbered section of the paper and its items. */
export const DutyShape = Type.Object(
  {
    id: Type.String({ pattern: '^(M\\d{2}|O\\d)$' }),
    zh: Words,
    paper: IdShape,
    /** The section's heading, in the paper's own words. */
    heading: Words,
    items: Type.Array(ItemShape, { minItems: 1 }),
  },
  { additionalProperties: false },
)

export type Duty = Type.Static<typeof DutyShape>

/**
 * 目标 — what is to be reached by 2027, the indicator that measures it and the path there.
 *
 * `path.kind`: `linear` from the baseline year to the end (only ever an assumption of ours),
 * `hold` the line every year, `rise` above the year before, `end` only the last year counts,
 * `steps` a dated record and no figure.
 */
export const TargetShape = Type.Object(
  {
    id: Type.String({ pattern: '^T\\d+$' }),
    zh: Words,
    paper: IdShape,
    heading: Words,
    indicator: IdShape,
    /** Key of the parameter that holds the figure to reach; absent when the paper gives none. */
    line: Type.Optional(IdShape),
    /** Other lines shown beside it: the nation's, the province's. */
    otherLines: Type.Optional(Type.Array(IdShape)),
    path: Type.Object(
      {
        kind: Type.Enum(['linear', 'hold', 'rise', 'end', 'steps'] as const),
        baselineYear: Type.Integer(),
        endYear: Type.Integer(),
        assumption: Type.Optional(Words),
      },
      { additionalProperties: false },
    ),
    items: Type.Array(ItemShape, { minItems: 1, maxItems: 1 }),
  },
  { additionalProperties: false },
)

export type Target = Type.Static<typeof TargetShape>
