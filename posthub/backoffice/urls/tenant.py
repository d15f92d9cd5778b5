from django.urls import path

from posthub.backoffice.views import arrival, data

app_name = "backoffice"

urlpatterns = [
    path("enter/", arrival.enter, name="enter"),
    path("settings/data/", data.data, name="data"),
    path("settings/data/export/", data.export_data, name="export_data"),
    path("settings/data/file/", data.data_file, name="data_file"),
]
