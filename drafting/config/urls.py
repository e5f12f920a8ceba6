"""The addresses of the site: its own doors first, then people, then conferences, whose short names come at the root."""

from django.contrib import admin
from django.urls import include, path

from drafting.config.health import health

urlpatterns = [
    path("health/", health, name="health"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.account.urls")),
    path("", include("delegations.urls")),
    path("", include("drafting.urls")),
]

handler400 = "drafting.views.errors.misread"
