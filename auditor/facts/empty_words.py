"""Whether a text says anything: a number, a fact, or names and nothing else."""

from __future__ import annotations

from auditor.compiled import compiled
from auditor.document import View
from auditor.figures import Kind, scan
from auditor.report.model import Indicator, Passage, Report, TextKind

_BRIEF = 12  # Chinese characters: "该系统可持续发挥积极作用" still says nothing
_HAN = compiled(r"[\u4e00-\u9fff]")
_FACT = compiled(
    r"《|〔|\[\d{4}\]|[A-Za-z]{2}|文件|通知|验收|问卷|调查|审计|合同|批复|印发|制[定订]|出台|成立|负责|签订|招标|公示"
)
_NUMERAL = compiled(r"[\d一二三四五六七八九十两百千万]")
_NO_DATA = (Kind.ORDINAL, Kind.CODE)
# Rating words and plain statements of completion: an answer to a qualitative target, not a narrative.
_RATING = compiled(
    r"(?:已?(?:基本|全部|部分|按期|按时|如期)?(?:完成|达成|达到|实现|达标|合格)(?:预期)?(?:年度)?(?:指标|目标|值)?(?:并具有一定效果)?|未达成.*|好|较好|一般|较差|差|优|优秀?|良好?|中|是|有|无)[。.]?"
)
_EMPTY = compiled(
    r"发挥.{0,4}作用|满意|效果.{0,3}(?:好|明显|显著)|(?:影响|反响|反映|评价).{0,2}好|及时|高效|规范|合理|正常|到位|顺利|良好"
)
_LISTING = compiled(r"包括|包含|分为|分别为|设置|设有|设定|由|从|围绕|涉及|如下|[:：]")


def empty_text(report: Report, indicator: Indicator) -> View | None:
    """The text that should bear out the score and says nothing."""
    narrative, actual = indicator.narrative, indicator.actual
    if narrative:
        if actual and (_says_something(actual) or not _EMPTY.search(narrative.text)):
            return None  # the narrative is a remark beside the value achieved
        return None if _says_something(narrative) else narrative
    if not actual or _says_something(actual) or _RATING.fullmatch(actual.text):
        return None
    if indicator.target and _core(indicator.target.text) in (_core(actual.text), ""):
        return None  # the target repeated: a question of its own
    if any(band.word == actual.text for band in report.rating_bands):
        return None
    quantified = indicator.target is not None and any(
        figure.kind not in _NO_DATA for figure in scan(indicator.target)
    )
    return actual if not quantified and len(actual.text) >= 5 and _EMPTY.search(actual.text) else None


def _core(text: str) -> str:
    return text.strip("。.≥≤=><定性: ")


def _says_something(view: View) -> bool:
    if len(_HAN.findall(view.text)) > _BRIEF or _FACT.search(view.text):
        return True
    return bool(_NUMERAL.search(view.text)) and any(figure.kind not in _NO_DATA for figure in scan(view))


def names_only(passage: Passage, names: set[str]) -> tuple[View, int] | None:
    """The tail of the passage that consists of at least three indicator names and nothing else."""
    if passage.kind is TextKind.CELL:
        return None
    text = passage.text.rstrip("。；;、，, ")
    if not text.endswith(tuple(names)):
        return None
    end, start, count = len(text), len(text), 0
    while start > 0:
        cut = max(text.rfind(char, 0, start) for char in "，,、；;。和及\n")
        if text[cut + 1 : start] not in names:
            break
        count, start = count + 1, max(cut, 0)
    if count < 3:
        return None
    sentence = text[max(text.rfind(char, 0, start) for char in "。；;\n") + 1 : start]
    if _LISTING.search(sentence.rpartition("，")[2] or sentence):
        return None
    return passage.view.part(start + (text[start] in "，,、；;。和及\n"), end), count
