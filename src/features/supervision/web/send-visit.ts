import type { VisitBody } from '../visit-contract.ts'
import type { KeptPhoto } from './kept-photos.ts'
import type { VisitDraft } from './kept-visit.ts'

/** 提交所需 — how words and photographs reach the platform, and who is told what has arrived there. */
export interface VisitLinks {
  record(body: VisitBody): Promise<{ readonly visitId: number }>
  recorded(visitId: number): void
  photos(): Promise<readonly KeptPhoto[]>
  attach(visitId: number, photo: KeptPhoto): Promise<unknown>
  /** What has arrived is not kept here any longer. */
  attached(photo: KeptPhoto): Promise<void>
}

/**
 * 提交入校记录 — its words, then each photograph. What has arrived is told at once: broken off, it is taken up where it
 * stopped, and nothing is entered twice. Rejects as `record` and `attach` do.
 */
export async function sendVisit(visit: VisitDraft, links: VisitLinks): Promise<number> {
  const visitId = visit.visitId ?? (await links.record(bodyOf(visit))).visitId
  links.recorded(visitId)
  for (const photo of await links.photos()) {
    await links.attach(visitId, photo)
    await links.attached(photo)
  }
  return visitId
}

function bodyOf({ draft, institutionId, kind, visitedOn, seen, advice }: VisitDraft): VisitBody {
  return {
    ...{ draft, kind, visitedOn },
    seen: seen.trim(),
    institutionId: Number(institutionId),
    ...(advice.trim() && { advice: advice.trim() }),
  }
}
