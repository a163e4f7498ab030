import type { BoundField, OfficialDocument } from './official-document.ts'

/** 绑定数样例 — a bound field of a trial. */
export function boundFigure(id: string, text: string): BoundField {
  return { id, zh: `数 ${id}`, text, source: '登记台账', definition: '按登记计数', asOf: '2026-10-31' }
}

/** 公文样例 — a document with everything a layout knows, and long enough for a full page. */
export function smallPaper(more: Partial<OfficialDocument> = {}): OfficialDocument {
  const sentence = '各单位要对照台账逐条逐项抓好落实并在规定时间内如实报送进展情况不得虚报瞒报漏报迟报'
  return {
    letterhead: '某某市某某局文件',
    docNumber: '某某〔2026〕12号',
    title: '关于十月份工作进展情况的\n通报',
    addressee: ['各县（市、区）某某局'],
    body: [
      { kind: 'heading', level: 1, text: ['一、总体情况'] },
      { kind: 'heading', level: 2, text: ['（一）登记'] },
      { kind: 'paragraph', text: ['登记率', boundFigure('rate', '93.2%'), '，见附件。'] },
      { kind: 'paragraph', text: [sentence.repeat(14)] },
      {
        kind: 'table',
        head: ['单位', '登记数', '备注'],
        rows: [
          [['甲县'], [boundFigure('count.a', '1,203')], ['按时报送']],
          [['乙县'], [boundFigure('count.b', '〔待补：乙县〕')], ['未报']],
        ],
      },
    ],
    annexes: [{ title: '名单', blocks: [{ kind: 'paragraph', text: ['共', boundFigure('rate', '93.2%')] }] }],
    issuer: '某某市某某局',
    issuedOn: '2026-11-05',
    copiesTo: ['市人民政府办公室'],
    printedBy: '某某市某某局办公室',
    marking: '合成数据 仅供演示',
    ...more,
  }
}
