import Type, { type Static } from 'typebox'
import { fieldTypes } from '../../kernel/field-type.ts'
import { severities } from '../../kernel/severity.ts'
import { Answer, FieldName, Id, Words } from './cell-contract.ts'

/** 表式字段 — a field as the page puts it. */
const FieldShown = Type.Object({
  id: FieldName,
  zh: Words(100),
  ask: Words(300),
  type: Type.Enum(fieldTypes),
  unit: Type.Optional(Words(20)),
  codes: Type.Optional(Type.Array(Type.Object({ code: Type.String(), zh: Words(60) }))),
  atLeast: Type.Optional(Type.Number()),
  atMost: Type.Optional(Type.Number()),
  decimals: Type.Optional(Type.Integer()),
  maxLength: Type.Optional(Type.Integer()),
  optional: Type.Optional(Type.Literal(true)),
  when: Type.Optional(Type.Object({ field: FieldName, is: Type.Array(Type.String()) })),
  freshEachTime: Type.Optional(Type.Literal(true)),
  shows: Type.Optional(Type.String({ description: '展示的已有数据，不填' })),
  note: Type.Optional(Words(500)),
})

/** 表式 — a form in the version the filing was filled in. */
export const FormShown = Type.Object({
  id: Type.String(),
  zh: Words(100),
  version: Id,
  why: Words(300),
  serves: Type.Array(Type.String()),
  parts: Type.Array(Type.Object({ zh: Words(60), fields: Type.Array(FieldShown) })),
  lines: Type.Optional(
    Type.Object({
      zh: Words(60),
      each: Words(30),
      atLeast: Type.Optional(Type.Integer()),
      atMost: Id,
      shows: Type.Optional(Type.String({ description: '台账已有的清单' })),
      freshEachTime: Type.Optional(Type.Literal(true)),
      fields: Type.Array(FieldShown),
    }),
  ),
})
export type FormShown = Static<typeof FormShown>

/** 核验规则 — what the page judges by while one writes; the server judges by the same. */
export const RuleShown = Type.Object({
  id: Type.String(),
  zh: Words(200),
  severity: Type.Enum(severities),
  holds: Type.Optional(Words(1000)),
  perLine: Type.Optional(Type.Literal(true)),
  marks: Type.Array(FieldName),
  why: Words(500),
  mend: Words(500),
})

/** 台账各行 — the rows of a form that a book knows, what tells them apart, and whose word it is. */
export const RowsShown = Type.Object({
  origin: Words(100),
  keys: Type.Array(FieldName),
  rows: Type.Array(Type.Record(Type.String(), Answer)),
})

/** 表外数据 — what rules compare with: books and other returns, by the name the rules use. */
export const Facts = Type.Record(Type.String(), Type.Object({ value: Answer, says: Words(300) }))
