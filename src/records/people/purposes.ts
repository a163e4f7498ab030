/** 查看事由 — what a masked field may be opened for. */
export const purposes = {
  'verify-admission': '核验入学材料',
  'correct-record': '更正学籍信息',
  'contact-guardian': '联系监护人（请假、安全、家访）',
  'financial-aid': '办理学生资助',
  transfer: '办理转学、休学、复学',
  'dropout-prevention': '控辍保学排查',
  'special-support': '特殊教育安置与随班就读支持',
  'guardian-request': '监护人要求查阅、更正或删除',
  investigation: '依法配合调查',
} as const
export type Purpose = keyof typeof purposes
