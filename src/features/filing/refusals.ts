/** 不予办理代码 — every refusal this room can give. */
export const refusals = {
  'filing.out-of-turn': '按当前状态或身份，这一步现在不能办',
  'filing.no-reason': '退回、解锁须写明原因',
  'filing.not-owed': '该单位在这一期不须填报此表',
  'filing.not-yours': '这一步不归您办',
  'filing.both-levels': '填报和各级审核不能是同一个人',
  'filing.locked': '报表已提交或已锁定，不能再改',
  'filing.wrong-answer': '填报值写法不对',
  'filing.errors-left': '还有必填未填或核验不通过，不能提交',
  'filing.doubts-left': '还有存疑没有说明，不能提交',
  'filing.no-file': '没有收到文件，或没有说明报表和期次',
  'filing.nothing-doubted': '这一处没有存疑，不用说明',
  'filing.mark-answered': '这处待核已经核结',
  'filing.remarks-left': '有拟退回意见没有送达，不能审核通过',
  'filing.not-in-hand': '报表不在审核中，不能写退回意见',
  'filing.moved-meanwhile': '别人已办过一步，须刷新后再办',
} as const

export type RefusalCode = keyof typeof refusals
