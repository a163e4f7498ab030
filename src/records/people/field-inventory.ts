/** 数据分级 — C0 公开、C1 内部、C2 个人、C3 敏感个人（未成年人身份与联系方式）、C4 特别敏感（健康、残疾、安置）. */
export const dataClasses = {
  C0: '公开',
  C1: '内部',
  C2: '个人信息',
  C3: '敏感个人信息',
  C4: '特别敏感信息',
} as const
export type DataClass = keyof typeof dataClasses

/** 字段清单 — one column: how sensitive, what it is for, what allows it, how long it is kept. */
export interface InventoryField {
  readonly class: DataClass
  readonly purpose: string
  readonly basis: string
  readonly retention: string
}

const duty = '履行法定职责（个人信息保护法第十三条第三项、第三十四条）'
const consent = '监护人同意（个人信息保护法第三十一条）；义务教育学籍管理为法定职责'
const record = '未成年人网络保护条例：查阅未成年人信息须留记录'
const whileOnRoll = '在籍期间，毕业或转出后 3 年'
const permanently = '长期'
const threeYears = '至少 3 年，不得提前清除'

const field = (dataClass: DataClass, purpose: string, basis: string, retention: string): InventoryField => ({
  class: dataClass,
  purpose,
  basis,
  retention,
})
const key = field('C1', '行的编号，离开本库没有含义', duty, whileOnRoll)
const county = field('C1', '行所属的县（市、区），决定谁能看', duty, whileOnRoll)
const by = field('C1', '经办留痕', duty, whileOnRoll)
const at = field('C1', '登记时刻', duty, whileOnRoll)
const roll = (purpose: string) => field('C2', purpose, duty, whileOnRoll)
const sealed = (purpose: string) => field('C3', purpose, consent, whileOnRoll)
const digest = (purpose: string) => field('C3', purpose, consent, whileOnRoll)

/**
 * 个人信息清单 — every column of every table about people; a test compares it with the live schema.
 *
 * A column that nobody can say the purpose, basis and retention of may not exist.
 */
export const fieldInventory: Readonly<Record<string, Readonly<Record<string, InventoryField>>>> = {
  'people.person': {
    county_id: county,
    person_id: key,
    document_kind: roll('证件种类，决定如何核对号码'),
    document_sealed: sealed('证件号：核验身份、防重复建档'),
    document_index: digest('证件号的带密钥摘要：按号码精确查找、防重复建档'),
    name_sealed: sealed('姓名'),
    name_index: digest('姓名的带密钥摘要：按姓名精确查找'),
    initials: roll('姓名拼音首字母：按首字母查找'),
    birth_sealed: sealed('出生日期：入学年龄、是否未满十四周岁'),
    birth_year: roll('出生年份：按年龄统计'),
    sex: roll('性别：学籍与统计'),
    phone_sealed: sealed('联系电话：联系监护人'),
    phone_index: digest('电话的带密钥摘要：同一监护人查重'),
    address_sealed: sealed('住址：就近入学、控辍保学'),
    recorded_by: by,
    recorded_at: at,
  },
  'people.subject_salt': {
    county_id: county,
    person_id: key,
    salt: field('C3', '解封盐：删除后此人全部密文不能再打开', consent, whileOnRoll),
  },
  'people.enrolment_record': {
    county_id: county,
    record_id: key,
    person_id: key,
    institution_id: roll('所在学校'),
    grade: roll('年级'),
    class_no: roll('班级'),
    valid: roll('在籍起止日'),
    recorded_by: by,
    recorded_at: at,
  },
  'people.guardian_link': {
    county_id: county,
    link_id: key,
    child_id: key,
    guardian_id: key,
    relation: roll('与孩子的关系'),
    valid: roll('监护起止日'),
    recorded_by: by,
    recorded_at: at,
  },
  'people.staff_post': {
    county_id: county,
    post_id: key,
    person_id: key,
    institution_id: field('C2', '任职学校', duty, '离任后 10 年'),
    post: field('C2', '岗位', duty, '离任后 10 年'),
    valid: field('C2', '任职起止日', duty, '离任后 10 年'),
    recorded_by: by,
    recorded_at: at,
  },
  'people.consent': {
    county_id: county,
    consent_id: key,
    child_id: key,
    guardian_id: key,
    notice_version: roll('同意的是哪一版告知书'),
    given_at: roll('同意的时刻'),
    channel: roll('以什么方式同意'),
    received_by: by,
    withdrawn_at: roll('撤回的时刻'),
    withdrawn_by: by,
  },
  'people.access_record': {
    county_id: field('C1', '行所属的县（市、区），决定谁能看', record, threeYears),
    access_id: field('C1', '行的编号', record, threeYears),
    person_id: field('C1', '被查看者的编号；此人删除后不再指向任何人', record, threeYears),
    account: field('C1', '查看的账号', record, threeYears),
    account_name: field('C1', '查看者的单位与岗位', record, threeYears),
    act: field('C1', '怎样查看', record, threeYears),
    field: field('C1', '查看了哪一项', record, threeYears),
    purpose: field('C1', '查看事由', record, threeYears),
    at: field('C1', '查看时刻', record, threeYears),
  },
  'people.erasure': {
    county_id: field('C1', '行所属的县（市、区）', duty, permanently),
    subject_hash: field('C1', '已删人员编号的摘要：恢复备份后再次删除', duty, permanently),
    salt_hash: field('C1', '已删盐的摘要：在旧备份里认出同一个人', duty, permanently),
    reason: field('C1', '删除原因', duty, permanently),
    erased_by: field('C1', '经办留痕', duty, permanently),
    erased_at: field('C1', '删除时刻', duty, permanently),
  },
  'people.retention_run': {
    county_id: field('C1', '行所属的县（市、区）', duty, permanently),
    run_id: field('C1', '行的编号', duty, permanently),
    on_day: field('C1', '按哪一天清理', duty, permanently),
    removed: field('C1', '各规则清理人数', duty, permanently),
    ran_at: field('C1', '运行时刻', duty, permanently),
  },
  'people_sealed.condition': {
    county_id: county,
    condition_id: key,
    person_id: key,
    content_sealed: field(
      'C4',
      '健康、残疾、特殊教育或专门学校安置：制定个别化支持',
      consent,
      '个案结束即删，最迟随学籍',
    ),
    recorded_by: by,
    recorded_at: at,
  },
  'people_sealed.named_user': {
    county_id: field('C1', '可查阅哪个县（市、区）', record, threeYears),
    account: field('C1', '指定查阅人账号', record, threeYears),
    named_by: field('C1', '由谁指定', record, threeYears),
    reason: field('C1', '指定理由', record, threeYears),
    until: field('C1', '指定到哪一天', record, threeYears),
    named_at: field('C1', '指定时刻', record, threeYears),
  },
}
