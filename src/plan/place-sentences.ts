import type { NoAct, Paper } from './paper.ts'
import { findQuote, type Outline, type Span, spanOf } from './paper-text.ts'

/** 章节覆盖 — how the words of a chapter are accounted for, in characters without punctuation. */
export interface ChapterCoverage {
  readonly id: string
  readonly heading: string
  readonly sentences: number
  readonly unplaced: readonly string[]
  readonly characters: number
  readonly quoted: number
  readonly headings: number
  readonly noAct: number
}

type Mark = 'quoted' | 'heading' | 'noAct'

/**
 * 语句归位 — for each chapter to be placed, whether every word stands in an item's quotation, in a
 * heading, or among the words listed as holding no act.
 *
 * A sentence ends at 。 or ; or at a heading. It is unplaced when a single character of it (not
 * counting punctuation) is unaccounted for: a clause nobody quoted shows up however long the
 * sentence around it is.
 */
export function placeSentences(paper: Paper, plan: Outline, quoted: readonly Span[]): ChapterCoverage[] {
  const marks = markWords(paper, plan, quoted)
  return paper.chapters
    .filter(({ place }) => place)
    .flatMap(({ id, heading }) => {
      const span = spanOf(plan, id)
      return span ? [coverageOf({ id, heading }, span, plan, marks)] : []
    })
}

/** 定位无任务语句 — where a no-act sentence stands in the section it is attached to. */
export function locateNoAct(plan: Outline, noAct: NoAct): Span[] {
  const section = spanOf(plan, noAct.of)
  return section ? findQuote(plan.text, noAct.quote, section) : []
}

function markWords(paper: Paper, plan: Outline, quoted: readonly Span[]): (Mark | undefined)[] {
  const marks: (Mark | undefined)[] = new Array(plan.text.length).fill(undefined)
  const paint = (mark: Mark, spans: readonly Span[]) => {
    for (const { start, end } of spans) marks.fill(mark, start, end)
  }
  paint(
    'noAct',
    paper.noAct.flatMap((each) => locateNoAct(plan, each)),
  )
  paint('heading', plan.headings)
  paint('quoted', quoted)
  return marks
}

function coverageOf(
  chapter: { id: string; heading: string },
  span: Span,
  plan: Outline,
  marks: readonly (Mark | undefined)[],
): ChapterCoverage {
  const isWord = (at: number) => /[\p{L}\p{N}%]/u.test(plan.text[at] ?? '')
  const words = range(span).filter(isWord)
  const count = (mark: Mark) => words.filter((at) => marks[at] === mark).length
  const sentences = sentencesOf(span, plan)
  const unplaced = sentences.filter((each) => range(each).some((at) => isWord(at) && marks[at] === undefined))
  return {
    ...chapter,
    sentences: sentences.length,
    unplaced: unplaced.map(({ start, end }) => plan.text.slice(start, end)),
    characters: words.length,
    quoted: count('quoted'),
    headings: count('heading'),
    noAct: count('noAct'),
  }
}

function sentencesOf(span: Span, { text, headings }: Outline): Span[] {
  const edges = new Set(headings.flatMap(({ start, end }) => [start, end]))
  const sentences: Span[] = []
  let start = span.start
  for (let at = span.start + 1; at <= span.end; at++) {
    if (at === span.end || edges.has(at) || /[。;;]/u.test(text[at - 1] ?? '')) {
      sentences.push({ start, end: at })
      start = at
    }
  }
  return sentences
}

function range({ start, end }: Span): number[] {
  return Array.from({ length: end - start }, (_, offset) => start + offset)
}
