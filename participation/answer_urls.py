"""Addresses of answers that are due; the names belong to `participation`."""

from django.urls import path

from participation.views import answer_desk, answer_writing, answers

urlpatterns = [
    path("", answers.answer_board, name="answer-board"),
    path("answers.csv", answers.answer_board_csv, name="answer-board-csv"),
    path("overdue/", answers.answer_overdue, name="answer-overdue"),
    path("count/", answers.answer_count, name="answer-count"),
    path("bodies/<int:body>/", answers.answer_body, name="answer-body"),
    path("bodies/<int:body>/answers.csv", answers.answer_body_csv, name="answer-body-csv"),
    path("desk/", answer_desk.answer_desk, name="answer-desk"),
    path("desk/assign/", answer_desk.answer_assign, name="answer-assign"),
    path("desk/templates/", answer_desk.answer_templates, name="answer-templates"),
    path("desk/<int:number>/", answer_writing.answer_write, name="answer-write"),
    path("desk/<int:number>/correct/", answer_writing.answer_correct, name="answer-correct"),
    path("desk/<int:number>/clock/", answer_writing.answer_clock, name="answer-clock"),
    path("register/<slug:reference>/", answer_desk.answer_due_register, name="answer-due-register"),
    path("<int:number>/", answers.answer_due_detail, name="answer-due-detail"),
]
