import type { TSchema } from 'typebox'

interface Part {
  readonly properties?: Readonly<Record<string, TSchema>>
  readonly required?: readonly string[]
  readonly allOf?: readonly Part[]
}

/** 摊平 — of a schema put together from several objects, the one object that holds all their fields. */
export function flatObject(schema: TSchema) {
  const parts = partsOf(schema as Part)
  const properties: Record<string, TSchema> = Object.assign({}, ...parts.map((part) => part.properties))
  const required = [...new Set(parts.flatMap((part) => part.required ?? []))]
  return { type: 'object', properties, required } as const
}

function partsOf(part: Part): Part[] {
  return [part, ...(part.allOf ?? []).flatMap(partsOf)]
}
