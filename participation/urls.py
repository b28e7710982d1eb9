from django.urls import path

from participation.views import following, messages, newsletters, public, territories

app_name = "participation"
urlpatterns = [
    path("", public.home, name="home"),
    path("record/", public.journal_list, name="journal-list"),
    path("regions/", territories.territory_list, name="territory-list"),
    path("regions/choose/", territories.territory_choose, name="territory-choose"),
    path("regions/<slug:slug>/", territories.territory_detail, name="territory-detail"),
    path("regions/<slug:slug>/letters/", newsletters.newsletter_list, name="newsletter-list"),
    path(
        "regions/<slug:slug>/letters/write/", newsletters.newsletter_write, name="newsletter-write"
    ),
    *(
        path(f"regions/<slug:slug>/letters/<int:number>/{step}", view, name=f"newsletter-{name}")
        for step, name, view in (
            ("", "manage", newsletters.newsletter_manage),
            ("edit/", "edit", newsletters.newsletter_edit),
            ("try/", "try", newsletters.newsletter_try),
            ("send/", "send", newsletters.newsletter_send),
            ("stop/", "stop", newsletters.newsletter_stop),
        )
    ),
    path("newsletters/<int:number>/", newsletters.newsletter_detail, name="newsletter-detail"),
    path("following/", following.follow_list, name="follow-list"),
    path("following/change/", following.follow_change, name="follow-change"),
    path("following/end/", following.follow_end, name="follow-end"),
    path("messages/", messages.inbox, name="inbox"),
    path("messages/read/", messages.inbox_read, name="inbox-read"),
    path("messages/<int:number>/", messages.message_open, name="message-open"),
    path("messages/choose/", messages.preference_edit, name="preference-edit"),
    path("messages/stop/", messages.message_stop, name="message-stop"),
    path("messages/telegram/", messages.telegram_link, name="telegram-link"),
    path(
        "messages/unsubscribe/<str:token>/",
        messages.message_unsubscribe,
        name="message-unsubscribe",
    ),
]
