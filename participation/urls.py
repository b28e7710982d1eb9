from django.urls import include, path

from participation.views import (
    chain,
    discussion,
    following,
    messages,
    moderation,
    newsletters,
    public,
    search,
    territories,
)

app_name = "participation"

discussion_urls = [
    path("discussion/", discussion.discussion_detail, name="discussion-detail"),
    path("discussion/close/", moderation.discussion_close, name="discussion-close"),
    path("support/", discussion.dossier_support, name="dossier-support"),
]

comment_urls = [
    path("", discussion.comment_detail, name="comment-detail"),
    path("reply/", discussion.comment_reply, name="comment-reply"),
    path("edit/", discussion.comment_edit, name="comment-edit"),
    path("history/", discussion.comment_history, name="comment-history"),
    path("support/", discussion.comment_support, name="comment-support"),
    path("report/", moderation.comment_report, name="comment-report"),
    path("appeal/", moderation.comment_appeal, name="comment-appeal"),
    path("moderate/", moderation.comment_moderate, name="comment-moderate"),
]

attachment_urls = [
    path("", discussion.attachment_detail, name="attachment-detail"),
    path("preview/", discussion.attachment_preview, name="attachment-preview"),
]

chain_urls = [
    path("", chain.chain_detail, name="chain-detail"),
    path("chain.json", chain.chain_data, name="chain-data"),
    path("links/", chain.chain_edit, name="chain-edit"),
]

moderation_urls = [
    path("", moderation.moderation_queue, name="moderation-queue"),
    path("register/", moderation.moderation_register, name="moderation-register"),
    path("rules/", moderation.moderation_rules, name="moderation-rules"),
]

urlpatterns = [
    path("", public.home, name="home"),
    path("record/", public.journal_list, name="journal-list"),
    path("answers/", include("participation.answer_urls")),
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
    path("dossiers/<slug:reference>/", include(discussion_urls)),
    path("comments/<int:number>/", include(comment_urls)),
    path("attachments/<uuid:key>/", include(attachment_urls)),
    path("moderation/", include(moderation_urls)),
    path("search/", search.search, name="search"),
    path("search/save/", search.search_save, name="search-save"),
    path("search/saved/<int:pk>/", search.search_saved, name="search-saved"),
    path("search/saved/<int:pk>/remove/", search.search_remove, name="search-remove"),
    path("dossiers/<slug:reference>/chain/", include(chain_urls)),
    path("links/<int:pk>/remove/", chain.chain_unlink, name="chain-unlink"),
]
