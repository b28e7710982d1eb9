from django.urls import path

from accounts.views import people

app_name = "accounts"
urlpatterns = [
    path("", people.person_detail, name="person-detail"),
    path("edit/", people.person_edit, name="person-edit"),
    path("export/", people.person_export, name="person-export"),
    path("erase/", people.person_erase, name="person-erase"),
    path("erased/", people.person_erased, name="person-erased"),
]
