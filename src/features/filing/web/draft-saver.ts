import type { Static } from 'typebox'
import type { AnswersBody, AnswersSaved, FilingShown } from '../contract.ts'
import { cellKey, type Draft, placeOf, type Unsaved } from './kept-draft.ts'

type Answer = string | number | null
export type Saved = Static<typeof AnswersSaved>

/** As many cells as the platform takes at one time. */
const mostAtOnce = 20_000

/** 草稿所需 — where unsaved cells are kept, how they are sent, and who is told of a change. */
export interface DraftLinks {
  keep(draft: Draft): void
  /** Rejects when the platform could not be reached or refused. */
  send(cells: Static<typeof AnswersBody>['cells']): Promise<Saved>
  changed(): void
}

/**
 * 草稿 — what is written and not yet on the platform; never less than what was written and not confirmed.
 *
 * Every cell is sent with the value that stood before the writer's eyes when he began to write in it. One that somebody
 * else changed meanwhile, or whose text cannot be read, stays in the draft until the writer settles it; a failed sending
 * leaves everything as it was, and a refused one is not tried again.
 */
export class DraftSaver {
  readonly draft: Draft
  state: 'saved' | 'waiting' | 'saving' | 'offline' | 'refused'
  told: Saved | undefined
  /** Counts the changes of any of this, so that a page knows when to draw anew. */
  turn = 0
  /** What the platform last refused, as it said it. */
  refusal: string | undefined
  private readonly stands = new Map<string, Answer>()
  private mayWrite: (line: number) => boolean = () => true
  private readonly links: DraftLinks
  private running: Promise<unknown> = Promise.resolve()

  constructor(kept: Draft, links: DraftLinks) {
    this.draft = kept
    this.links = links
    this.state = kept.size > 0 ? 'waiting' : 'saved'
  }

  /** Every cell that holds something, as it would be read now: what is written over what stands. */
  *cells(): Iterable<readonly [string, { readonly written: string } | { readonly stands: Answer }]> {
    for (const [key, stands] of this.stands) if (!this.unsaved(key)) yield [key, { stands }]
    for (const [key, unsaved] of this.draft) if (this.unsaved(key)) yield [key, unsaved]
  }

  /** What is written in a cell and not saved yet; nothing where it may not be written now: there stands what is saved. */
  unsaved(key: string): Unsaved | undefined {
    return this.mayWrite(placeOf(key).line) ? this.draft.get(key) : undefined
  }

  /** What the platform holds now, and which lines may be written; cells being written keep what stood there when they were begun. */
  learn(cells: FilingShown['cells'], mayWrite: (line: number) => boolean = () => true): void {
    this.mayWrite = mayWrite
    this.stands.clear()
    for (const { line, field, value } of cells) this.stands.set(cellKey(line, field), value)
  }

  /** What stands in a cell on the platform, as far as this page knows: newer than the answer the page was drawn from. */
  standing(line: number, field: string): Answer {
    return this.stands.get(cellKey(line, field)) ?? null
  }

  write(line: number, field: string, written: string): void {
    this.writeAll([{ line, field, written }])
  }

  /** Many cells at once, such as a pasted block: kept and told of once. */
  writeAll(cells: readonly { line: number; field: string; written: string }[]): void {
    for (const { line, field, written } of cells) {
      const key = cellKey(line, field)
      const begun = this.draft.get(key)
      this.draft.set(key, { written, saw: begun ? begun.saw : this.standing(line, field) })
    }
    this.moved('waiting')
  }

  /** Chooses between one's own value and the other person's; one's own is sent over what stands now. */
  settle(line: number, field: string, mine: boolean): void {
    const key = cellKey(line, field)
    const now = this.unmerged().find((each) => cellKey(each.line, each.field) === key)?.now ?? null
    this.stands.set(key, now)
    const own = this.draft.get(key)
    if (mine && own) this.draft.set(key, { ...own, saw: now })
    else this.draft.delete(key)
    this.moved(this.draft.size > 0 ? 'waiting' : 'saved')
  }

  /** Lets go of what was written into these cells and is not on the platform. */
  giveUp(cells: Iterable<{ line: number; field: string }>): void {
    for (const { line, field } of cells) this.draft.delete(cellKey(line, field))
    this.moved(this.draft.size > 0 ? 'waiting' : 'saved')
  }

  unmerged(): Saved['unmerged'] {
    return this.told?.unmerged.filter(({ line, field }) => this.draft.has(cellKey(line, field))) ?? []
  }

  /** Sends what is waiting, one sending at a time; true when nothing is left unsaved. */
  flush(): Promise<boolean> {
    const send = () => this.sendNow()
    const sent = this.running.then(send, send)
    this.running = sent
    return sent
  }

  private async sendNow(): Promise<boolean> {
    const batch = [...this.draft].slice(0, mostAtOnce)
    if (batch.length === 0) return true
    this.moved('saving')
    try {
      this.took(
        batch,
        await this.links.send(batch.map(([key, unsaved]) => ({ ...placeOf(key), ...unsaved }))),
      )
    } catch (error) {
      const { kind, text } = error as { kind?: string; text?: string }
      const away = kind === 'fault' || kind === 'unavailable' || kind === 'too-many'
      this.refusal = away ? undefined : (text ?? String(error))
      this.moved(away ? 'offline' : 'refused')
    }
    return this.draft.size === 0
  }

  private took(batch: readonly (readonly [string, Unsaved])[], saved: Saved): void {
    for (const { line, field, value } of saved.saved) this.stands.set(cellKey(line, field), value)
    const left = new Set([...saved.wrong, ...saved.unmerged].map(({ line, field }) => cellKey(line, field)))
    for (const [key, { written }] of batch) {
      const still = this.draft.get(key)
      if (!still || left.has(key)) continue
      // Written on while it was being sent: what was sent is what its writer saw last.
      if (still.written === written) this.draft.delete(key)
      else this.draft.set(key, { ...still, saw: this.stands.get(key) ?? null })
    }
    this.told = saved
    this.refusal = undefined
    const sent = new Map(batch)
    // What was settled or written on while it was being sent goes once more.
    const more = [...this.draft].some(([key, cell]) => !left.has(key) || sent.get(key) !== cell)
    this.moved(more ? 'waiting' : 'saved')
  }

  private moved(state: DraftSaver['state']): void {
    this.state = state
    this.turn += 1
    this.links.keep(this.draft)
    this.links.changed()
  }
}
