import {
  datumList,
  institutionKindList,
  profitList,
  sectorList,
  stageList,
  urbanRuralList,
} from './code-lists.ts'
import type { ImportColumn, ImportTable } from './import-table.ts'
import { column, institutionCodeColumn, institutionNameColumn } from './shared-columns.ts'

const identity: readonly ImportColumn[] = [
  institutionCodeColumn,
  { ...institutionNameColumn, required: true, doc: '机构全称，与办学许可证一致。' },
  column('kind', '机构类型', 'choice', '从下拉列表里选；改变类型（转设）要另按凭据办理。', '小学', {
    required: true,
    choices: institutionKindList,
    synonyms: ['学校类型', '办学类型', '学校类别', '类型'],
  }),
  column('stage', '学段', 'choice', '办几个学段就填几行；多个校区也分行填。', '小学', {
    required: true,
    choices: stageList,
    synonyms: ['办学学段', '校舍学段'],
  }),
  column('sector', '办学性质', 'choice', '公办或民办。', '公办', {
    required: true,
    choices: sectorList,
    synonyms: ['公民办', '举办者', '办学主体', '举办者类型'],
  }),
  column('profitStatus', '营利属性', 'choice', '只有民办填写。', '', {
    choices: profitList,
    synonyms: ['营利性质', '法人属性'],
  }),
  column('publicInterest', '普惠性', 'yes-no', '是否认定为普惠性幼儿园。', '否', {
    synonyms: ['是否普惠', '普惠性幼儿园'],
  }),
  column('townshipCentral', '乡镇公办中心园', 'yes-no', '是否乡镇公办中心幼儿园。', '否', {
    synonyms: ['是否乡镇中心园', '乡镇中心园', '中心园'],
  }),
  column('boarding', '寄宿制', 'yes-no', '是否寄宿制学校。', '否', { synonyms: ['是否寄宿', '寄宿制学校'] }),
]

const place: readonly ImportColumn[] = [
  column('urbanRural', '城乡分类', 'choice', '所在地的统计用城乡分类代码。', '111 主城区', {
    required: true,
    choices: urbanRuralList,
    synonyms: ['城乡分类代码', '城乡类型', '驻地城乡类型'],
  }),
  column(
    'unitCode',
    '所在单位代码',
    'code',
    '所在乡镇街道（9 位）或村居（12 位）的区划代码，按文本填写。',
    '410402001',
    {
      required: true,
      digits: [9, 12],
      synonyms: ['驻地代码', '所在地代码', '区划代码', '所在乡镇代码', '所在村代码'],
    },
  ),
  column('unitName', '所在单位名称', 'text', '用来核对代码有没有填错。', '某某街道', {
    synonyms: ['驻地', '所在地', '所在乡镇', '乡镇街道'],
  }),
  column('parentCode', '主校标识码', 'code', '教学点填它所属学校的标识码。', '', {
    digits: [10],
    synonyms: ['所属学校标识码', '中心校标识码'],
  }),
  column('openedOn', '开办日期', 'day', '台账里还没有的机构必填。', '2020-09-01', {
    synonyms: ['成立日期', '建校日期', '批准设立日期'],
  }),
]

const premises: readonly ImportColumn[] = [
  column('campusNo', '校区序号', 'count', '只有一个校区时留空。', '', { synonyms: ['校区号'] }),
  column('campusName', '校区名称', 'text', '只有一个校区时留空。', '', { synonyms: ['校区'] }),
  column('rooms', '教室数', 'count', '这个校区、这个学段的普通教室间数。', '24', {
    largest: 'rooms',
    synonyms: ['普通教室数', '普通教室', '教室'],
  }),
  column('approvedCapacity', '核定学位', 'count', '批准的办学规模（人）。', '1080', {
    largest: 'seats',
    synonyms: ['核定规模', '核定学位数', '批准规模', '核定容量'],
  }),
  column('boardingBeds', '寄宿床位', 'count', '学生宿舍床位数。', '', {
    largest: 'beds',
    synonyms: ['床位数', '床位'],
  }),
  column('lng', '经度', 'decimal', '十进制度；填了经纬度就要填坐标系。', '113.2981', {
    synonyms: ['lng', 'lon'],
  }),
  column('lat', '纬度', 'decimal', '十进制度。', '33.7413', { synonyms: ['lat'] }),
  column(
    'datum',
    '坐标系',
    'choice',
    'CGCS2000 或 WGS-84。高德、腾讯（GCJ-02）和百度（BD-09）地图上取的坐标偏几百米，不收。',
    'CGCS2000',
    { choices: datumList, synonyms: ['坐标系统', '坐标基准'] },
  ),
]

/** 机构 — one row per institution, campus and stage; what belongs to the institution is repeated in its rows. */
export const institutions: ImportTable = {
  kind: 'institutions',
  name: '机构',
  doc: '每个机构、每个校区、每个学段一行，机构本身的信息在它的各行重复填写。非必填的格子留空，表示不改动台账里已有的值。停办、合并、拆分、转设要另按凭据办理，不用导入。',
  columns: [...identity, ...place, ...premises],
}
