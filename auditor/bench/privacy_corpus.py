"""Lines with names and numbers of nobody, as reports hold them: what leaks is counted by kind.

Names, labels and layouts are drawn with a fixed seed; no word table of the program is used.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple


class Case(NamedTuple):
    """A piece of a report, the secrets in it, and what kind of case it is. `labelled`: a label, a title
    or a head says what the value is."""

    kind: str
    text: str
    secrets: tuple[str, ...]
    labelled: bool = True


_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
_RARE = "逯乜仝佘佟冼厍呼咸啜妫尕岑巩帖幸庹扈折揣撒昝晁晏楚母泥洛海涂湛漆潭炅燕牟狐环瓦由甄盖相眭睢矫磨税竹筱粘綦线缪缑老肇能臧色芦苑茆菅蒙蔺蓝虎訾诺贲贝购赛逄郇郗郤郸鄂酆銮长阚阳雍零靖频首骆麴麻黑"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华玉兰红梅建国志远小月有才文学海波春生永福德贵长青大为之安可心和平子轩雨涵一鸣思齐家乐国庆立夏金水铁柱冬至向前如意知夏来喜多福继业成功新民广义正阳全友东升"
_DOUBLE = ("欧阳", "司马", "上官", "诸葛", "慕容", "皇甫", "令狐", "尉迟", "夏侯", "东方", "完颜", "长孙")
_DOTTED = (
    "阿依古丽·买买提",
    "迪丽热巴·艾力",
    "艾尼瓦尔·吐尔逊",
    "玛依拉·库尔班",
    "帕提古丽·阿不都",
    "巴哈尔·热合曼",
    "阿卜杜拉·麦麦提明",
    "热孜万古丽·玉素甫",
    "木合塔尔·哈斯木",
)
_PLAIN_MINORITY = (
    "古丽娜尔",
    "阿依努尔",
    "迪力夏提",
    "次仁多吉",
    "扎西顿珠",
    "巴桑卓玛",
    "旦增罗布",
    "乌兰图雅",
    "哈斯巴根",
    "布仁巴雅尔",
    "依力哈木",
    "索朗旺堆",
    "仁青措",
    "德吉央宗",
    "阿木古楞",
    "那仁朝克图",
    "玛尔江",
    "吉克阿牛",
    "沙马拉且",
    "阿尔孜古丽",
    "扎西",
    "卓玛",
    "达娃",
    "央金",
)
_WORDS = (
    "高峰",
    "方正",
    "江山",
    "马力",
    "白雪",
    "黎明",
    "金星",
    "石磊",
    "温暖",
    "田园",
    "常青",
    "安康",
    "文静",
    "时光",
    "路遥",
    "高兴",
    "平凡",
    "江河",
)
LABELS = (
    "负责人",
    "单位负责人",
    "项目负责人",
    "填报人",
    "填表人",
    "经办人",
    "经办",
    "制表人",
    "制表",
    "审核人",
    "复核人",
    "联系人",
    "项目联系人",
    "撰写人",
    "组长",
    "副组长",
    "成员",
    "户主",
    "受助人",
    "法定代表人",
    "法人代表",
    "财务负责人",
    "分管领导",
    "收款人",
    "领款人",
    "报告人",
    "签收人",
    "证明人",
    "验收人",
    "会计",
    "出纳",
    "执笔人",
    "联络员",
    "监护人",
    "申请人",
    "姓名",
    "户主姓名",
    "填表人（签字）",
    "单位负责人（签章）",
    "主管领导",
    "项目经理",
    "评价组成员",
    "受访者",
)
_SEPARATORS = (
    "：",
    ":",
    "： ",
    " ： ",
    "　",
    "  ",
    "\t",
    "｜",
    " | ",
    "：\n",
    "\n",
    "\n\n",
    "：＿＿",
    "：\u200b",
    "→",
    "……",
    "：…",
    "丨",
    "=",
    "____",
    "：<br>",
    "——",
    "",
)
_TITLES = ("局长", "副局长", "主任", "书记", "科长", "镇长", "院长", "校长", "同志", "女士", "副主任", "会计")
_FILLER = (
    "全年预算数118.16万元，执行数112.50万元。",
    "项目按期完成，群众反映良好。",
    "共培训农技人员320人次。",
    "路面硬化12.5公里，验收合格。",
)


class Maker:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def one(self, words: tuple[str, ...] | str) -> str:
        return self.random.choice(words)

    def name(self, group: str) -> str:
        given = self.one(_GIVEN) + (self.one(_GIVEN) if self.random.random() < 0.6 else "")
        if group == "常见姓":
            return self.one(_SURNAMES) + given
        if group == "罕见姓":
            return self.one(_RARE) + given
        if group == "复姓":
            return self.one(_DOUBLE) + given
        return self.one(
            {"带点的名字": _DOTTED, "不带点的少数民族名字": _PLAIN_MINORITY, "也是常用词的名字": _WORDS}[
                group
            ]
        )

    def filler(self) -> str:
        return self.one(_FILLER)

    def digits(self, count: int) -> str:
        return "".join(self.one("0123456789") for _ in range(count))

    def mobile(self) -> str:
        return "1" + self.one("3456789") + self.digits(9)

    def identity(self) -> str:
        place = self.one(("110105", "441621", "320500", "510104", "653101", "540102"))
        day = (
            f"{self.random.randint(1940, 2015)}{self.random.randint(1, 12):02}{self.random.randint(1, 28):02}"
        )
        return place + day + self.digits(3) + self.one("0123456789X")


GROUPS = ("常见姓", "罕见姓", "复姓", "带点的名字", "不带点的少数民族名字", "也是常用词的名字")


def cases(seed: int = 1, each: int = 30) -> Iterator[Case]:
    """At least a thousand cases at the usual size."""
    make = Maker(seed)
    for group in GROUPS:
        for _ in range(each * 3):
            yield _label_line(make, group)
    for group in GROUPS[:3]:
        for _ in range(each):
            yield from _people(make, group)
    for _ in range(each):
        yield from _numbers(make)


def _label_line(make: Maker, group: str) -> Case:
    """A label, a separator, a name; then a second field, so that the first has an end."""
    name, other = make.name(group), make.name(group)
    separator = make.one(_SEPARATORS)
    label, second = make.random.sample(LABELS, 2)
    shown = name
    if len(name) == 2 and separator and make.random.random() < 0.3:
        shown = name[0] + make.one((" ", "　")) + name[1]
    between = make.one(("　", "\n", "\t", "；", " ")) if separator else make.one(("", "\n", "　"))
    phone = make.mobile()
    text = f"{label}{separator}{shown}{between}{second}{separator}{other}{between}联系电话{separator}{phone}"
    return Case(f"姓名：{group}", text, (name, other, phone))


def _people(make: Maker, group: str) -> Iterator[Case]:
    one, two, three = (make.name(group) for _ in range(3))
    title = make.one(_TITLES)
    yield Case(
        "名单", f"{make.one(('成员', '组员', '评价组成员'))}：{one}、{two}、{three}。", (one, two, three)
    )
    yield Case("职务在后", f"项目由{one}{title}负责，{make.filler()}\n填表人：{one}", (one,))
    yield Case("职务在前", f"{make.one(('局长', '副主任', '书记'))}{one}多次到现场。负责人：{one}", (one,))
    yield Case(
        "认出后处处遮盖",
        f"联系人：{one}\n{make.filler()}由{one}统筹，{one}牵头，群众找{one}反映，{one}当场答复。",
        (one,),
    )
    yield Case(
        "表格一列",
        f"序号\t姓名\t职务\t联系电话\n1\t{one}\t科长\t{make.mobile()}\n2\t{two}\t科员\t5631234\n3\t{three}\t\t",
        (one, two, three, "5631234"),
    )
    yield Case("一格一行的表", f"姓名\n职务\n金额\n{one}\n科长\n500\n{two}\n科员\n600", (one, two))
    yield Case("付款", f"支付给{one}劳务费1200元，收款人：{one}", (one,))


def _numbers(make: Maker) -> Iterator[Case]:
    identity, mobile = make.identity(), make.mobile()
    grouped = make.one(("{0}{1}{2}", "{0} {1} {2}", "{0}-{1}-{2}")).format(
        identity[:6], identity[6:14], identity[14:]
    )
    yield Case(
        "身份证", make.one(("身份证号码", "身份证号：", "证件号码\t", "公民身份号码 ")) + grouped, (identity,)
    )
    yield Case("身份证，没有标签", f"受益人{identity}已领取", (identity,), False)
    old = identity[:6] + identity[8:14] + make.digits(3)
    yield Case("身份证15位", f"身份证{make.one(('号：', '', '号码 '))}{old}", (old,))
    spaced = make.one(
        ("{0}{1}{2}", "{0} {1} {2}", "{0}-{1}-{2}", "{0}.{1}.{2}", "({0}){1}{2}", "（{0}）{1}-{2}")
    ).format(mobile[:3], mobile[3:7], mobile[7:])
    yield Case("手机", make.one(("手机", "联系电话：", "联系方式 ", "电话\t")) + spaced, (mobile,))
    yield Case("手机，没有标签", f"请与{spaced}核实", (mobile,), False)
    chinese = "".join("零一二三四五六七八九"[int(digit)] for digit in mobile)
    yield Case("手机，汉字", f"联系电话{make.one(('：', '', ' '))}{chinese}", (chinese,))
    landline = (
        "07"
        + make.one("5639")
        + make.one("0123456789"[2:])
        + make.one(("-", "", " ", "－"))
        + make.one("23456789")
        + make.digits(6)
    )
    yield Case("固定电话", make.one(("电话", "联系电话：", "办公电话 ", "传真：")) + landline, (landline,))
    account = "62" + make.digits(17)
    shown = (
        " ".join(account[at : at + 4] for at in range(0, 19, 4)) if make.random.random() < 0.5 else account
    )
    yield Case("银行账号", make.one(("账号", "银行卡号：", "开户账号\t", "收款账号 ")) + shown, (account,))
    passport = make.one("EGP") + make.digits(8)
    yield Case("护照", make.one(("护照号码：", "护照", "持护照 ")) + passport, (passport,))
    permit = make.one("CH") + make.digits(8)
    yield Case(
        "港澳通行证", make.one(("港澳通行证", "往来港澳通行证号：", "通行证号码 ")) + permit, (permit,)
    )
    mail = f"{make.one(('lihua', 'wang.q', 'cz_gk'))}{make.digits(2)}@{make.one(('163.com', 'qq.com', 'hc.example.gov.cn'))}"
    yield Case("邮箱", make.one(("邮箱：", "", "电子邮件 ")) + mail, (mail,))
    chat = make.one(("wx", "abc_", "Li")) + make.digits(6)
    yield Case("微信", make.one(("微信号：", "微信", "微信号 ")) + chat, (chat,))
    qq = make.one("123456789") + make.digits(8)
    yield Case("QQ", make.one(("QQ：", "QQ", "QQ号 ")) + qq, (qq,))
    street = f"和山县{make.one(('阳明镇', '石塘镇', '城关镇'))}{make.one(('解放路', '永和街', '新华大道'))}{make.random.randint(1, 300)}号{make.one(('', '3栋2单元501室', '502室'))}"
    yield Case("地址", make.one(("地址：", "通讯地址\t", "家庭住址", "办公地址 ")) + street, (street,))
    plate = "粤" + make.one("ABCR") + make.one(("", "·")) + make.one("ABCD") + make.digits(4)
    yield Case("车牌", make.one(("车牌号：", "车牌", "公务用车")) + plate, (plate,))
    code = f"9144{make.digits(6)}MA{make.digits(5)}{make.one('XYGT')}"
    yield Case(
        "统一社会信用代码",
        make.one(("统一社会信用代码：", "统一社会信用代码", "纳税人识别号 ")) + code,
        (code,),
    )
    birth = f"{make.random.randint(1950, 2010)}年{make.random.randint(1, 12)}月"
    yield Case("出生年月", make.one(("出生年月：", "出生日期", "出生于")) + birth, (birth,))
    east, north = (
        f"1{make.one('012')}{make.digits(1)}.{make.digits(6)}",
        f"2{make.digits(1)}.{make.digits(6)}",
    )
    yield Case("坐标", f"{make.one(('坐标：', '经纬度', '位于'))}{east},{north}", (east, north))
    firm = f"禾川县{make.one(('广源', '恒达', '金穗', '鑫泰'))}{make.one(('商贸有限公司', '建设工程有限公司', '印刷厂'))}"
    yield Case("收款单位", make.one(("收款单位：", "供应商\t", "支付给", "中标单位：")) + firm, (firm,))
