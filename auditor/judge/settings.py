"""What a bureau may set about the model step; limits of the connection are the client's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class JudgeSettings:
    """model  name sent to the endpoint; "reference" is that of the recorded example answers
    sheet_tokens  a longer report is asked about in several requests
    answer_tokens  limit of one answer
    codes  questions whose findings are wanted
    workers  requests under way at the same time
    local  the endpoint is inside the bureau: reports marked secret may go there
    sends  answers may come over a network (not replayed)
    """

    model: str = "reference"
    sheet_tokens: int = 12_000
    answer_tokens: int = 2_000
    codes: tuple[str, ...] = ()
    workers: int = 1
    local: bool = False
    sends: bool = False
