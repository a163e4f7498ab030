import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadPlan, readPlan, term } from '../../src/plan/index.ts'
import { copiedPlan, emptyPlan } from './written-plan.ts'

test('the version changes with any file of any layer, and with nothing else', (t) => {
  const files = copiedPlan(t)
  const before = loadPlan(files.root, 'pingdingshan').version
  assert.equal(loadPlan('plan', 'pingdingshan').version, before, 'the place of the folder does not matter')
  files.change('national/standards/class-size-junior.yaml', 'value: 50', 'value: 49')
  const after = loadPlan(files.root, 'pingdingshan').version
  assert.notEqual(after, before)
  files.change('terms.yaml', 'zh: 学位缺口', 'zh: 学位短缺')
  assert.notEqual(loadPlan(files.root, 'pingdingshan').version, after)
})

test('a plan once loaded cannot be changed', () => {
  const plan = loadPlan('plan', 'pingdingshan')
  const item = plan.items.get('M7.6') as { quote: unknown }
  assert.throws(() => {
    item.quote = '别的'
  }, TypeError)
})

test('a term outside the glossary is a fault that names it', () => {
  const plan = loadPlan('plan', 'pingdingshan')
  assert.equal(term(plan, 'seatShortfall'), '学位缺口')
  assert.throws(() => term(plan, 'seatShortage'), /seatShortage/)
})

test('what no single file can show is found between files', (t) => {
  const files = copiedPlan(t)
  files.change(
    'pingdingshan/targets/t05-public-enrolment-share.yaml',
    'indicator: public-enrolment-share',
    'indicator: nothing',
  )
  files.change('pingdingshan/measures/m01-expand-public-interest-preschool.yaml', 'id: M1.3', 'id: M1.9')
  files.change('pingdingshan/measures/m03-mend-weak-kindergartens.yaml', 'id: M03', 'id: M02')
  files.change(
    'pingdingshan/measures/m07-expand-quality-schools.yaml',
    '[large-class.band,',
    '[large-klass.band,',
  )
  files.change(
    'national/standards/class-size-junior.yaml',
    'values:\n',
    'notEntered: { why: 甲, owedBy: 乙 }\nvalues:\n',
  )
  files.change('national/standards/class-size-preschool-k1.yaml', 'to: 2016-02-29', 'to: 2016-03-01')
  files.change('national/method/forecast-draws.yaml', 'rationale:', '# rationale:')
  files.write('pingdingshan/standard/stray.yaml', 'id: stray\n')
  const said = readPlan(files.root, 'pingdingshan')
    .problems.map(({ text }) => text)
    .join('\n')
  assert.match(said, /t05-public-enrolment-share\.yaml#\/indicator 没有指标 nothing/)
  assert.match(said, /m01-.*#\/items\/2\/id 应为 M1\.3，现为 M1\.9/)
  assert.match(said, /m03-.*#\/id 编号 M02 已在 .*m02-.* 用过/)
  assert.match(said, /m07-.*没有参数 large-klass\.band/)
  assert.match(said, /class-size-junior\.yaml 要么给出 values，要么写明 notEntered/)
  assert.match(said, /class-size-preschool-k1\.yaml#\/values\/0 与下一个取值的日期重叠/)
  assert.match(said, /forecast-draws\.yaml#\/values\/0 自定参数须写明 rationale/)
  assert.match(said, /stray\.yaml 不在规定的文件夹/)
  assert.throws(() => loadPlan(files.root, 'pingdingshan'), /规划“pingdingshan”不能使用/)
})

test('a layer that is not there, or extends one that is not, is said plainly', (t) => {
  const files = emptyPlan(t)
  assert.match(readPlan(files.root, 'nowhere').problems[0]?.text ?? '', /没有层级“nowhere”/)
  files.write('town/manifest.yaml', 'id: town\nzh: 城\nkind: city\nextends: land\n')
  assert.match(readPlan(files.root, 'town').problems[0]?.text ?? '', /没有层级“land”/)
})
