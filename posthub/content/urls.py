from django.urls import path, re_path

from posthub.content.views import editor, events, holding, library, lists, media, mending, topics, versions

app_name = "content"
TEXT = r"^content/(?P<kind>article|post)/(?P<pk>[0-9a-f]{8}-[0-9a-f-]{27})"
urlpatterns = [
    path("topics/", topics.topics, name="topics"),
    path("topics/propose/", topics.start_month, name="start_month"),
    path("topics/<uuid:pk>/", topics.topic, name="topic"),
    path("topics/<uuid:pk>/edit/", topics.edit_topic, name="edit_topic"),
    path("topics/<uuid:pk>/another/", topics.propose_another, name="propose_another"),
    path("content/", lists.content, name="content"),
    path("articles/", lists.articles, name="articles"),
    path("posts/", lists.posts, name="posts"),
    path("events/", events.events, name="events"),
    path("events/add/", events.add_event, name="add_event"),
    path("events/leave-out/", events.leave_out, name="leave_out"),
    path("events/<uuid:pk>/", events.event, name="event"),
    path("events/<uuid:pk>/remove/", events.remove_event, name="remove_event"),
    path("media/", library.library, name="library"),
    path("media/upload/", library.upload, name="upload"),
    path("media/pictures/<uuid:pk>/", library.picture, name="picture"),
    path("media/pictures/<uuid:pk>/file/", library.picture_file, name="picture_file"),
    path("media/pictures/<uuid:pk>/use/", library.use_picture, name="use_picture"),
    path("media/pictures/<uuid:pk>/remove/", library.remove_picture, name="remove_picture"),
    path("media/<uuid:pk>/edit/", library.edit_media, name="edit_media"),
    path("media/<uuid:pk>/", media.media_file, name="media_file"),
    re_path(rf"{TEXT}/edit/$", editor.edit, name="edit"),
    re_path(rf"{TEXT}/preview/$", editor.preview, name="preview"),
    re_path(rf"{TEXT}/mend/$", mending.mend, name="mend"),
    re_path(rf"{TEXT}/cut/$", mending.cut, name="cut"),
    re_path(rf"{TEXT}/versions/$", versions.versions, name="versions"),
    re_path(rf"{TEXT}/hold/$", holding.hold, name="hold"),
    re_path(rf"{TEXT}/release/$", holding.release, name="release"),
    re_path(rf"{TEXT}/reserve/$", holding.reserve, name="reserve"),
    re_path(rf"{TEXT}/restore/$", versions.restore, name="restore"),
]
