import Type, { type Static } from 'typebox'
import { lights } from '../../kernel/due-light.ts'

/** No more than one takes in at a glance. */
export const cardsShown = 6

const Text = Type.String()
const Moment = Type.String({ description: '时刻' })
const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])
const Light = Type.Enum(lights)

/** Without a source: everything that is quickly said, and the names of the sources that take longer. */
export const HomeQuery = Type.Object({
  source: Type.Optional(Type.String({ pattern: '^[a-z-]{1,30}$', description: '只取这一处的内容' })),
})

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
    { maxItems: cardsShown },
  ),
  /** The cards of the visitor's roles, in the order they stand in. */
  order: Type.Array(Text),
  /** Sources to be asked one by one. */
  later: Type.Array(Text),
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
  /** Todos in all, when only the first are listed; of them those past their day, and those soon to be. */
  todoCount: Type.Integer({ minimum: 0 }),
  lateCount: Type.Integer({ minimum: 0 }),
  nearCount: Type.Integer({ minimum: 0 }),
  done: Type.Array(Type.Object({ what: Text, at: Moment }), { description: '本人近七天办的事' }),
  troubled: Type.Array(Text, { description: '这次没有取到内容的功能室' }),
})
export type HomeAnswer = Static<typeof HomeAnswer>
