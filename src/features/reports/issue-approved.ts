import { RefusedMidway } from '../../kernel/refused-midway.ts'
import type { PaperTemplate } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { mediaTypes } from '../../platform/files/sniff-media-type.ts'
import { writeDocument } from '../../platform/print/write-document.ts'
import type { Books } from '../../records/books.ts'
import { findFinding } from '../../records/findings/list-findings.ts'
import { listPlaces } from '../../records/indicators/list-places.ts'
import type { Paper } from '../../records/papers/paper.ts'
import { deliverCopies } from '../../records/papers/paper-copy.ts'
import { findPaper } from '../../records/papers/read-papers.ts'
import { issuePaper, nextDocNumber, type PaperHand, voidPaper } from '../../records/papers/write-papers.ts'

/** 待印发 — an approved paper, on which day, by whom, and whether its gaps are known. */
interface Approved {
  readonly paper: Paper
  readonly template: PaperTemplate
  readonly day: string
  readonly by: PaperHand
  readonly withGaps?: boolean | undefined
}

/** 编号印发 — the number stands in the file and is taken before it is written: where that fails, it is given back with all else. */
export async function issueApproved(
  tx: Tx,
  { files }: Pick<Books, 'files'>,
  { paper, template, day, by, withGaps }: Approved,
): Promise<{ phase: 'issued'; docNumber: string }> {
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
  if (!written.ok) throw new RefusedMidway(written.refusal)
  const fileId = await files.enter(tx, written.value)
  const gaps = paper.missing.length > 0 && withGaps
  await issuePaper(tx, paper, {
    document,
    issuedOn: day,
    fileId,
    by,
    ...(gaps && { says: `知悉 ${paper.missing.length} 处待补` }),
  })
  await sendOut(tx, paper, template)
  if (paper.replaces !== null) await replaceEarlier(tx, paper.replaces, { day, by, docNumber })
  return { phase: 'issued', docNumber }
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
  { day, by, docNumber }: { day: string; by: PaperHand; docNumber: string },
): Promise<void> {
  const earlier = await findPaper(tx, earlierId, 'locked')
  if (earlier?.voidedOn === null)
    await voidPaper(tx, earlier, { on: day, reason: `已由${docNumber}代替`, by })
}
