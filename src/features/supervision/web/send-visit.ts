import type { AnswerError } from '../../../ui/use-api.tsx'
import type { VisitBody } from '../visit-contract.ts'
import type { KeptPhoto } from './kept-photos.ts'
import type { VisitDraft } from './kept-visit.ts'

/** 提交所需 — how words and photographs reach the platform, and who is told what has arrived there. */
export interface VisitLinks {
  record(body: VisitBody): Promise<{ readonly visitId: number }>
  /** Whether the words went out and may have arrived without an answer. */
  tried(open: boolean): void
  recorded(visitId: number): void
  /** Rejects where they cannot be read. */
  photos(): Promise<readonly KeptPhoto[]>
  attach(visitId: number, photo: KeptPhoto): Promise<unknown>
  /** What has arrived is not kept here any longer. */
  attached(photo: KeptPhoto): Promise<void>
}

/**
 * 提交入校记录 — its words, then each photograph. What has arrived is told at once: broken off, it is taken up where it
 * stopped, and nothing is entered twice. Rejects as `record` and `attach` do, and as `photos` where there are some.
 */
export async function sendVisit(visit: VisitDraft, links: VisitLinks): Promise<number> {
  const visitId = visit.visitId ?? (await recordWords(visit, links))
  links.recorded(visitId)
  const photos = await links.photos().catch((error) => {
    // A browser that keeps no photograph cannot read any either.
    if (visit.photographed) throw error
    return []
  })
  for (const photo of photos) {
    await links.attach(visitId, photo)
    await links.attached(photo)
  }
  return visitId
}

async function recordWords(visit: VisitDraft, links: VisitLinks): Promise<number> {
  links.tried(true)
  try {
    return (await links.record(bodyOf(visit))).visitId
  } catch (error) {
    if (refused.has((error as AnswerError).kind)) links.tried(false)
    throw error
  }
}

/** Answers to the words themselves; any other may come though the same words arrived before. */
const refused: ReadonlySet<string> = new Set(['problem', 'refusal', 'not-found'])

function bodyOf({ draft, institutionId, kind, visitedOn, seen, advice }: VisitDraft): VisitBody {
  return {
    ...{ draft, kind, visitedOn },
    seen: seen.trim(),
    institutionId: Number(institutionId),
    ...(advice.trim() && { advice: advice.trim() }),
  }
}
