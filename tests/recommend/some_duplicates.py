"""Listings of a small platform: copies, translations, and what only looks like them."""

from __future__ import annotations

from matcher.domain.item import Item

PUMP_ZH = Item(
    "pump-zh",
    "磁悬浮高速离心泵",
    "用于半导体清洗的磁悬浮离心泵,转速12000转每分钟,流量45升每分钟,无机械轴承,颗粒污染极低。"
    "泵腔采用氟塑料,耐酸碱腐蚀,已连续运行8600小时。",
    ("磁悬浮", "离心泵", "半导体清洗"),
)
PUMP_EN = Item(
    "pump-en",
    "Magnetically levitated high-speed centrifugal pump",
    "Magnetic levitation centrifugal pump for semiconductor cleaning, speed 12000 revolutions per "
    "minute, flow 45 litres per minute, no mechanical bearing, very low particle contamination. "
    "Pump chamber of fluoroplastic, resists acid and alkali corrosion, ran 8600 hours on end.",
    ("magnetic levitation", "centrifugal pump", "semiconductor cleaning"),
)
PUMP_BOTH = Item(
    "pump-both",
    PUMP_ZH.title,
    f"{PUMP_EN.title}\n{PUMP_ZH.text}\n{PUMP_EN.text}",
    PUMP_ZH.keywords,
)
PUMP_COPY = Item(
    "pump-copy",
    "磁悬浮高速离心泵",
    PUMP_ZH.text.replace("颗粒污染极低", "颗粒污染很低"),
    ("磁悬浮", "离心泵", "半导体清洗"),
)
PUMP_LARGER = Item(
    "pump-larger",
    "磁悬浮高速离心泵",
    PUMP_ZH.text.replace("12000", "7800").replace("45", "120").replace("8600", "3100"),
    PUMP_ZH.keywords,
)
GUN = Item(
    "gun",
    "Electron gun for a multi-beam klystron",
    "This project designs a low-voltage multi-beam klystron for linear accelerators. The klystron "
    "allows a compact source without an oil tank, which lowers the cost of the accelerator. In the "
    "second phase the part is built, tested and delivered to the laboratory.",
)
CAVITY = Item("cavity", "Magnetic circuit and resonant cavities", GUN.text)
GUN_LATER = Item(
    "gun-later",
    "Electron gun for a multi-beam klystron, second phase",
    "Following the design of an electron gun, we propose to braze, bake out and condition it, to "
    "measure perveance and beam transmission on a test stand, and to qualify a cathode supplier.",
)
OTHERS = (
    Item("rice", "耐盐碱水稻新品种", "选育耐盐碱水稻新品种三个,盐碱地亩产提高,抗稻瘟病。"),
    Item("tea", "Tea harvesting robot", "A robot picks tender tea shoots with a vision system."),
    Item("weld", "焊缝超声检测", "相控阵超声检测焊缝裂纹,自动识别缺陷并生成报告。"),
    Item(
        "dye",
        "Dye wastewater membrane",
        "Nanofiltration membrane recovers dye and salt from water.",
    ),
    Item("laser", "激光熔覆修复轧辊", "激光熔覆修复轧辊表面,硬度高,寿命延长一倍。"),
    Item("bone", "Bone screw", "Magnesium alloy bone screw that the body resorbs in a year."),
    Item("cell", "废旧锂电池回收", "废旧锂电池电芯的钴锂回收工艺,回收率百分之九十五。"),
    Item("wind", "Wind blade recycling", "Pyrolysis of wind turbine blades recovers glass fibre."),
)
LISTINGS = (PUMP_ZH, PUMP_EN, GUN, CAVITY, GUN_LATER, *OTHERS)
