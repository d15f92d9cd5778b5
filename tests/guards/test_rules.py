"""The house rules that a reader of a change would otherwise have to watch for."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.guards.source import PACKAGE, ROOT, code_lines, docstring_lines, modules

FUNCTION_LINES, MODULE_LINES, TEMPLATE_LINES, TEMPLATE_COLUMNS = 40, 300, 150, 160
# A tag has to stand on one line, however long it is.
TAG = re.compile(r"{% (blocktranslate|verbatim)\b.*?{% end\1 %}|{%.*?%}|{{.*?}}")
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCHEMA_SWITCHES = {"set_schema", "set_tenant", "set_schema_to_public"}


def functions(tree: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def test_only_the_lifecycle_writes_state() -> None:
    """Attribute `state` of anything; jobs and work items are no Stateful and set theirs by keyword in a query."""
    writers = {
        name
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and target.attr == "state"
    }
    assert writers == {"lifecycle/machine.py"}


def test_no_query_of_a_tenant_app_writes_state_past_the_machine() -> None:
    tenant_apps = {"company", "personas", "content", "approvals", "delivery", "notifications"}
    writers = [
        f"{name}:{node.lineno}"
        for name, tree in modules().items()
        if name.split("/")[0] in tenant_apps
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"update", "bulk_update", "update_or_create", "bulk_create"}
        and any(keyword.arg == "state" for keyword in node.keywords)
    ]
    assert writers == []


def test_only_one_module_asks_whether_a_request_is_from_htmx() -> None:
    askers = {
        name
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "htmx"
        and isinstance(node.value, ast.Name)
        and node.value.id == "request"
    }
    assert askers <= {"core/htmx.py"}


def test_only_the_job_runner_catches_everything() -> None:
    catchers = set()
    for name, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler):
                kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
                if any(kind is None or ast.unparse(kind) in {"Exception", "BaseException"} for kind in kinds):
                    catchers.add(name)
    assert catchers == {"jobs/runner.py"}


def test_schemas_are_switched_by_the_core_and_the_workers_only() -> None:
    switchers = {
        name
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in SCHEMA_SWITCHES
    }
    assert switchers <= {"core/tenancy.py", "core/health.py", "jobs/runner.py", "jobs/sweeper.py"}


def test_no_query_is_written_outside_a_function() -> None:
    """It would belong to whichever organization's request happened to import its module."""
    written = [
        f"{name}:{node.lineno}"
        for name, tree in modules().items()
        for node in outside_functions(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute)
        if node.value.attr in {"objects", "_default_manager"} and node.attr != "none"
    ]
    assert written == []


def outside_functions(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield node
            yield from outside_functions(node)


def test_no_function_is_longer_than_a_screen() -> None:
    long = {}
    for name, tree in modules().items():
        for function in functions(tree):
            said = docstring_lines(ast.Module(body=[function], type_ignores=[]))
            length = (function.end_lineno or 0) - function.lineno + 1 - len(said)
            if length > FUNCTION_LINES:
                long[f"{name}:{function.name}"] = length
    assert long == {}


def test_no_module_is_longer_than_three_hundred_lines_of_code() -> None:
    long = {}
    for path in PACKAGE.rglob("*.py"):
        if not {"data", "migrations"} & set(path.parts) and (length := code_lines(path)) > MODULE_LINES:
            long[str(path.relative_to(PACKAGE))] = length
    assert long == {}


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = {"utils", "helpers", "common", "misc"}
    assert [name for name in modules() if Path(name).stem in drawers] == []


def test_nobody_waits_for_an_organization_without_holding_its_log_first() -> None:
    """Whoever holds the row and then waits for the log, and whoever does it the other way round, wait for ever."""
    for path, tree in modules().items():
        for function in functions(tree):
            said = ast.unparse(function)
            row = re.search(r"Organization\.objects\.(select_for_update\(|filter\(.*\)\.update\()", said)
            log = said.find("audit.record"), said.find("_note(")
            if row and (max(log) > 0 or "select_for_update" in row.group()):
                assert -1 < said.find("audit.hold(") < row.start(), f"{path}: {function.name}"


def test_no_template_is_longer_than_a_hundred_and_fifty_lines() -> None:
    long = {str(path): n for path in TEMPLATES if (n := len(path.read_text().splitlines())) > TEMPLATE_LINES}
    assert long == {}


def test_no_line_of_a_template_holds_more_than_can_be_read() -> None:
    """Its longest tag aside: hundreds of columns would hide what a hundred and fifty lines are to keep small."""
    wide = {
        f"{path.relative_to(ROOT)}:{number}": columns
        for path in TEMPLATES
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > TEMPLATE_COLUMNS
        and (columns := len(line) - max((len(tag.group()) for tag in TAG.finditer(line)), default=0))
        > TEMPLATE_COLUMNS
    }
    assert wide == {}


def test_templates_hold_no_script_no_style_and_no_handler() -> None:
    # Mail clients know no style sheets, so mail has its styles beside the words.
    pages = [path for path in TEMPLATES if "mail" not in path.name and "mail/" not in str(path)]
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=\"|javascript:|\bhx-on\b", re.IGNORECASE
    )
    found = {
        str(path.relative_to(ROOT)): match[0] for path in pages if (match := inline.search(markup_of(path)))
    }
    assert found == {}


def markup_of(path: Path) -> str:
    """What stands in the page itself; a property of a tag of ours may be called `style` or `on`."""
    return re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", path.read_text(), flags=re.DOTALL)


def test_every_form_that_posts_carries_its_token() -> None:
    # A hand-over goes to another host, where no cookie of this one can be; its own token is used up by it.
    form = re.compile(r"<form\b[^>]*method=\"post\"[^>]*>.*?</form>", re.IGNORECASE | re.DOTALL)
    bare = [
        str(path.relative_to(ROOT))
        for path in TEMPLATES
        for match in form.findall(path.read_text())
        if "csrf_token" not in match and 'value="{{ entrance.token }}"' not in match
    ]
    assert bare == []


def test_templates_ask_policies_and_not_roles() -> None:
    asks = re.compile(r"{%\s*(el)?if[^%]*\b(staff_role|user\.role|is_superuser)\b")
    assert [str(path) for path in TEMPLATES if asks.search(path.read_text())] == []


def test_no_database_is_dropped_by_force() -> None:
    """WITH (FORCE) is refused to an ordinary role now and then: whenever autovacuum works in there."""
    forced = re.compile(r"DROP DATABASE.*FORCE")
    paths = [*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    assert [path.name for path in paths if path != Path(__file__) and forced.search(path.read_text())] == []


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(TODO|FIXME|XXX|raise NotImplementedError)\b")
    files = [*PACKAGE.rglob("*.py"), *TEMPLATES, *(ROOT / "static" / "js").glob("*.js")]
    assert [str(path) for path in files if later.search(path.read_text(encoding="utf-8"))] == []
