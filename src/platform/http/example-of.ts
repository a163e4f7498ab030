import type { TSchema } from 'typebox'

/** 已知的值 — for names of parameters and fields: the values worth showing or trying, the most ordinary first. */
export type KnownValues = Readonly<Record<string, readonly unknown[]>>

/** 形状 — the parts of JSON Schema that our routes and their description use. */
export interface Shape {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Shape[]
  readonly allOf?: readonly Shape[]
  readonly items?: Shape
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly format?: string
  readonly pattern?: string
  readonly examples?: readonly unknown[]
}

/** 样例值 — a small value that fits a schema, its own example where it has one; known names take their first known value. */
export function exampleOf(schema: TSchema, name = '', known: KnownValues = {}): unknown {
  return sample(schema as Shape, name, known)
}

function sample(shape: Shape, name: string, known: KnownValues): unknown {
  if (Object.hasOwn(known, name) && shape.type !== 'array') return known[name]![0]
  if (shape.const !== undefined) return shape.const
  if (shape.enum) return shape.enum[0]
  if (shape.examples) return shape.examples[0]
  if (shape.anyOf) return sample(shape.anyOf[0]!, name, known)
  if (shape.allOf) return Object.assign({}, ...shape.allOf.map((part) => sample(part, name, known)))
  if (shape.type === 'object') return sampleObject(shape, known)
  if (shape.type === 'array')
    return Array.from({ length: shape.minItems ?? 0 }, () => sample(shape.items ?? {}, name, known))
  if (shape.type === 'integer' || shape.type === 'number')
    return Math.min(Math.max(shape.minimum ?? 1, 1), shape.maximum ?? 1)
  if (shape.type === 'boolean') return false
  return sampleText(shape)
}

function sampleObject(shape: Shape, known: KnownValues): Record<string, unknown> {
  const required = shape.required ?? []
  const wanted = Object.entries(shape.properties ?? {}).filter(([name]) => required.includes(name))
  return Object.fromEntries(wanted.map(([name, part]) => [name, sample(part, name, known)]))
}

/** Texts of the kinds our patterns ask for. */
const texts = [
  '2024-09-01',
  '410422',
  '4104220001',
  '2024',
  'example.name',
  'DR20240901-000012',
  's1',
  'P1',
  '00000000-0000-4000-8000-000000000000',
]

function sampleText({ format, pattern, minLength = 1 }: Shape): string {
  if (format === 'date') return '2024-09-01'
  if (format === 'uuid') return '00000000-0000-4000-8000-000000000000'
  if (format === 'uri') return 'https://example.gov.cn/kuoyou'
  const filler = [...'试1x'].map((letter) => letter.repeat(Math.max(minLength, letter === '试' ? 1 : 6)))
  const fits = (text: string) => text.length >= minLength && (!pattern || new RegExp(pattern, 'u').test(text))
  return [...(pattern ? texts : []), ...filler].find(fits) ?? filler[0]!
}
