import { createHash } from 'node:crypto'
import type { Problem } from '../kernel/problem.ts'
import type { Duty, Item, Target } from './duty.ts'
import type { Paper } from './paper.ts'
import { findQuote, normalise, type Outline, outline, type Span, spanOf } from './paper-text.ts'
import { type ChapterCoverage, locateNoAct, placeSentences } from './place-sentences.ts'
import type { Plan } from './plan.ts'

/** 计数 — how many items of a kind are quoted and placed, of how many the paper was broken into. */
export interface ItemCount {
  readonly kind: 'target' | 'measure' | 'organisation'
  readonly placed: number
  readonly total: number
}

/** 文件核对结果 — one paper held against the items that quote it. */
export interface PaperReport {
  readonly paper: string
  readonly title: string
  readonly counts: readonly ItemCount[]
  readonly chapters: readonly ChapterCoverage[]
  readonly problems: readonly Problem[]
}

/**
 * 规划核对 — every quotation found in its section of the paper, every item there, every sentence placed,
 * the paper's text unchanged. One report per paper the layer's own items quote.
 */
export function checkPlan(plan: Plan): PaperReport[] {
  const duties = [...plan.targets, ...plan.measures, ...plan.organisation]
  const quotedPapers = new Set(duties.map(({ paper }) => paper))
  return [...quotedPapers].flatMap((id) => {
    const paper = plan.papers.get(id)
    return paper ? [checkPaper(plan, paper)] : []
  })
}

function checkPaper(plan: Plan, paper: Paper): PaperReport {
  const sections = sectionsOf(plan, paper)
  const structure = outline(
    paper,
    sections.filter((section) => !chapterOf(paper, section)),
  )
  const located = sections.flatMap((section) => locate(structure, section, paper))
  const chapters = placeSentences(
    paper,
    structure,
    located.flatMap(({ spans }) => spans),
  )
  const counts = (['target', 'measure', 'organisation'] as const).map((kind) => ({
    kind,
    placed: located.filter((each) => each.kind === kind && each.problems.length === 0).length,
    total: paper.items[kind],
  }))
  const problems = [
    ...textProblems(paper, structure),
    ...located.flatMap((each) => each.problems),
    ...noActProblems(paper, structure),
    ...countProblems(paper, counts),
    ...unplacedProblems(paper, chapters),
    ...standardProblems(plan, paper),
  ]
  return { paper: paper.id, title: paper.title, counts, chapters, problems }
}

interface Located {
  readonly item: Item
  readonly kind: ItemCount['kind']
  readonly spans: readonly Span[]
  readonly problems: readonly Problem[]
}

/** A part of the paper whose items quote it: under its own heading, or directly under a chapter's. */
interface Section {
  readonly id: string
  readonly kind: ItemCount['kind']
  readonly heading: string
  readonly items: readonly Item[]
}

function sectionsOf(plan: Plan, paper: Paper): Section[] {
  const ofKind = (kind: ItemCount['kind'], parts: readonly (Duty | Target)[]) =>
    parts
      .filter((part) => part.paper === paper.id)
      .map(({ id, heading, items }): Section => ({ id, kind, heading, items }))
  return [
    ...ofKind('target', plan.targets),
    ...ofKind('measure', plan.measures),
    ...ofKind('organisation', plan.organisation),
  ]
}

function chapterOf(paper: Paper, section: Section) {
  return paper.chapters.find(({ heading }) => heading === section.heading)
}

function locate(structure: Outline, section: Section, paper: Paper): Located[] {
  const { kind } = section
  const within = spanOf(structure, chapterOf(paper, section)?.id ?? section.id)
  return section.items.map((item) => {
    const quotes = [item.quote].flat()
    const found = quotes.map((quote) => ({
      quote,
      places: within ? findQuote(structure.text, quote, within) : [],
    }))
    const problems = found
      .filter(({ places }) => places.length !== 1)
      .map(({ quote, places }) => quoteProblem(paper, item.id, quote, places.length))
    return { item, kind, problems, spans: found.flatMap(({ places }) => places) }
  })
}

function quoteProblem(paper: Paper, of: string, quote: string, times: number): Problem {
  const why = times === 0 ? '原文该节中找不到' : `原文该节中出现 ${times} 次，不能确定是哪一处`
  return problem(of, 'plan.quote', `${of} 的引文“${quote}”在《${paper.title}》${why}，请照原文改正。`)
}

function problem(path: string, code: string, text: string): Problem {
  return { path, code, text }
}

function textProblems(paper: Paper, { lost }: Outline): Problem[] {
  const actual = createHash('sha256').update(paper.words).digest('hex')
  const changed = problem(
    paper.id,
    'plan.text-changed',
    `《${paper.title}》正文与登记的 SHA-256 不符（现为 ${actual}），请恢复原文，或核对新文本后更新登记。`,
  )
  const headings = lost.map((heading) =>
    problem(paper.id, 'plan.heading', `《${paper.title}》中标题“${heading}”没有恰好出现一次，请照原文改正。`),
  )
  return [...(actual === paper.sha256 ? [] : [changed]), ...headings]
}

function noActProblems(paper: Paper, structure: Outline): Problem[] {
  return paper.noAct.flatMap((each) => {
    const times = locateNoAct(structure, each).length
    return times === 1 ? [] : [quoteProblem(paper, `${paper.id}.no-act(${each.of})`, each.quote, times)]
  })
}

function countProblems(paper: Paper, counts: readonly ItemCount[]): Problem[] {
  const zh = { target: '目标', measure: '措施', organisation: '组织实施' }
  return counts
    .filter(({ placed, total }) => placed !== total)
    .map(({ kind, placed, total }) =>
      problem(
        paper.id,
        'plan.count',
        `《${paper.title}》应有${zh[kind]}任务项 ${total} 条，引文核对通过 ${placed} 条，请补上缺的或改正引文。`,
      ),
    )
}

function unplacedProblems(paper: Paper, chapters: readonly ChapterCoverage[]): Problem[] {
  return chapters.flatMap(({ heading, unplaced }) =>
    unplaced.map((sentence) =>
      problem(
        paper.id,
        'plan.unplaced',
        `“${heading}”中的语句没有归位：“${sentence}”，请由任务项引用，或列入 ${paper.id}.no-act.yaml 并写明理由。`,
      ),
    ),
  )
}

/** Parameters that quote this paper: the words must stand in it, inside the item they name. */
function standardProblems(plan: Plan, paper: Paper): Problem[] {
  return [...plan.standards.values()].flat().flatMap(({ standard }) =>
    (standard.values ?? []).flatMap(({ cite }) => {
      if (!cite || !('paper' in cite) || cite.paper !== paper.id) return []
      const item = cite.item === undefined ? undefined : plan.items.get(cite.item)
      const text = item ? [item.quote].flat().join('\n') : paper.words
      const times = findQuote(normalise(text), cite.quote).length
      return times > 0 && (item || cite.item === undefined)
        ? []
        : [quoteProblem(paper, standard.id, cite.quote, times)]
    }),
  )
}
