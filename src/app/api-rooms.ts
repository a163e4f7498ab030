import type { RoomNames } from '../platform/http/api-document.ts'

/** 各组名称 — what the API's description calls the first word of each path. */
export const apiRooms: RoomNames = {
  health: '运行状况',
  session: '登录与会话',
  'first-administrator': '首个管理员',
  'password-link': '用链接设密码',
  security: '账号与安全',
  accounts: '账号管理',
  administrators: '三员席位',
  grants: '授权',
  delegations: '委托',
  access: '角色与范围',
  sso: '统一认证',
  tokens: '接口令牌',
  webhooks: '推送',
  jobs: '我的任务',
  audit: '审计',
  seats: '学位供需',
  targets: '目标任务',
  counties: '县（市、区）',
  search: '查找',
  units: '单位',
  institutions: '机构与一校一档',
  people: '学生与监护人',
  exchange: '导入导出',
}
