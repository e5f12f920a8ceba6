"""The addresses of `delegations`."""

from django.urls import path

from delegations import views

urlpatterns = [
    path("seats/", views.seats, name="seats"),
    path("seats/<int:pk>/", views.choose_seat, name="choose-seat"),
    path("demo/", views.demo_seats, name="demo-seats"),
    path("demo/<int:pk>/", views.demo_seat, name="demo-seat"),
]
