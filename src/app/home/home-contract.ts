import Type, { type Static } from 'typebox'
import { lights } from '../../kernel/due-light.ts'

const Text = Type.String()
const Moment = Type.String({ description: '时刻' })
const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])
const Light = Type.Enum(lights)

/** 工作台 — at most six cards, what waits, and what the visitor did lately. */
export const HomeAnswer = Type.Object({
  cards: Type.Array(
    Type.Object({
      id: Text,
      zh: Text,
      count: Nullable(Type.Integer()),
      unit: Text,
      change: Text,
      light: Type.Union([Light, Type.Literal('none')]),
      lines: Type.Optional(Type.Array(Text)),
      act: Type.Object({ zh: Text, to: Text }),
    }),
    { maxItems: 6 },
  ),
  todos: Type.Array(
    Type.Object({
      type: Text,
      what: Text,
      source: Text,
      dueOn: Nullable(Type.String({ format: 'date' })),
      light: Light,
      to: Text,
    }),
    { description: '最紧的在前' },
  ),
  /** Todos in all, when only the first are listed. */
  todoCount: Type.Integer({ minimum: 0 }),
  done: Type.Array(Type.Object({ what: Text, at: Moment }), { description: '本人近七天办的事' }),
  troubled: Type.Array(Text, { description: '这次没有取到内容的功能室' }),
})
export type HomeAnswer = Static<typeof HomeAnswer>
