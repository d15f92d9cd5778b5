"""Imports point downward: from app to app, and from room to room inside an app."""

from tests.guards.source import APPS, imported, modules

# The rooms of an app, each may use those before it.
ROOMS = (
    "models policies queries generation pipeline operations tasks forms views urls receivers admin".split()
)

# What a request on an organization's host carries is typed where the request is; nothing of it is imported
# while PostHub runs.
FOR_TYPES_ONLY = {("core/tenancy.py", "accounts"), ("core/tenancy.py", "organizations")}

# A sentence about who may do what needs to know whose is what, where no query of the app needs a policy.
SENTENCES_OVER_READS = {("organizations/policies.py", "queries"), ("content/policies.py", "operations")}
# The worker writes by the same verbs as people do: one way to add a version, one to ask for a month.
SAME_VERBS = {
    ("approvals/pipeline.py", "operations"),
    ("content/pipeline.py", "operations"),
    ("company/pipeline/readings.py", "operations"),
}


def test_every_app_stands_in_the_order() -> None:
    apps = {name.split("/")[0] for name in modules() if name.count("/")} - {"urls"}
    assert apps - set(APPS) == set()


def test_apps_import_only_what_stands_left_of_them() -> None:
    upward = {
        (name, target)
        for name, tree in modules().items()
        if (app := name.split("/")[0]) in APPS
        for target in (module.split(".")[1] for module in imported(tree))
        if target in APPS and APPS.index(target) > APPS.index(app)
    }
    assert upward == FOR_TYPES_ONLY


def test_rooms_import_only_rooms_above_them() -> None:
    upward = set()
    for name, tree in modules().items():
        app, _slash, rest = name.partition("/")
        room = rest.split("/")[0].removesuffix(".py")
        if room not in ROOMS:
            continue
        for module in imported(tree):
            parts = module.split(".")
            of_this_app = parts[1] == app and len(parts) > 2 and parts[2] in ROOMS
            if of_this_app and ROOMS.index(parts[2]) > ROOMS.index(room):
                upward.add((name, parts[2]))
    assert upward <= SENTENCES_OVER_READS | SAME_VERBS


def test_nothing_imports_the_tests_or_the_settings_module() -> None:
    assert [name for name, tree in modules().items() if "posthub.settings" in set(imported(tree))] == []
