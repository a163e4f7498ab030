/** 事件种类 — what receivers can be told of. */
export const eventKinds = {
  'series.published': '测算结果已发布',
  'import.confirmed': '导入已确认入账',
  'institution.recorded': '机构变更已登记',
  'filing.moved': '填报已办理一步',
  'filing.reminded': '已催报',
} as const
export type EventKind = keyof typeof eventKinds
