/** 核实程度 — how sure a figure taken from a paper is, in words. */
export const statusWords: Readonly<Record<string, string>> = {
  V: '原文核实',
  S: '二手来源，待核原文',
  R: '凭记忆，待核原文',
  C: '本平台计算',
  own: '本平台方法',
}
