from django.urls import path, re_path

from posthub.organizations.views import deletion, entrances, members, security, settings

app_name = "organizations"

urlpatterns = [
    path("organizations/", entrances.organization_list, name="organization_list"),
    path("invitation/<str:token>/", members.invitation, name="invitation"),
    path("settings/", settings.settings, name="settings"),
    re_path(
        "^settings/(?P<part>language|approving|notifications)/$", settings.settings_part, name="settings_part"
    ),
    path("settings/notifications/mine/", settings.choose_mails, name="choose_mails"),
    path("settings/security/", security.security, name="security"),
    path("settings/delete/", deletion.delete_organization, name="delete_organization"),
    path("settings/activity/", settings.activity, name="activity"),
    path("settings/members/", members.member_list, name="member_list"),
    path("settings/members/add/", members.add_member, name="add_member"),
    path("settings/members/<uuid:pk>/", members.membership, name="membership"),
    path(
        "settings/members/<uuid:pk>/restore/<str:token>/",
        members.restore_membership,
        name="restore_membership",
    ),
    path("settings/members/<uuid:pk>/remove/", members.remove_member, name="remove_member"),
    path("settings/invitations/<uuid:pk>/withdraw/", members.withdraw_invitation, name="withdraw_invitation"),
]
