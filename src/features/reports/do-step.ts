import { granted, type Result, refused } from '../../kernel/result.ts'
import type { PaperTemplate } from '../../plan/index.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Scope } from '../../platform/db/scope.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { mediaTypes } from '../../platform/files/sniff-media-type.ts'
import { type NotFound, notFound } from '../../platform/http/route.ts'
import { writeDocument } from '../../platform/print/write-document.ts'
import { type Books, bookDay } from '../../records/books.ts'
import { findFinding } from '../../records/findings/list-findings.ts'
import { listPlaces } from '../../records/indicators/list-places.ts'
import type { Paper, PaperPhase } from '../../records/papers/paper.ts'
import { deliverCopies } from '../../records/papers/paper-copy.ts'
import { findPaper } from '../../records/papers/read-papers.ts'
import {
  issuePaper,
  movePaper,
  nextDocNumber,
  renewPaper,
  voidPaper,
} from '../../records/papers/write-papers.ts'
import type { StepBody } from './contract.ts'
import { drawContent, mayWrite, notYours } from './draft-paper.ts'
import { movePhase, tellStand } from './flow.ts'

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
  return db.transaction(scope({ asOf: day }), async (tx): Promise<Done> => {
    const paper = await findPaper(tx, paperId, 'locked')
    if (!paper) return notFound
    if (paper.revision !== step.revision) return movedMeanwhile(paper)
    const by = asked.visitor
    const moved = movePhase(paper, step.act, { account: by.account, ...step })
    if (!moved.ok) return moved
    if (drawn) {
      await renewPaper(tx, paper, drawn.content, by)
      return granted({ phase: moved.value, docNumber: null })
    }
    if (step.act === 'issue') return issue(tx, books, { paper, template, day, by, step })
    const says = step.reason?.trim()
    if (step.act === 'void') {
      await voidPaper(tx, paper, { on: day, reason: says ?? '', by })
      return granted({ phase: moved.value, docNumber: paper.docNumber })
    }
    await movePaper(tx, paper, { act: step.act, phase: moved.value, by, ...(says && { says }) })
    return granted({ phase: moved.value, docNumber: null })
  })
}

interface Issued {
  readonly paper: Paper
  readonly template: PaperTemplate
  readonly day: string
  readonly by: Visitor
  readonly step: StepBody
}

/** 编号印发 — the number is taken last but one: whatever fails gives it back with the transaction. */
async function issue(tx: Tx, { files }: Books, { paper, template, day, by, step }: Issued): Promise<Done> {
  const place = (await listPlaces(tx)).find(({ unitId }) => unitId === paper.countyId)
  const mark = template.mark.replace('{county}', place?.name ?? '')
  const docNumber = await nextDocNumber(tx, paper.countyId, mark, Number(day.slice(0, 4)))
  const document = { ...paper.document, docNumber, issuedOn: day }
  const written = await files.write({
    bytes: writeDocument(document, String(paper.paperId)),
    name: `${document.title.replaceAll('\n', '')} ${docNumber}.docx`,
    mediaType: mediaTypes.docx.type,
    owner: by.account,
    countyId: paper.countyId,
    purpose: 'papers.issued',
    ownMaking: true,
  })
  if (!written.ok) return written
  const fileId = await files.enter(tx, written.value)
  const gaps = paper.missing.length > 0 && step.withGaps
  await issuePaper(tx, paper, {
    document,
    issuedOn: day,
    fileId,
    by,
    ...(gaps && { says: `知悉 ${paper.missing.length} 处待补` }),
  })
  await sendOut(tx, paper, template)
  if (paper.replaces !== null) await replaceEarlier(tx, paper.replaces, { day, by, docNumber })
  return granted({ phase: 'issued', docNumber })
}

/** To whom the template says it goes: each county, the one it is about, or the public. */
async function sendOut(tx: Tx, paper: Paper, { goesTo, about }: PaperTemplate): Promise<void> {
  if (goesTo === undefined) return
  if (goesTo === 'public') return deliverCopies(tx, paper, 'public')
  const all = (await listPlaces(tx)).map(({ unitId }) => unitId)
  const one = about === 'finding' ? (await findFinding(tx, paper.aboutId))?.countyId : paper.aboutId
  await deliverCopies(tx, paper, {
    counties: all.filter((unitId) => goesTo === 'counties' || unitId === one),
  })
}

async function replaceEarlier(
  tx: Tx,
  earlierId: number,
  { day, by, docNumber }: { day: string; by: Visitor; docNumber: string },
): Promise<void> {
  const earlier = await findPaper(tx, earlierId, 'locked')
  if (earlier?.voidedOn === null)
    await voidPaper(tx, earlier, { on: day, reason: `已由${docNumber}代替`, by })
}

function movedMeanwhile(paper: Paper) {
  return refused({
    code: 'paper.moved-meanwhile',
    text: `别人刚刚办了一步，现在是“${tellStand(paper)}”—您看到的已经不是最新的—请刷新后再办。`,
  })
}
