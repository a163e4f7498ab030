/** 儿童个人信息告知书 — one version of what guardians of children under 14 are told before they consent. */
export interface ChildrenNotice {
  readonly version: string
  readonly from: string
  readonly text: string
}

/** 告知书各版 — the latest last; a version once used is never reworded. */
export const childrenNotices: readonly ChildrenNotice[] = [
  {
    version: '2024-1',
    from: '2024-09-01',
    text: [
      '为办理入学、学籍、资助和校园安全，教育主管部门和学校需要登记孩子的姓名、证件号、出生日期、住址和监护人联系电话。',
      '这些信息逐项加密保存，只有办理上述事项的工作人员在填写事由后才能看到原文，每次查看都有记录，您可以要求查阅这份记录。',
      '孩子毕业或转出三年后，这些信息会自动删除。您可以随时要求查阅、更正、删除，也可以撤回同意；撤回不影响孩子接受义务教育。',
      '孩子的健康、残疾和特殊教育安置情况另行加密，只有指定的人员能看。',
    ].join('\n'),
  },
]

/** 现行告知书 — the one in force on a day. */
export function noticeOn(day: string): ChildrenNotice | undefined {
  return childrenNotices.findLast(({ from }) => from <= day)
}

/** The age from which a child’s own consent counts (个人信息保护法第三十一条). */
export const ageOfOwnConsent = 14

/** 是否未满十四周岁 — on that day; the 14th birthday itself is 14. */
export function isUnderFourteen(bornOn: string, day: string): boolean {
  return bornOn > `${Number(day.slice(0, 4)) - ageOfOwnConsent}${day.slice(4)}`
}
