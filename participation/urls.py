from django.urls import include, path

from participation.views import discussion, moderation, public, territories

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

moderation_urls = [
    path("", moderation.moderation_queue, name="moderation-queue"),
    path("register/", moderation.moderation_register, name="moderation-register"),
    path("rules/", moderation.moderation_rules, name="moderation-rules"),
]

urlpatterns = [
    path("", public.home, name="home"),
    path("record/", public.journal_list, name="journal-list"),
    path("regions/", territories.territory_list, name="territory-list"),
    path("regions/choose/", territories.territory_choose, name="territory-choose"),
    path("regions/<slug:slug>/", territories.territory_detail, name="territory-detail"),
    path("dossiers/<slug:reference>/", include(discussion_urls)),
    path("comments/<int:number>/", include(comment_urls)),
    path("attachments/<uuid:key>/", include(attachment_urls)),
    path("moderation/", include(moderation_urls)),
]
