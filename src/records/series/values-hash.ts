import { createHash } from 'node:crypto'
import { canonicalJson } from '../../kernel/canonical-json.ts'
import { Fault } from '../../kernel/fault.ts'
import { type PublishedValue, valueFields } from './published-value.ts'

/**
 * 数值哈希 — SHA-256 over the values whatever their order; equal only when every float is equal to the last bit.
 *
 * Floats enter as the hexadecimal text of their IEEE 754 bits; minus zero counts as zero, because the
 * books keep no difference between them.
 */
export function valuesHash(values: readonly PublishedValue[]): string {
  const lines = values.map((value) => valueFields.map((field) => textOf(value[field])).join('\t'))
  const hash = createHash('sha256')
  for (const line of lines.sort()) hash.update(`${line}\n`)
  return hash.digest('hex')
}

const bits = new DataView(new ArrayBuffer(8))

function textOf(part: PublishedValue[keyof PublishedValue]): string {
  if (part === null || part === undefined) return '-'
  if (typeof part === 'string') return JSON.stringify(part)
  if (typeof part === 'object') return canonicalJson(part)
  if (!Number.isFinite(part)) throw new Fault(`a published value is ${part}: it must be a number or missing`)
  bits.setFloat64(0, part + 0)
  return bits.getBigUint64(0).toString(16)
}
