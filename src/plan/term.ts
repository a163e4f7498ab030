import Type from 'typebox'
import { Fault } from '../kernel/fault.ts'
import type { Plan } from './plan.ts'

/** 术语 — a word of the house: Chinese on screen, English in docs, identifier in code. */
export const TermShape = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][A-Za-z0-9-]*$' }),
    zh: Type.String({ minLength: 1 }),
    en: Type.String({ minLength: 1 }),
    /** Where the English was taken from; absent = our own rendering. */
    source: Type.Optional(Type.String({ minLength: 1 })),
  },
  { additionalProperties: false },
)

export const TermsShape = Type.Object({ terms: Type.Array(TermShape) }, { additionalProperties: false })

export type Term = Type.Static<typeof TermShape>

/** 用语 — the Chinese word for an identifier; an identifier outside the glossary is a fault of ours. */
export function term(plan: Plan, id: string): string {
  const found = plan.terms.get(id)
  if (!found) throw new Fault(`terms.yaml has no term '${id}': add it, or use the word it already has`)
  return found.zh
}
