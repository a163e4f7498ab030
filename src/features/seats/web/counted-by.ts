import type { BoardAnswer } from '../contract.ts'

/** 实际口径 — where no standard class size was entered, seats are counted by the approved figure whatever was chosen. */
export function countedBy({ basis, notices }: Pick<BoardAnswer, 'basis' | 'notices'>): BoardAnswer['basis'] {
  return notices.some(({ kind }) => kind === 'no-norm') ? 'approved' : basis
}
