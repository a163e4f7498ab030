/** 不予办理代码 — every refusal this room can give. */
export const refusals = {
  'seats.as-of-future': '测算日晚于今天，台账还不能回答',
  'seats.parameter-missing': '测算所需的参数没有录入',
  'seats.no-enrolment': '台账里没有在校生数，无法推算',
  'seats.not-computed': '该日尚无测算结果，须先测算',
  'seats.name-taken': '同一县已有同名情景方案',
  'seats.changed-meanwhile': '别人已改过这个方案，须看过差别再存',
  'seats.unit-outside': '假设中的单位不在该县范围内',
  'seats.housing-level': '新增住宅须落到乡镇（街道）',
  'seats.override-one': '人工修正须且只能给出人数或倍数之一',
  'seats.year-outside': '假设的年份不在推算期内',
  'seats.beyond-school-horizon': '校级预测超过可靠年限',
} as const

export type RefusalCode = keyof typeof refusals
