import {
  added,
  addSpecialSchool,
  type DutyTrial,
  filed,
  kindergarten,
  outside,
  rural,
  since,
  until,
} from './duty-trial.for-tests.ts'
import { addInstitution, agree, file, large, recognise, school, schoolYear } from './world-pen.for-tests.ts'

/** 学校的试例 — of every duty whose X is a kindergarten or school, one without its Y. */
export const schoolTrials: readonly DutyTrial[] = [
  {
    duty: 'kindergarten-primary-partner',
    uncover: (pen) => addInstitution(pen, added, '新蕾幼儿园', { ...kindergarten, ...since }),
    gap: ['新蕾幼儿园', '没有登记幼小衔接协议'],
    cover: (pen) => agree(pen, 'transition', school.ruralPrimary, added, until),
    uncoveredOn: outside,
    notYetOn: '2024-12-31',
  },
  {
    duty: 'expansion-school-plan',
    uncover: (pen) => recognise(pen, 'expansion-suitable', school.ruralPrimary, since),
    gap: ['前营小学', '没有登记“一校一案”挖潜扩容方案'],
    cover: (pen) =>
      file(
        pen,
        'expansion-plan',
        {},
        {
          school: school.ruralPrimary,
          'made-on': until.from,
          'replaced-on': until.to,
        },
      ),
    uncoveredOn: outside,
    notYetOn: '2024-12-31',
  },
  {
    duty: 'rural-school-helped',
    uncover: (pen) =>
      addInstitution(pen, added, '老庄教学点', { kind: 'teaching-point', ...rural, ...since }),
    gap: ['老庄教学点', '没有登记与城镇学校的帮扶协议'],
    cover: (pen) => agree(pen, 'community', school.urbanJunior, added, until),
    uncoveredOn: outside,
    notYetOn: '2024-12-31',
  },
  {
    duty: 'quality-senior-entrusted',
    uncover: (pen) => recognise(pen, 'quality-senior', school.weakSenior, since),
    gap: ['叶县第二高级中学', '没有登记托管帮扶协议'],
    cover: async (pen) => {
      await addInstitution(pen, added, '叶县第三高级中学', { kind: 'senior-high', stages: ['senior'] })
      await recognise(pen, 'weak-county-senior', added)
      await agree(pen, 'entrusted', school.weakSenior, added, until)
    },
    uncoveredOn: outside,
    notYetOn: '2024-12-31',
  },
  {
    duty: 'kindergarten-hazard-removed',
    uncover: async (pen) => {
      await addInstitution(pen, added, '新蕾幼儿园', { ...kindergarten, ...since })
      const hazard = { 'has-hazard': 'yes', 'hazard-grade': 'serious', 'hazard-what': '屋面漏雨' }
      await file(pen, 'kindergarten-conditions', filed, { ...hazard, 'hazard-mend-by': '2025-04-30' })
    },
    gap: ['新蕾幼儿园', '重大隐患没有消除：屋面漏雨，拟 2025-04-30 前消除'],
    cover: (pen) =>
      file(
        pen,
        'kindergarten-hazard-removal',
        { institution: added },
        { 'removed-on': until.from, 'all-removed': 'yes' },
      ),
    uncoveredOn: ['2025-01-31', '2025-01-02'],
    notYetOn: '2024-12-31',
  },
  {
    duty: 'special-regular-pairing',
    uncover: (pen) => addSpecialSchool(pen, large, since),
    gap: ['启智学校', '没有登记与普通学校的共建协议'],
    noFinding: 'only encouraged',
    cover: (pen) => agree(pen, 'inclusion', added, school.ruralPrimary, until),
    uncoveredOn: outside,
    notYetOn: '2024-12-31',
  },
  {
    duty: 'pupil-art-activity',
    uncover: async (pen) => {
      await addInstitution(pen, added, '新城小学', since, ['P1', 'P2'])
      await schoolYear(pen, added, ['p1', 'p2'], { grade: { 'art-pupils': 39 } })
    },
    gap: ['新城小学', '2 名学生本学年没有参加过校级美育活动：一年级 1 名、二年级 1 名'],
    cover: (pen) => schoolYear(pen, added, ['p1', 'p2']),
    notYetOn: '2024-12-31',
  },
  {
    duty: 'rural-green-activity',
    uncover: async (pen) => {
      await addInstitution(pen, added, '老庄小学', { ...rural, ...since })
      await file(pen, 'rural-green-activity', filed, { held: 'no' })
    },
    gap: ['老庄小学', '本学年没有开展“绿色点亮生活，健康保护生命”主题实践活动'],
    cover: (pen) => file(pen, 'rural-green-activity', filed, { held: 'yes' }),
    notYetOn: '2024-12-31',
  },
  {
    duty: 'food-education',
    uncover: async (pen) => {
      await addInstitution(pen, added, '新蕾幼儿园', { ...kindergarten, ...since })
      await file(pen, 'food-education', filed, { done: 'no' })
    },
    gap: ['新蕾幼儿园', '本学年没有开展食育'],
    cover: (pen) => file(pen, 'food-education', filed, { done: 'yes' }),
    notYetOn: '2024-12-31',
  },
  {
    duty: 'digital-campus',
    uncover: (pen) => addInstitution(pen, added, '新城小学', since),
    gap: ['新城小学', '没有登记数字校园认定'],
    cover: (pen) => recognise(pen, 'digital-campus', added, until),
    uncoveredOn: outside,
    notYetOn: '2024-12-31',
  },
  {
    duty: 'comprehensive-assessment',
    uncover: async (pen) => {
      await addInstitution(pen, added, '新城初级中学', { kind: 'junior-school', stages: ['junior'] }, ['J1'])
      await schoolYear(pen, added, ['j1'], { grade: { assessed: 0 } })
    },
    gap: ['新城初级中学', '40 名学生没有完成综合素质评价：七年级 40 名'],
    cover: (pen) => schoolYear(pen, added, ['j1']),
  },
  {
    duty: 'parent-committee',
    uncover: async (pen) => {
      await addInstitution(pen, added, '新城小学', since, ['P1'])
      await schoolYear(pen, added, ['p1'], { once: { committee: 'no' } })
    },
    gap: ['新城小学', '没有家长委员会'],
    cover: (pen) => schoolYear(pen, added, ['p1'], { once: { 'committee-on': '2025-02-01' } }),
    uncoveredOn: ['2025-01-31', '2025-01-01'],
    notYetOn: '2024-12-31',
  },
  {
    duty: 'grade-class-parent-committee',
    uncover: async (pen) => {
      await addInstitution(pen, added, '新城小学', since, ['P1'])
      await schoolYear(pen, added, ['p1'], { grade: { 'class-committees': 1 } })
    },
    gap: ['新城小学', '一年级：1 个班没有班级家长委员会'],
    cover: (pen) => schoolYear(pen, added, ['p1']),
    notYetOn: '2024-12-31',
  },
]
