import json
import logging

from posthub.core.logging import ContextFilter, LineFormatter, job_id, organization, request_id


def line(level: int = logging.INFO, error: BaseException | None = None) -> dict[str, str]:
    details = (type(error), error, None) if error else None
    record = logging.LogRecord("posthub", level, __file__, 1, "Hotovo: %s", ("článek",), details)
    assert ContextFilter().filter(record)
    answer: dict[str, str] = json.loads(LineFormatter().format(record))
    return answer


def test_a_line_says_for_whom_it_is() -> None:
    variables = {request_id: "r1", organization: "o_acme", job_id: "j1"}
    tokens = [(variable, variable.set(value)) for variable, value in variables.items()]
    said = line()
    for variable, token in tokens:
        variable.reset(token)
    assert (said["request"], said["organization"], said["job"]) == ("r1", "o_acme", "j1")
    assert said["message"] == "Hotovo: článek"


def test_a_line_for_nobody_names_nobody() -> None:
    assert {"request", "organization", "job"} & set(line()) == set()


def test_an_error_is_one_line_too() -> None:
    assert "LookupError: gone" in line(logging.ERROR, LookupError("gone"))["error"]
