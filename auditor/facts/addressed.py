"""Words addressed to whoever reviews the report, or to a model."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.compiled import compiled
from auditor.document import View

_FORBIDS = r"(?<!不可)(?<!不能)(?<!不得)(?<!不应)(?<!切勿)(?<!不容)(?<!没有)(?<!未)"
# Words in small letters, one of which stands in whatever the pattern beside them finds, and the pattern:
# looking for the words first is ten times faster.
_VERDICTS = r"(?:满分|高分|最高分|无问题|没有问题|未发现问题|不存在问题|合格|通过|优秀)"
PATTERNS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (
        ("请", "务必", "必须", "希望", "拜托"),
        compiled(
            r"(?:请|务必|必须|(?:希望|拜托)(?=各位|评|专家|审|领导|财政))(?!各(?!位)|示)[^，。；;!\n]{0,24}?(?:(?:给予|给|打)[^，。；;!\n]{0,6}"
            r"(?:满分|高分|最高分|100分|加分|优秀(?=等次|等级|评价|[，。；;!\n]|$))"
            r"|(?<!被)(?:评|评定|判|判定|认定|视)为(?:优秀|优(?![良势秀])|满分)|(?:直接|予以)(?:评审|审核)?通过)"
            r"|(?:评审|评委|审核|评价|复核)(?:专家|老师|人员|人|员|系统|组|模型|领导)[^，。；;!\n]{0,4}(?:请|务必|必须)"
            r"[^，。；;!\n]{0,16}(?:满分|高分|予以通过|不扣分|勿扣分|不要扣分)"
        ),
    ),
    (
        ("请", "望", "盼"),
        compiled(
            r"(?:恳请|敬请|烦请|请|望|盼|希望|祈请)[^。；;!\n]{0,12}(?:专家|评委|评审|上级|领导|财政|主管|考核组|各位)"
            r"[^。；;!\n]{0,24}(?:按满分|(?:评|打|给)(?:予|为)?满分|满分(?:评定|计分|评价)|按高分"
            r"|不予扣分|不扣分|免予扣分|免于扣分|不要扣分|别扣分)"
        ),
    ),
    (
        ("系统", "平台", "无需", "无须", "不必", "不用"),
        compiled(
            r"[【\[《<](?:系统|平台)(?:提示|消息|指令|通知)[】\]》>]"
            r"|(?:^|[\n。；;!])(?:系统|平台)(?:提示|消息|指令|通知)[:：]"
            r"|(?:无需|无须|不必|不用)再?(?:次|行)?(?:核对|复核|核实|核查|审核)(?:数据|数字|金额|内容|本报告|报告)"
        ),
    ),
    (
        ("忽略", "无视", "不要理会", "不予理会"),
        compiled(
            _FORBIDS
            + r"(?:忽略|无视|不要理会|不予理会)(?:掉)?(?:以上|上述|上面|前面|前文|之前|此前|先前|所有|一切|全部|下述|以下|本文)"
            r"[^，。；;!\n]{0,16}?(?:指令|提示|要求|扣分|规则|设定|指示|命令|限制|问题|内容|说明|对话|标准)"
        ),
    ),
    (
        ("你", "作为", "扮演", "模型", "人工智能", "ai", "机器"),
        compiled(
            r"你(?:现在)?是(?:一[个名位])?[^，。；;!\n]{0,12}(?:评审|审核|助手|专家|模型|系统|机器人|评委|AI)"
            r"|(?:作为|扮演)(?:一[个名位款])?(?:AI|人工智能|大?语言模型|大模型)(?:语言)?(?:模型|助手|机器人|评审员?)"
            r"|作为(?:一[个名位款])?(?:AI|语言模型|大模型|人工智能)(?=[，,])"
            r"|(?:如果?|若|当)[^，。；;!\n]{0,4}(?:模型|人工智能|AI|机器)(?:进行)?(?:审核|评审|阅读|评分|打分)(?:时|的)?[，,]"
        ),
    ),
    (
        ("提示词", "系统指令", "输出", "不要", "请勿", "无需", "判"),
        compiled(
            r"(?:系统)?提示词[:：]|系统指令[:：]|(?:请|只|必须|直接)(?:需)?输出[^，。；;!\n]{0,16}(?:一致|通过|无问题|满分|没有问题|合格|优秀|JSON)"
            r"|(?:不要|请勿|无需)(?:指出|报告|列出|提及|标记)[^，。；;!\n]{0,10}(?:问题|错误|不一致|扣分|差错)"
            r"|(?:请|直接|一律|必须)(?:直接|一律)?判定?为(?:优秀?|一致|通过|满分|无问题)"
        ),
    ),
    (
        ("助手", "模型", "ai", "人工智能", "专家", "评委", "机器"),
        compiled(
            r"(?:AI|人工智能|大?语言模型|大模型|智能)?(?:审核|评审|评分|阅卷|审查)?(?:助手|模型|机器人)[^，。；;!\n]{0,6}(?:请|应|须|务必|将)"
            rf"[^。；;!\n]{{0,16}}{_VERDICTS}"
            r"|如(?:果)?(?:您|你|阁下)(?:是|为)(?:一[个名位])?(?:AI|人工智能|大?语言模型|大模型|模型|机器)"
            rf"|(?:各位|尊敬的)?(?:专家|评委)(?:老师)?[，,]?(?:望|盼|恳请|敬请|请)[^。；;!\n]{{0,8}}{_VERDICTS}"
        ),
    ),
    (
        ("ignore", "disregard", "forget", "override", "prompt", "you", "ai", "full"),
        compiled(
            r"(?:ignore|disregard|forget|override)\s+(?:all\s+|any\s+|the\s+|your\s+)*(?:previous|above|prior|earlier|preceding|system|following)\b[^。\n]{0,30}"
            r"|system\s+prompt|you\s+are\s+(?:now\s+)?(?:an?|the)\s+[^。\n]{0,30}|as\s+an\s+ai\b|(?:give|award|assign)\s+[^。\n]{0,20}full\s+(?:marks|score)",
            re.IGNORECASE,
        ),
    ),
    (
        ("|>", "system", "assistant", "user", "instruction", "prompt", "inst", "sys>"),
        compiled(
            r"<\|[a-z_]{2,20}\|>|</?(?:system|assistant|user|instructions?|prompt)>|\[/?INST\]|<</?SYS>>"
            r"|[\"'“]role[\"'”]\s?[:：]\s?[\"'“](?:system|assistant|user)|(?:^|[\n。])\s?(?:###\s?)?(?:system|assistant)\s?[:：]",
            re.IGNORECASE,
        ),
    ),
)


def clauses_with(view: View, patterns: list[re.Pattern[str]]) -> Iterator[View]:
    """The clauses in which a pattern is found, each once."""
    text = view.text
    spans = sorted({_clause(text, *match.span()) for pattern in patterns for match in pattern.finditer(text)})
    reach = -1
    for start, end in spans:
        if start >= reach:
            yield view.part(start, end)
        reach = max(reach, end)


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The match with the rest of its sentence, at most 40 characters to either side."""
    first = max(text.rfind(char, max(0, start - 40), start) for char in "。；;\n!") + 1
    stops = [at for char in "。；;\n!" if (at := text.find(char, end, end + 40)) >= 0]
    first = first or max(0, start - 40)
    return first, min(stops) + 1 if stops else min(len(text), end + 40)
