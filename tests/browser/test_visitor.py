"""The tests' own wait: a run that was asked for is owed until it has begun and ended, however late the server is."""

from __future__ import annotations

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.visitor import Runs

ASK = BackMsg(rerun_script={"query_string": ""}).SerializeToString()
NOISE = BackMsg(load_git_info=True).SerializeToString()
BEGUN = ForwardMsg(new_session={}).SerializeToString()
DONE = ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY).SerializeToString()
PART = ForwardMsg(script_finished=ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY).SerializeToString()
EARLY = ForwardMsg(script_finished=ForwardMsg.FINISHED_EARLY_FOR_RERUN).SerializeToString()


@pytest.mark.parametrize(
    ("frames", "is_awaited"),
    [
        pytest.param([ASK], True, id="asked"),
        pytest.param([ASK, BEGUN], True, id="begun"),
        pytest.param([ASK, BEGUN, DONE], False, id="ended"),
        pytest.param([ASK, BEGUN, PART], False, id="a part of the page ended"),
        pytest.param([ASK, BEGUN, DONE, NOISE, "text"], False, id="what asks for no run"),
        pytest.param([ASK, BEGUN, ASK, DONE], True, id="the end of the run before"),
        pytest.param([ASK, BEGUN, ASK, EARLY, BEGUN, DONE], False, id="broken off for the next"),
        pytest.param([ASK, BEGUN, EARLY], True, id="the script asks to be run again"),
        pytest.param([ASK, BEGUN, EARLY, BEGUN, DONE], False, id="and was"),
    ],
)
def test_a_run_is_owed_until_it_has_begun_and_ended(frames: list[str | bytes], is_awaited: bool) -> None:
    runs = Runs()
    for frame in frames:
        (runs.sent if frame in (ASK, NOISE) else runs.received)(frame)
    assert runs.is_awaited is is_awaited
