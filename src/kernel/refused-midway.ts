import { Fault } from './fault.ts'
import type { Refusal, Result } from './result.ts'

/**
 * 中途不予办理 — what is refused after something was written already. Thrown, so that the transaction takes it all back;
 * whoever began the transaction says the refusal (`refusalOf`).
 */
export class RefusedMidway extends Fault {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.text)
    this.refusal = refusal
  }
}

/** 取不予办理 — the refusal a transaction was taken back for; anything else that was thrown goes on. */
export function refusalOf(error: unknown): Result<never> {
  if (error instanceof RefusedMidway) return { ok: false, refusal: error.refusal }
  throw error
}
