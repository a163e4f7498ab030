/**
 * 绑定数 — a figure or fact in a document that stands in a field of its own: what is printed, and where it comes from.
 *
 * `id` names it within its document; the same id may stand in several places and then says the same.
 */
export interface BoundField {
  readonly id: string
  /** What it is, in Chinese. */
  readonly zh: string
  /** As printed; of what is not known, the words that say so. */
  readonly text: string
  readonly source: string
  readonly definition: string
  /** The day it speaks of. */
  readonly asOf: string
}

/** 行文 — words and bound fields in their order; a line break in them breaks the line, a tab is a tab. */
export type Wording = readonly (string | BoundField)[]

/** 公文段落 — what a document's body is made of. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3 | 4; readonly text: Wording }
  | { readonly kind: 'paragraph'; readonly text: Wording }
  | {
      readonly kind: 'table'
      readonly head: readonly string[]
      readonly rows: readonly (readonly Wording[])[]
    }

/** 附件 — printed after the document, each on a page of its own. */
export interface Annex {
  readonly title: string
  readonly blocks: readonly Block[]
}

/**
 * 公文 — an official document before it is laid out by GB/T 9704-2012. What is absent is left out of the layout.
 */
export interface OfficialDocument {
  /** 发文机关标志, as printed in red. */
  readonly letterhead: string
  /** 便函: without the red head, its number and title at the top of the page. */
  readonly plain?: boolean
  /** 发文字号, or what stands in its place while there is none. */
  readonly docNumber: string
  /** 签发人, of documents that go upward. */
  readonly signer?: string
  readonly title: string
  /** 主送机关, without the colon. */
  readonly addressee?: Wording
  readonly body: readonly Block[]
  readonly annexes: readonly Annex[]
  /** 发文机关署名. */
  readonly issuer: string
  /** 成文日期 (YYYY-MM-DD). */
  readonly issuedOn?: string
  /** 抄送机关. */
  readonly copiesTo?: readonly string[]
  /** 印发机关和印发日期. */
  readonly printedBy?: string
  /** Stands at the head of every page, such as that the figures are generated. */
  readonly marking?: string
}

/** 全部绑定数 — every bound field of a document, each once, in the order they are printed. */
export function boundFields(document: OfficialDocument): BoundField[] {
  const found = new Map<string, BoundField>()
  for (const wording of wordingsOf(document))
    for (const part of wording) if (typeof part !== 'string' && !found.has(part.id)) found.set(part.id, part)
  return [...found.values()]
}

function wordingsOf({ addressee = [], body, annexes }: OfficialDocument): Wording[] {
  const blocks = [...body, ...annexes.flatMap(({ blocks }) => blocks)]
  return [
    addressee,
    ...blocks.flatMap((block) => (block.kind === 'table' ? block.rows.flat() : [block.text])),
  ]
}

/** 读作 — what a wording prints. */
export function plainText(wording: Wording): string {
  return wording.map((part) => (typeof part === 'string' ? part : part.text)).join('')
}
