/** 任务与责任的不予办理. */
export const refusals = {
  'tasks.whole-county-only': '授权只限部分学校，不能看全县的任务矩阵',
} as const
