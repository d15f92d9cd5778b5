from django.urls import path, re_path

from posthub.approvals.views import comments, dashboard, decide, inbox, parts, rules, topics

app_name = "approvals"
KIND = r"(?P<kind>topic|article|post)/(?P<pk>[0-9a-f]{8}-[0-9a-f-]{27})"
urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("inbox/", inbox.inbox, name="inbox"),
    re_path(rf"^inbox/{KIND}/$", inbox.review, name="review"),
    re_path(rf"^inbox/{KIND}/reject/$", decide.ask, {"verb": "reject"}, name="ask_reject"),
    re_path(rf"^inbox/{KIND}/regenerate/$", decide.ask, {"verb": "regenerate"}, name="ask_regenerate"),
    re_path(rf"^review/{KIND}/approve/$", decide.approve, name="approve"),
    re_path(rf"^review/{KIND}/changes/$", decide.request_changes, name="changes"),
    re_path(rf"^review/{KIND}/reject/$", decide.reject, name="reject"),
    re_path(rf"^review/{KIND}/regenerate/$", decide.regenerate, name="regenerate"),
    path("review/article/<uuid:pk>/part/", parts.regenerate_part, name="part"),
    re_path(rf"^review/{KIND}/comment/$", comments.comment, name="comment"),
    path("comments/<uuid:pk>/resolve/", comments.resolve, name="resolve"),
    path("topics/<uuid:pk>/approve/", topics.approve_topic, name="approve_topic"),
    path("topics/<uuid:pk>/reject/", topics.reject_topic, name="reject_topic"),
    path("topics/approve/<str:month>/", topics.approve_month, name="approve_month"),
    path("voice-rules/", rules.rules, name="rules"),
    path("voice-rules/<uuid:pk>/<str:verb>/", rules.move_rule, name="move_rule"),
]
