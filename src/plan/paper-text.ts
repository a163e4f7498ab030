import type { Paper } from './paper.ts'

/** 正文位置 — a run of the paper's words, by position in the text without spaces. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** 规范文本 — words without any white space and with one form of quotation mark: how quotations are compared. */
export function normalise(words: string): string {
  return words
    .replace(/\s+/gu, '')
    .replace(/[“”„‟〝〞"]/gu, '"')
    .replace(/[‘’‚‛']/gu, "'")
}

/** 查找引文 — every place where a quotation stands inside a span of the (already normalised) text. */
export function findQuote(
  text: string,
  quote: string,
  within: Span = { start: 0, end: text.length },
): Span[] {
  const wanted = normalise(quote)
  const found: Span[] = []
  let at = text.indexOf(wanted, within.start)
  while (wanted !== '' && at >= 0 && at + wanted.length <= within.end) {
    found.push({ start: at, end: at + wanted.length })
    at = text.indexOf(wanted, at + 1)
  }
  return found
}

/** 标题 — a heading of the paper: a chapter, a group of measures, or a measure. */
export interface Heading extends Span {
  readonly id: string
  readonly kind: 'chapter' | 'group' | 'section'
}

/**
 * 文件结构 — the headings of a paper in the order they stand; each section reaches to the next heading.
 *
 * A heading not found exactly once is left out and named in `lost`.
 */
export function outline(
  paper: Paper,
  sections: readonly { readonly id: string; readonly heading: string }[],
) {
  const text = normalise(paper.words)
  const wanted = [
    ...paper.chapters.map(({ id, heading }) => ({ id, heading, kind: 'chapter' as const })),
    ...(paper.groups ?? []).map(({ id, heading }) => ({ id, heading, kind: 'group' as const })),
    ...sections.map(({ id, heading }) => ({ id, heading, kind: 'section' as const })),
  ]
  const headings: Heading[] = []
  const lost: string[] = []
  for (const { id, heading, kind } of wanted) {
    const [place, second] = findQuote(text, heading)
    if (place && !second) headings.push({ id, kind, ...place })
    else lost.push(heading)
  }
  headings.sort((a, b) => a.start - b.start)
  return { text, headings, lost }
}

export type Outline = ReturnType<typeof outline>

/** 章节范围 — from a heading to the next one (for a chapter: the next chapter). */
export function spanOf({ text, headings }: Outline, id: string): Span | undefined {
  const at = headings.findIndex((heading) => heading.id === id)
  const own = headings[at]
  if (!own) return undefined
  const next = headings.slice(at + 1).find(({ kind }) => own.kind !== 'chapter' || kind === 'chapter')
  return { start: own.start, end: next?.start ?? text.length }
}
