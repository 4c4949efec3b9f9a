"""What is masked and what must stay; back again without a loss."""

from __future__ import annotations

import time

import pytest

from auditor.judge.mask import Masker
from auditor.judge.quotes import folded

# What is written, and what leaves.
MASKED = [
    ("填报人姓名：林知夏", "填报人姓名：⟦姓名1⟧"),
    ("联系人\t周牧野\t电话\t5612345\t手机\t", "联系人\t⟦姓名1⟧\t电话\t⟦电话1⟧\t手机\t"),
    ("联系人\n\n周牧野\n\n电话\n\n5612345", "联系人\n\n⟦姓名1⟧\n\n电话\n\n⟦电话1⟧"),
    ("30｜联系人\n31｜周牧野\n32｜电话\n33｜5612345", "30｜联系人\n31｜⟦姓名1⟧\n32｜电话\n33｜⟦电话1⟧"),
    ("联系人周牧野联系电话13812345678", "联系人⟦姓名1⟧联系电话⟦电话1⟧"),
    ("单位负责人（签字）：欧阳明远", "单位负责人（签字）：⟦姓名1⟧"),
    ("填表人：王 伟  审核人：李小满", "填表人：⟦姓名1⟧  审核人：⟦姓名2⟧"),
    ("由副书记何向晚任组长，成员为路遥之、陈默、苏小雨。", "由副书记⟦姓名1⟧任组长，成员为⟦姓名2⟧、⟦姓名3⟧、⟦姓名4⟧。"),
    ("组长：何向晚\n副组长：路遥之、陈默", "组长：⟦姓名1⟧\n副组长：⟦姓名2⟧、⟦姓名3⟧"),
    ("姓名\t职务\t单位\n何向晚\t组长\t财政局\n陈默\t成员\t财政局", "姓名\t职务\t单位\n⟦姓名1⟧\t组长\t财政局\n⟦姓名2⟧\t成员\t财政局"),
    ("| 姓名 | 职务 |\n|---|---|\n| 何向晚 | 组长 |", "| 姓名 | 职务 |\n|---|---|\n| ⟦姓名1⟧ | 组长 |"),
    ("何向晚（局长）对此负责", "⟦姓名1⟧（局长）对此负责"),
    ("经办人：阿依古丽·买买提", "经办人：⟦姓名1⟧"),
    ("负责人：陈默。陈默同志牵头，沉默的多数。", "负责人：⟦姓名1⟧。⟦姓名1⟧同志牵头，沉默的多数。"),
    ("联系电话：0762-5612345", "联系电话：⟦电话1⟧"),
    ("电话（0762）5612345、０７６２－５６１２３４５", "电话⟦电话1⟧、⟦电话2⟧"),
    ("手机13812345678，或 138 1234 5678、+86 138-1234-5678", "手机⟦电话1⟧，或 ⟦电话1⟧、⟦电话2⟧"),
    ("服务热线400-810-8888", "服务热线⟦电话1⟧"),
    ("传真：5612345-801", "传真：⟦电话1⟧"),
    ("身份证号：44010119900307123X", "身份证号：⟦证件1⟧"),
    ("受益人440101199003071234已领取", "受益人⟦证件1⟧已领取"),
    ("身份证号码 4401************12", "身份证号码 ⟦证件1⟧"),
    ("账号：6222 0212 3456 7890 123", "账号：⟦账户1⟧"),
    ("开户账号\t44050167890123", "开户账号\t⟦账户1⟧"),
    ("打入4111111111111111卡", "打入⟦账户1⟧卡"),
    ("邮箱zhang.san@czj.example.gov.cn，微信号：abc_12345", "邮箱⟦邮箱1⟧，微信号：⟦账户1⟧"),
    ("地址：和山县阳明镇九子岗12号", "地址：⟦地址1⟧"),
    ("地址\t和山县阳明镇商务中心\t邮编\t517000", "地址\t⟦地址1⟧\t邮编\t517000"),
    ("办公室位于阳明镇解放路128号3号楼502室", "办公室位于⟦地址1⟧"),
    ("收款单位：禾川县广源商贸有限公司", "收款单位：⟦收款方1⟧"),
    ("序号\t供应商名称\t金额\n1\t禾川广源商行\t3.20", "序号\t供应商名称\t金额\n1\t⟦收款方1⟧\t3.20"),
    ("支付给禾川广源商贸有限公司12.5万元，禾川广源商贸有限公司已开票", "支付给⟦收款方1⟧12.5万元，⟦收款方1⟧已开票"),
    ("收款人：何向晚", "收款人：⟦姓名1⟧"),
    ("写着⟦电话1⟧，电话5612345", "写着⟦原文1⟧电话1⟦原文2⟧，电话⟦电话1⟧"),
    ("密钥 sk-abcdefghijklmnopqrstu", "密钥 ⟦密钥1⟧"),
]  # fmt: skip

