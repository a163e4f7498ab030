/** 不予办理代码 — every refusal this room can give. */
export const refusals = {
  'supervision.out-of-turn': '按当前环节或身份，这一步现在不能办',
  'supervision.both-sides': '整改和复核不能是同一个人',
  'supervision.no-words': '这一步须写明情况或理由',
  'supervision.deadline-not-later': '期限没有往后',
  'supervision.no-promise': '会办意见须写明何时办到',
  'supervision.no-evidence': '报送整改情况须有佐证材料',
  'supervision.not-yours': '这一步不归您办',
  'supervision.moved-meanwhile': '别人已办过一步，须刷新后再办',
  'supervision.no-days': '期限天数还没有录入',
  'supervision.no-such-cause': '学校、幼儿园自己整改的问题，成因只能是管理',
  'supervision.no-owner': '交办须写明责任单位和成因',
  'supervision.no-person': '交办须写明责任人',
  'supervision.no-basis': '立项须有规划依据',
  'supervision.too-many-rows': '台账行数太多，须筛选后导出',
  'supervision.visit-ahead': '入校日期还没有到',
  'supervision.no-draw-pool': '没有可供抽查的学校',
  'supervision.no-inspectors': '督学名册里没有可派的督学',
  'supervision.complaint-nowhere': '投诉所选的县（市、区）不归本平台',
  'supervision.complaint-no-receipt': '没有这个回执号',
  'supervision.complaint-too-often': '这个网络提交或查询投诉太多',
  'supervision.complaint-personal': '答复或事实里像有个人号码',
  'supervision.complaint-excused': '同一类问题查过并有理由不予交办，投诉不能再立项',
  'supervision.complaint-out-of-turn': '按当前环节，这件投诉现在不能办这一步',
  'supervision.not-this-kind': '这类问题不适用于该机构',
} as const

export type RefusalCode = keyof typeof refusals
