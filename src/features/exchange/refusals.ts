/** 导入导出的不予办理 — code → what it means. */
export const refusals = {
  'exchange.limit-missing': '缺少核查数据所需的参数',
  'exchange.not-your-kind': '您的角色不能导入这种数据',
  'exchange.no-file': '没有收到文件',
  'exchange.not-judged': '这次导入还没有核对完，或已经办结',
  'exchange.unreadable': '文件读不出来，没有可回填的表',
  'exchange.document-missing': '没有填文号',
  'exchange.day-ahead': '文件日期或生效日期在将来',
  'exchange.no-good-rows': '没有一行可以导入',
  'exchange.has-errors': '有错误的行，整个文件不导入',
  'exchange.corrections-unconfirmed': '有更正还没有确认',
  'exchange.doubts-unexplained': '有存疑还没有说明原因',
  'exchange.mapping-unknown-field': '对应列里有不认识的项',
  'exchange.persons-by-list': '学生名册要在学生信息里申请导出',
  'exchange.too-many-rows': '导出的行数超过一个文件能装下的',
} as const