# Figures, numbers of documents and ordinary words that only look alike.
KEPT = [
    "年度资金总额\t13800138000.00\t13812345678元\t100.00%",
    "2020年安排175.00万元，其中财政拨款118.16万元，结余56.84万元。",
    "甘综治委[2013]12号、财预〔2020〕10号、2021-04-16",
    "年度资金总额:202010100.00%10",
    "负责人：高度重视，组长单位负责，成员单位配合。",
    "组长由分管领导担任，成员为各科室负责人、财务人员。",
    "单位\t项目\t金额", "姓名、工作单位、职务、职称", "评价组成员收集审核了基础资料",
    "流水账号等", "个别网格员账号活跃度与要求存在差距", "实现抽取标准地址数据功能模块", "实现地址、人、房、单位上图功能",
    "12345热线电话办结率100%", "可视电话、远程培训", "用电高峰期供电安全", "党委书记和主任高度负责",
    "中标单位\t金额\n合计\t3763807", "联系人\t电话\t手机", "负责人：\n一、项目概况", "支付进度快于序时进度",
    "支出3763807元，全部为县级财政预算。", "施工单位按期完工", "通村公路12.5公里，硬化路面3号标段",
    "拨付镇、村资金1380.01万元", "专家：完成评审", "主任、副主任，局长", "完成率=1380013800÷1380013800",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MASKED, ids=lambda value: value[:12])
def test_masked(text: str, expected: str) -> None:
    masker = Masker(text)
    assert masker.mask(text) == expected
    assert folded(masker.unmask(expected))[0] == folded(text)[0]


@pytest.mark.parametrize("text", KEPT, ids=lambda value: value[:12])
def test_kept(text: str) -> None:
    assert Masker(text).mask(text) == text


def test_what_one_field_tells_is_known_everywhere() -> None:
    report = "此项由何向晚统筹，拨5612345元，详询5612345。\n联系人：何向晚\n电话：5612345"
    masker = Masker(report)
    assert (
        masker.mask("此项由何向晚统筹，拨5612345元，详询5612345。")
        == "此项由⟦姓名1⟧统筹，拨5612345元，详询⟦电话1⟧。"
    )
    assert masker.mask("何向晚") == "⟦姓名1⟧"


def test_the_same_report_is_masked_the_same_way() -> None:
    """Requests are recorded by their words."""
    text = "\n".join(text for text, _ in MASKED)
    assert Masker(text).mask(text) == Masker(text).mask(text)
    assert Masker(text).unmask(Masker(text).mask(text)) != text
    masker = Masker(text)
    assert folded(masker.unmask(masker.mask(text)))[0] == folded(text)[0]


def test_what_was_never_given_out_stays() -> None:
    masker = Masker()
    masker.mask("电话：0762-5612345")
    assert masker.unmask("⟦电话1⟧⟦电话2⟧⟦姓名1⟧⟦⟧") == "0762-5612345⟦电话2⟧⟦姓名1⟧⟦⟧"
    assert masker.counts == {"电话": 1}
    assert masker.map == {"⟦电话1⟧": "0762-5612345"}


@pytest.mark.parametrize(
    "piece",
    ["1", "12 ", "组长：", "姓名\t", "王", "王、", "地址：", "a@", "a.", "支付给甲", "路1", "0762-", "联系人 ", "⟦", "电话 1-", "甲（局长"],
)  # fmt: skip
def test_linear_time(piece: str) -> None:
    """Four times the text takes far less than sixteen times as long."""

    def took(size: int) -> float:
        """Seconds of the best of five runs: what a busy neighbour adds is no property of the pattern."""
        text = piece * (size // len(piece))
        seconds = []
        for _ in range(5):
            started = time.thread_time()
            Masker().mask(text)
            seconds.append(time.thread_time() - started)
        return min(seconds)

    assert took(40_000) < 10 * max(took(10_000), 0.01)


def test_heads_of_a_form_say_nothing_of_the_tables_below() -> None:
    """联系人, 电话 and 地址 side by side in the head of a form, and its tables in lines of as many cells."""
    form = (
        "序号|联系人|电话\n1|林知夏|5612345\n64|项目资金|投入指标|行次|合计\n65|可持续影响(6分)|5|可发挥作用"
    )
    assert Masker(form).mask(form) == form.replace("林知夏", "⟦姓名1⟧").replace("5612345", "⟦电话1⟧")
    sheet = "30｜联系人｜电话｜地址\n31｜申报程序(2分)｜2018年12月取得立项批复｜2\n32｜组织机构(1分)｜1\n33｜与两个镇签订分年出资协议｜468.20"
    assert Masker(sheet).mask(sheet) == sheet
