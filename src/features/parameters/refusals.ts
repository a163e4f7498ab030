/** 不予办理代码 — every refusal this room can give. */
export const refusals = {
  'parameters.wrong-value': '新值的写法与参数不符',
  'parameters.nothing-changes': '新值与现行值相同',
  'parameters.one-waits': '该参数已有一个取值在等待审定',
  'parameters.impact-changed': '影响清单在查看之后变了，须重新看过再提交',
  'parameters.same-person': '提出人不能审定自己提出的取值',
  'parameters.decided-already': '这个取值已经审定过',
} as const

export type RefusalCode = keyof typeof refusals
