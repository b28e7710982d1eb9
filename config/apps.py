from django.apps import AppConfig


class KenesConfig(AppConfig):
    name = "config"
    verbose_name = "Kenes"
