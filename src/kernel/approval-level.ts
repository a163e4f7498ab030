/** 审核层级 — who looks at a filing after the one who filled it, in this order; the last one's word makes it a book entry. */
export const approvalLevels = ['township-centre', 'county', 'city'] as const
export type ApprovalLevel = (typeof approvalLevels)[number]
