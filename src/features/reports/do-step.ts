import { refusalOf } from '../../kernel/refused-midway.ts'
import { granted, type Result, refused } from '../../kernel/result.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Scope } from '../../platform/db/scope.ts'
import { type NotFound, notFound } from '../../platform/http/route.ts'
import { type Books, bookDay } from '../../records/books.ts'
import type { Paper, PaperPhase } from '../../records/papers/paper.ts'
import { findPaper } from '../../records/papers/read-papers.ts'
import { movePaper, renewPaper, voidPaper } from '../../records/papers/write-papers.ts'
import type { StepBody } from './contract.ts'
import { drawContent, mayWrite, notYours } from './draft-paper.ts'
import { actNames, movePhase, type PaperMove, reachesAll, tellStand } from './flow.ts'
import { issueApproved } from './issue-approved.ts'
import { countiesOutOfSight } from './store.ts'

interface Asked {
  readonly visitor: Visitor
  readonly paperId: number
  readonly step: StepBody
  readonly scope: (at?: { asOf?: string }) => Scope
}

type Done = Result<{ phase: PaperPhase; docNumber: string | null }> | NotFound

/** 办理一步 — draws anew, sends on, approves, returns or issues a paper, as the flow allows. */
export async function doStep(books: Books, asked: Asked): Promise<Done> {
  const { db, plan, site } = books
  const { paperId, scope, step } = asked
  const day = bookDay(site)
  const seen = await db.transaction(scope({ asOf: day }), (tx) => findPaper(tx, paperId))
  const template = seen && plan.templates.get(seen.template)
  if (!seen || !template) return notFound
  if (!mayWrite(asked.visitor, template, seen.countyId)) return notYours(template)
  // Figures are read before the paper is held: nobody waits for them.
  const drawn =
    step.act === 'renew' &&
    (await drawContent(books, { template, aboutId: seen.aboutId, scope: { ...scope(), asOf: day } }))
  if (step.act === 'renew' && !drawn) return notFound
  const done = db.transaction(scope({ asOf: day }), async (tx): Promise<Done> => {
    const paper = await findPaper(tx, paperId, 'locked')
    if (!paper) return notFound
    if (paper.revision !== step.revision) return movedMeanwhile(paper)
    const by = asked.visitor
    const moved = movePhase(paper, step.act, { account: by.account, ...step })
    if (!moved.ok) return moved
    const beyond = template.issuedBy === 'city' && reachesAll(step.act) ? await countiesOutOfSight(tx) : []
    if (beyond.length > 0) return notWholeCity(step.act, beyond)
    if (drawn) {
      await renewPaper(tx, paper, drawn.content, by)
      return granted({ phase: moved.value, docNumber: null })
    }
    if (step.act === 'issue')
      return granted(await issueApproved(tx, books, { paper, template, day, by, ...step }))
    const says = step.reason?.trim()
    if (step.act === 'void') {
      await voidPaper(tx, paper, { on: day, reason: says ?? '', by })
      return granted({ phase: moved.value, docNumber: paper.docNumber })
    }
    await movePaper(tx, paper, { act: step.act, phase: moved.value, by, ...(says && { says }) })
    return granted({ phase: moved.value, docNumber: null })
  })
  return done.catch(refusalOf)
}

function notWholeCity(act: PaperMove, counties: readonly string[]) {
  return refused({
    code: 'paper.not-whole-city',
    text: `您不能${actNames[act]}这份公文—市级公文面向全市，您的职权范围没有${counties.join('、')}，由您办理会漏掉那里—请由职权覆盖全市的同事办理。`,
  })
}

function movedMeanwhile(paper: Paper) {
  return refused({
    code: 'paper.moved-meanwhile',
    text: `别人刚刚办了一步，现在是“${tellStand(paper)}”—您看到的已经不是最新的—请刷新后再办。`,
  })
}
