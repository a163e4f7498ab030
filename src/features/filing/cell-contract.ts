import Type from 'typebox'

/** 可空 — or null. */
export const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])
/** 编号 — of the database. */
export const Id = Type.Integer({ minimum: 1 })
/** 文字 — at least one letter, at most so many. */
export const Words = (maxLength: number) => Type.String({ minLength: 1, maxLength })
export const Day = Type.String({ format: 'date', description: '截至日' })
export const Moment = Type.String({ description: '时刻' })
/** No other properties than these. */
export const closed = { additionalProperties: false } as const

/** 字段代号 — of the form. */
export const FieldName = Type.String({ pattern: '^[a-z][a-z0-9-]*$', maxLength: 60 })
/** 行号 — 0 is the filing itself. */
export const Line = Type.Integer({ minimum: 0, maximum: 100_000, description: '行号，0 为表头项' })
/** 填报值 — a number or words. */
export const Answer = Type.Union([Type.Number(), Type.String({ maxLength: 4000 })])
