from django.urls import path, re_path

from posthub.approvals.views import (
    certificate,
    comments,
    dashboard,
    decide,
    inbox,
    letter,
    links,
    parts,
    rules,
    topics,
    undo,
)

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
    path("decisions/<uuid:batch>/undo/", undo.undo, name="undo"),
    re_path(rf"^certificate/{KIND}\.(?P<form>pdf|json)$", certificate.certificate, name="certificate"),
    path("certificate/month/<str:month>.<str:form>", certificate.month_certificate, name="month_certificate"),
    path("r/<str:token>/", letter.letter, name="letter"),
    path("r/<str:token>/decide/", letter.decide, name="letter_decide"),
    path("r/<str:token>/renew/", letter.renew, name="letter_renew"),
    path("r/<str:token>/undo/<uuid:batch>/", letter.undo, name="letter_undo"),
    path("settings/review-links/", links.review_links, name="review_links"),
    path("settings/review-links/revoke/", links.revoke_all, name="revoke_all"),
    path("settings/review-links/<uuid:pk>/revoke/", links.revoke, name="revoke_link"),
    path("settings/reviewers/add/", links.add_reviewer, name="add_reviewer"),
    path("settings/reviewers/<uuid:pk>/remove/", links.remove_reviewer, name="remove_reviewer"),
    path("topics/<uuid:pk>/approve/", topics.approve_topic, name="approve_topic"),
    path("topics/<uuid:pk>/reject/", topics.reject_topic, name="reject_topic"),
    path("topics/approve/<str:month>/", topics.approve_month, name="approve_month"),
    path("voice-rules/", rules.rules, name="rules"),
    path("voice-rules/<uuid:pk>/<str:verb>/", rules.move_rule, name="move_rule"),
]
