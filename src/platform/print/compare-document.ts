import type { BoundField } from './official-document.ts'
import type { ReadDocument } from './read-document.ts'

/** 改动 — one bound field of a document that came back, of which something else stands there than was bound. */
export interface ChangedField {
  readonly field: BoundField
  /** What stands there now; null where the field itself is gone. */
  readonly became: string | null
}

/** 比对结果 — figures changed by hand, and paragraphs that were taken out or put in. */
export interface DocumentComparison {
  readonly changed: readonly ChangedField[]
  readonly removed: readonly string[]
  readonly added: readonly string[]
}

/**
 * 比对公文 — holds a document that came back against the one that went out, field by field.
 *
 * A field is changed where any of its places says something else, blanks aside; it is gone where it stands in fewer
 * places than before. Wording around the fields may be changed: it is listed, never judged.
 */
export function compareDocument(
  fields: readonly BoundField[],
  sent: ReadDocument,
  returned: ReadDocument,
): DocumentComparison {
  return {
    changed: fields.flatMap((field) => changeOf(field, sent, returned)),
    removed: without(sent.paragraphs, returned.paragraphs),
    added: without(returned.paragraphs, sent.paragraphs),
  }
}

function changeOf(field: BoundField, sent: ReadDocument, returned: ReadDocument): ChangedField[] {
  const texts = returned.fields.get(field.id) ?? []
  const other = texts.find((text) => bare(text) !== bare(field.text))
  if (other !== undefined) return [{ field, became: other }]
  return texts.length < (sent.fields.get(field.id) ?? []).length ? [{ field, became: null }] : []
}

function without(these: readonly string[], those: readonly string[]): string[] {
  const known = new Set(those.map(bare))
  return these.filter((text) => !known.has(bare(text)))
}

function bare(text: string): string {
  return text.replace(/\s/g, '')
}
