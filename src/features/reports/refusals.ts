import { fileRefusals } from '../../platform/files/refusals.ts'
import { documentRefusals } from '../../platform/print/refusals.ts'

/** 公文的不予办理 — code → what it means. */
export const refusals = {
  ...fileRefusals,
  ...documentRefusals,
  'paper.not-yours': '这份公文不归你办理',
  'paper.own-finding': '县级负责整改的问题，通知书由市里拟发',
  'paper.out-of-turn': '现在不能办这一步',
  'paper.moved-meanwhile': '别人先办了一步',
  'paper.no-reason': '退回、作废或出新版没有写理由',
  'paper.has-later-edition': '已有新一版，不能再出',
  'paper.not-in-force': '没有印发或已作废，不能出新版',
  'paper.not-whole-city': '职权范围不含全市各县',
  'paper.received-already': '已经签收过',
  'paper.void-copy': '来文已作废，不用签收',
  'paper.own-draft': '拟稿人不能审批自己的稿',
  'paper.gaps-left': '还有待补的数',
  'paper.not-laid-out': '还没有生成 PDF',
  'paper.gone': '公文已看不到，没有排版',
  'paper.no-table': '没有表格，不能出工作簿',
} as const
