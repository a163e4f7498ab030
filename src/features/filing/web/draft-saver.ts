import type { Static } from 'typebox'
import type { AnswersBody, AnswersSaved, FilingShown } from '../contract.ts'
import { cellKey, type Draft, placeOf } from './kept-draft.ts'

type Answer = string | number | null
export type Saved = Static<typeof AnswersSaved>

/** 草稿所需 — where unsaved cells are kept, how they are sent, and who is told of a change. */
export interface DraftLinks {
  keep(draft: Draft): void
  /** Rejects when the platform could not be reached or refused. */
  send(body: Static<typeof AnswersBody>): Promise<Saved>
  changed(): void
}

/**
 * 草稿 — what is written and not yet on the platform; never less than what was written and not confirmed.
 *
 * Every cell is sent with the value that stood before the writer's eyes. One that somebody else changed meanwhile, or
 * whose text cannot be read, stays in the draft until the writer settles it; a failed sending leaves everything as it was.
 */
export class DraftSaver {
  readonly draft: Draft
  state: 'saved' | 'waiting' | 'saving' | 'offline'
  told: Saved | undefined
  /** What the platform last refused, as it said it. */
  refusal: string | undefined
  private readonly stands = new Map<string, Answer>()
  private readonly links: DraftLinks
  private running: Promise<boolean> | undefined

  constructor(kept: Draft, links: DraftLinks) {
    this.draft = kept
    this.links = links
    this.state = kept.size > 0 ? 'waiting' : 'saved'
  }

  /** What the platform holds now: later cells are compared with it. */
  learn(cells: FilingShown['cells']): void {
    this.stands.clear()
    for (const { line, field, value } of cells) this.stands.set(cellKey(line, field), value)
  }

  write(line: number, field: string, written: string): void {
    this.draft.set(cellKey(line, field), written)
    this.moved('waiting')
  }

  /** Chooses between one's own value and the other person's; one's own is sent over what stands now. */
  settle(line: number, field: string, mine: boolean): void {
    const key = cellKey(line, field)
    this.stands.set(key, this.unmerged().find((each) => cellKey(each.line, each.field) === key)?.now ?? null)
    if (!mine) this.draft.delete(key)
    this.moved(this.draft.size > 0 ? 'waiting' : 'saved')
  }

  unmerged(): Saved['unmerged'] {
    return this.told?.unmerged.filter(({ line, field }) => this.draft.has(cellKey(line, field))) ?? []
  }

  /** Sends what is waiting, one sending at a time; true when nothing is left unsaved. */
  async flush(): Promise<boolean> {
    await this.running
    this.running = this.sendNow()
    return this.running
  }

  private async sendNow(): Promise<boolean> {
    const batch = [...this.draft]
    if (batch.length === 0) return true
    this.moved('saving')
    try {
      this.took(
        batch,
        await this.links.send({
          cells: batch.map(([key, written]) => ({
            ...placeOf(key),
            written,
            saw: this.stands.get(key) ?? null,
          })),
        }),
      )
    } catch (error) {
      const { kind, text } = error as { kind?: string; text?: string }
      this.refusal = kind === 'refusal' ? text : undefined
      this.moved('offline')
    }
    return this.draft.size === 0
  }

  private took(batch: readonly (readonly [string, string])[], saved: Saved): void {
    const left = new Set([...saved.wrong, ...saved.unmerged].map(({ line, field }) => cellKey(line, field)))
    for (const [key, written] of batch)
      if (this.draft.get(key) === written && !left.has(key)) this.draft.delete(key)
    for (const { line, field, value } of saved.saved) this.stands.set(cellKey(line, field), value)
    this.told = saved
    this.refusal = undefined
    const more = [...this.draft.keys()].some((key) => !left.has(key))
    this.moved(more ? 'waiting' : 'saved')
  }

  private moved(state: DraftSaver['state']): void {
    this.state = state
    this.links.keep(this.draft)
    this.links.changed()
  }
}
