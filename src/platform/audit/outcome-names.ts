/** 结局的说法 — as pages and exports print them. */
export const outcomeNames = {
  done: '已办',
  refused: '不予办理',
  denied: '拒绝访问',
  failed: '平台出错',
  problem: '填写有误',
} as const
