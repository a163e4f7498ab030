import { Fault } from '../../kernel/fault.ts'
import type { PaperTemplate, TemplateBlock } from '../../plan/index.ts'
import type { Block, BoundField, OfficialDocument, Wording } from '../../platform/print/official-document.ts'
import type { PaperContent, PaperGap } from '../../records/papers/paper.ts'
import { gapOf, type PaperFacts, type PaperRow, type PaperValue } from './paper-facts.ts'

/** Stands in the place of a document number until there is one. */
export const notNumbered = '（拟稿，尚未编号）'

/**
 * 成稿 — a template with what the books say in its places: the same facts give the same document.
 *
 * Every place but those of where and when becomes a bound field; what is missing prints 〔待补：叶县〕 and is listed.
 * A place that no fact answers to is a fault of the template.
 */
export function fillTemplate(template: PaperTemplate, facts: PaperFacts): PaperContent {
  const filler = new Filler(facts)
  const { letterhead, title, addressee, issuer, copiesTo, printedBy, body, annexes = [] } = template
  const document: OfficialDocument = {
    letterhead: filler.plain(letterhead),
    ...(template.plain && { plain: true }),
    docNumber: notNumbered,
    title: filler.plain(title),
    ...(addressee !== undefined && { addressee: filler.wording(addressee) }),
    body: body.flatMap((block) => filler.block(block)),
    annexes: annexes.map((annex) => ({
      title: filler.plain(annex.title),
      blocks: annex.body.flatMap((block) => filler.block(block)),
    })),
    issuer: filler.plain(issuer),
    ...(copiesTo && { copiesTo }),
    ...(printedBy !== undefined && { printedBy: filler.plain(printedBy) }),
    ...(facts.marking !== undefined && { marking: facts.marking }),
  }
  const { asOf, knownAt, planVersion } = facts
  return { document, missing: filler.missing(), asOf, knownAt, planVersion }
}

class Filler {
  readonly #facts: PaperFacts
  readonly #missing = new Map<string, PaperGap>()

  constructor(facts: PaperFacts) {
    this.#facts = facts
  }

  missing(): PaperGap[] {
    return [...this.#missing.values()]
  }

  plain(text: string): string {
    return this.wording(text)
      .map((part) => (typeof part === 'string' ? part : part.text))
      .join('')
  }

  block(block: TemplateBlock): Block[] {
    if ('heading' in block)
      return [{ kind: 'heading', level: block.level, text: this.wording(block.heading) }]
    const rows = block.each && this.#facts.rows[block.each]
    if (rows?.length === 0)
      return block.none === undefined ? [] : [{ kind: 'paragraph', text: this.wording(block.none) }]
    if ('text' in block)
      return (rows ?? [undefined]).map((row) => ({ kind: 'paragraph', text: this.wording(block.text, row) }))
    const { columns } = block
    return [
      {
        kind: 'table',
        head: columns.map(({ head }) => head),
        rows: (rows ?? []).map((row) => columns.map(({ cell }) => this.wording(cell, row))),
      },
    ]
  }

  wording(text: string, row?: PaperRow): Wording {
    return text
      .split(/(\{[a-z][a-z0-9:.-]*\})/)
      .filter((part) => part !== '')
      .map((part) => (part.startsWith('{') ? this.#place(part.slice(1, -1), row) : part))
  }

  #place(name: string, row: PaperRow | undefined): string | BoundField {
    const { words, values, place } = this.#facts
    const cell = row?.cells[name]
    if (typeof cell === 'string') return cell
    if (cell && row) return this.#bound(`${name}@${row.key}`, cell)
    const word = words[name]
    if (word !== undefined) return word
    const id = `${name}@${row?.unitId ?? place.unitId}`
    const value = values.get(id)
    if (!value)
      throw new Fault(`a template names {${name}}, which nothing answers to: mend it under plan/*/templates`)
    return this.#bound(id, value)
  }

  #bound(id: string, value: PaperValue): BoundField {
    const { zh, text, source, definition, asOf, where } = value
    if (text === null) this.#missing.set(id, gapOf(value))
    return { id, zh: `${where} ${zh}`, text: text ?? `〔待补：${where}〕`, source, definition, asOf }
  }
}
