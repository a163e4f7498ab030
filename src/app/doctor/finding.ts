/** 自检结论 — one thing looked at: well, worth a look, or wrong; and what to do. */
export interface Finding {
  readonly what: string
  readonly level: 'pass' | 'note' | 'fail'
  readonly words: string
  /** How to mend it; absent when nothing needs mending. */
  readonly mend?: string
}

/** 通过 — nothing to do. */
export function pass(what: string, words: string): Finding {
  return { what, level: 'pass', words }
}

/** 注意 — works, but somebody should see to it. */
export function note(what: string, words: string, mend: string): Finding {
  return { what, level: 'note', words, mend }
}

/** 不通过 — must be mended. */
export function fail(what: string, words: string, mend: string): Finding {
  return { what, level: 'fail', words, mend }
}
