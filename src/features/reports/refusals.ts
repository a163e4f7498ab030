import { fileRefusals } from '../../platform/files/refusals.ts'
import { documentRefusals } from '../../platform/print/refusals.ts'

/** 公文的不予办理 — code → what it means. */
export const refusals = {
  ...fileRefusals,
  ...documentRefusals,
  'paper.not-yours': '这份公文不归你办理',
  'paper.out-of-turn': '现在不能办这一步',
  'paper.moved-meanwhile': '别人先办了一步',
  'paper.no-reason': '退回没有写理由',
  'paper.own-draft': '拟稿人不能审批自己的稿',
  'paper.gaps-left': '还有待补的数',
  'paper.no-table': '没有表格，不能出工作簿',
} as const
