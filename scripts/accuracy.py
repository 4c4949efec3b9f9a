"""docs/accuracy.md, put together from sections that measure something each.

`python -m scripts.accuracy` measures and writes; most of its time goes into scanned pages. The figures of the bench go to
benchmarks/accuracy.json too, for comparison between versions (`auditor bench --compare`).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from auditor.bench.page import as_json, as_markdown
from auditor.bench.run import bench
from benchmarks.peers import page as peers
from tests.formats import page as layouts
from tests.prose import page as prose
from tests.unseen import page as unseen

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "accuracy.md"
DATA = ROOT / "benchmarks" / "accuracy.json"

_HEAD = """# 查得出多少，误报多少

<!-- 本页由 make accuracy 生成，请勿手改。 -->

这里的每个数都可以重新量：`auditor bench`（全页：`make accuracy`）。换成自己的报告：`auditor bench 文件夹`，
审核后没有问题的那些会拿来做底稿，其余的列出名字。
"""

_MEANING = """## 量的是什么

从审核后没有任何问题的报告出发，一次只植入一处差错，再审一遍，看有没有查出来。差错种类写在 `auditor/bench` 里，
每一种都写明应当由哪些规则报出。算术类差错只植入在确实能证明的地方：先不靠规则，单用算术在报告里找出加得拢、
除得开、前后相同的数（规则没有想到的关系也在其中），改动之后用精确小数验算这一关系确实不再成立。

- **有结果**：有“不一致”或“存疑”指向改动的地方。**规则正确**：由应当报的规则报出，查出率按它算。
- **多余的结果**：既不是应当报的规则，也没有指向改动的地方。
- **区间**：按报告整份重抽 1000 次的 95% 区间，随机种子固定，重跑结果相同。
- **不改变内容的改动**：换行、分列、全角、繁体、同义表头、换次序、少写一位小数等等。没有问题的报告改了以后不应有结果；
  内容没有损失的改动，有问题的报告原来查出的也应当一条不少。

## 没有量的是什么

- 差错和底稿都是我们自己编的。别人会犯什么错、别的地方用什么表，这里看不出来；请用自己的报告再量一次。
- 同一批底稿也用来改进过程序，所以数字偏好。区间只说明换一批同类底稿会差多少。
- 底稿按“审核后没有问题”挑选，每份误报几条在这里量不出来；误报看“多余的结果”和“不改变内容的改动”。
- 模型审读不在内（见[模型审读](model.md)），遮盖个人信息的漏失另见[遮盖漏了多少](privacy.md)。数字是否属实，谁也不能只凭报告查出。
"""


def _bench() -> str:
    tally = bench()
    DATA.write_text(as_json(tally), encoding="utf-8", newline="\n")
    return "## 植入差错\n\n" + as_markdown(tally)


def _others() -> str:
    tally = bench([ROOT / "benchmarks" / "judge_eval" / "reports"])
    rows = (
        f"| {family.title} | {family.planted} | {family.right} | {family.recall}% | {family.low}–{family.high}% |"
        for family in tally.families
    )
    return "\n".join(
        [
            "## 没有用来改进过的底稿",
            "",
            f"另取 {len(tally.documents)} 份短报告，改进规则时没有看过。数量少，区间宽，但比上面的数更接近陌生报告：",
            "",
            "| | 植入 | 规则正确 | 查出率 | 95% 区间 |",
            "|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


SECTIONS: tuple[Callable[[], str], ...] = (
    lambda: _HEAD,
    lambda: _MEANING,
    _bench,
    _others,
    unseen.section,
    prose.section,
    layouts.section,
    peers.section,
)
"""The page, from top to bottom. A section is a function that returns Markdown."""


def main() -> int:
    PAGE.write_text(
        "\n".join(section().strip("\n") + "\n" for section in SECTIONS), encoding="utf-8", newline="\n"
    )
    print(PAGE.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
