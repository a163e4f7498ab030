/** 督导方式 — a routine visit, one for a special subject, or one of everything. */
export const visitKinds = { routine: '经常性督导', special: '专项督导', comprehensive: '综合督导' } as const
export type VisitKind = keyof typeof visitKinds
