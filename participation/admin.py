"""The operator's view of what was not delivered, and the days that a legal act has changed."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from participation.models import CalendarDay, Delivery, FanOut, Suppression
from participation.services.answers import change_calendar_day
from participation.services.delivery import send_again


class ReadOnly(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly):
    """Dead letters first; the recipient by number, as it names nobody on a screen."""

    list_display = ["pk", "event", "recipient_id", "channel", "state", "attempts", "error"]
    list_filter = ["state", "channel", "event__kind"]
    list_select_related = ["event"]
    ordering = ["-pk"]
    show_full_result_count = False
    actions = ["send_again"]

    @admin.action(description=_("Send again what was given up"))
    def send_again(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        number = send_again(deliveries=queryset)
        told = ngettext("%(number)s will be sent again.", "%(number)s will be sent again.", number)
        messages.success(request, told % {"number": number})


@admin.register(Suppression)
class SuppressionAdmin(ReadOnly):
    """Deleting one opens the address again."""

    list_display = ["address", "reason", "created_at"]
    search_fields = ["address"]

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return bool(request.user.has_perm("participation.delete_suppression"))


@admin.register(FanOut)
class FanOutAdmin(ReadOnly):
    list_display = ["event", "audience", "state", "people", "finished_at"]
    list_filter = ["state", "audience"]
    list_select_related = ["event"]


@admin.register(CalendarDay)
class CalendarDayAdmin(admin.ModelAdmin):
    """Every open date is counted anew at once; a day is changed by another act, never deleted."""

    list_display = ["day", "is_working", "reason", "changed_at"]
    fields = ["day", "is_working", "reason"]

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> list[str]:
        return ["day"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def save_model(
        self, request: HttpRequest, obj: CalendarDay, form: object, change: object
    ) -> None:
        changed = change_calendar_day(
            by=request.user,  # type: ignore[arg-type]
            day=obj.day,
            is_working=obj.is_working,
            reason=obj.reason,
        )
        obj.pk = changed.pk
