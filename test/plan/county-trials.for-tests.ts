import {
  added,
  addSpecialSchool,
  type DutyTrial,
  kindergarten,
  outside,
  senior,
  since,
  until,
} from './duty-trial.for-tests.ts'
import {
  addCounty,
  addInstitution,
  addRooms,
  addUnits,
  coming,
  file,
  large,
  openCentre,
  ownItems,
  planInspections,
  project,
  recognise,
  street,
  town,
} from './world-pen.for-tests.ts'

/** 县乡的试例 — of every duty whose X is a county, a township, a community, or a thing of a county. */
export const countyTrials: readonly DutyTrial[] = [
  {
    duty: 'township-central-kindergarten',
    uncover: (pen) =>
      addUnits(pen, large, [
        {
          unitId: 410422003,
          kind: 'township',
          name: '保安镇',
          townshipKind: 'town',
          parent: large,
          ...since,
        },
      ]),
    gap: ['保安镇', '没有公办幼儿园'],
    cover: (pen) =>
      addInstitution(pen, added, '保安镇中心幼儿园', {
        ...kindergarten,
        townshipCentral: true,
        unitId: 410422003,
      }),
    notYetOn: '2024-12-31',
  },
  {
    duty: 'senior-seats-enough',
    uncover: async (pen) => {
      await addInstitution(pen, added, '叶县第三高级中学', senior, ['S1'])
      await addRooms(pen, added, 0)
    },
    gap: ['叶县', '普通高中在校生 120 人，按教室数和标准班额有学位 100 个，缺 20 个，列入重点监测'],
    cover: (pen) => addRooms(pen, added, 1, { campusNo: 2, campusName: '新校区', ...until }),
    uncoveredOn: outside,
  },
  {
    duty: 'senior-public-share',
    entered: {
      ...{ key: 'senior-public-share.watch-line', value: 0.7, from: '2024-08-22', status: 'own' },
      document: '平教体〔2025〕1号',
    },
    uncover: (pen) =>
      addInstitution(pen, added, '叶县育才高级中学', { ...senior, sector: 'private' }, ['S1']),
    gap: ['叶县', '普通高中在校生 120 人，其中公办 80 人，占 66.67%，低于 70.00%，列入重点监测'],
    cover: (pen) => addInstitution(pen, added + 1, '叶县第三高级中学', { ...senior, ...since }, ['S1']),
    uncoveredOn: ['2024-12-31', '2024-12-01'],
  },
  {
    duty: 'special-school-in-large-county',
    uncover: (pen) => addCounty(pen, coming, '郏县', 200_000),
    gap: ['郏县', '没有在办的特殊教育学校'],
    noFinding: 'before the last day',
    cover: (pen) => addSpecialSchool(pen, coming, until),
    uncoveredOn: outside,
  },
  {
    duty: 'standard-special-school',
    uncover: async (pen) => {
      await addCounty(pen, coming, '郏县', 200_000)
      await addSpecialSchool(pen, coming)
    },
    gap: ['郏县', '启智学校没有达到建设标准的有效认定'],
    cover: (pen) => recognise(pen, 'special-standard', added, until, coming),
    uncoveredOn: outside,
  },
  {
    duty: 'special-class-in-small-county',
    uncover: async (pen) => {
      await addCounty(pen, coming, '郏县', 199_999)
      const primary = { countyId: coming, stages: ['primary', 'special'] } as const
      await addInstitution(pen, added + 1, '郏县实验小学', primary)
    },
    gap: ['郏县', '特教班设在郏县实验小学，它不是九年一贯制学校，也不是寄宿制学校'],
    cover: (pen) =>
      addInstitution(pen, added, '郏县寄宿小学', {
        countyId: coming,
        stages: ['primary', 'special'],
        boarding: true,
        ...since,
      }),
    uncoveredOn: ['2024-12-31', '2024-12-01'],
  },
  {
    duty: 'special-resource-centre',
    uncover: async (pen) => {
      await addCounty(pen, coming, '郏县', 300_000)
      await openCentre(pen, coming, { ...until, lend: 'no' })
    },
    gap: ['郏县', '资源中心没有同时具备四项功能，缺：教具辅具支持'],
    cover: (pen) => openCentre(pen, coming, until),
    uncoveredOn: outside,
  },
  {
    duty: 'community-family-guidance',
    uncover: (pen) =>
      addUnits(pen, large, [
        { unitId: 410422002002, kind: 'village', name: '昆南社区居民委员会', parent: street, ...since },
        { unitId: 410422001002, kind: 'village', name: '老庄村民委员会', parent: town, ...since },
      ]),
    gap: ['昆南社区居民委员会', '没有登记家庭教育指导服务站点'],
    cover: (pen) => file(pen, 'family-guidance-station', {}, { community: 410422002002, ...until }),
    uncoveredOn: outside,
    notYetOn: '2024-12-31',
  },
  {
    duty: 'item-owner',
    uncover: (pen) => ownItems(pen, large, { item: 'm1.5', person: '' }),
    gap: ['M1.5 每个乡镇原则上至少要办好1所乡镇公办中心幼儿园', '没有写明：责任人'],
    cover: (pen) => ownItems(pen, large),
  },
  {
    duty: 'project-in-development-plan',
    uncover: (pen) => file(pen, 'project-register', { period: 'x' }, project('保安镇幼儿园新建', 'no')),
    gap: ['保安镇幼儿园新建', '没有纳入区域发展规划'],
    cover: (pen) => file(pen, 'project-register', { period: 'x' }, project('保安镇幼儿园新建', 'yes')),
    notYetOn: '2024-09-30',
  },
  {
    duty: 'inspection-plan-covers',
    uncover: (pen) => planInspections(pen, large, 'm03'),
    gap: ['M03 改善薄弱园办园条件', '本学年督导计划没有安排这项措施'],
    cover: (pen) => planInspections(pen, large),
  },
]
